"""Register, linter and matrix in small: queries that do not grow, and a change that judges its party's lines alone."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from portal import demo
from portal.jobs import judging
from portal.models import ScopeLine, ScopeWarning
from portal.queries import matrix
from portal.queries.matrix import Wanted
from tests.bench import calls, lines
from tests.bench.floor import open_floor
from tests.bench.world import NOW, World, register

FORM = {"value", "unit", "spread", "floor", "ratio"}
DAY = NOW.date().isoformat()


@pytest.fixture(scope="module")
def of() -> Iterator[World]:
    """A register of three parties with twenty lines each, all judged."""
    with register(3) as small:
        yield small


@pytest.mark.parametrize("name", lines.FLOORS)
def test_a_page_stands_beside_its_floor(of: World, name: str) -> None:
    told = calls.ratio(lines.page(name, of), open_floor(of.cellar).get(lines.FLOORS[name]), rounds=1).told()
    assert set(told) == FORM


def test_a_full_pass_finds_the_same_and_asks_little(of: World) -> None:
    with of.cellar.read() as rows:
        before = rows.execute(sa.select(ScopeWarning.scope_id, ScopeWarning.message, ScopeWarning.found_at)).all()
    assert len({row.scope_id for row in before}) > 40
    assert set(lines.full_pass(of, passes=1).told()) == FORM
    assert calls.asked(of.cellar, lambda: judging.run(of.cellar, day=DAY)) < 30
    with of.cellar.read() as rows:
        assert rows.execute(sa.select(
            ScopeWarning.scope_id, ScopeWarning.message, ScopeWarning.found_at)).all() == before


def test_a_change_judges_only_the_lines_of_its_party(of: World) -> None:
    assert lines.judged(of) == 20
    with of.cellar.read() as rows:
        line = rows.scalars(sa.select(ScopeLine).order_by(ScopeLine.id).limit(1)).one()
        assert set(rows.scalars(sa.select(ScopeLine.party_id).where(ScopeLine.judged_under != ""))) == {line.party_id}


def test_no_page_asks_more_of_a_larger_register(of: World) -> None:
    before = {name: lines.counted(of, name) for name in lines.PAGES}
    demo.grow(of.cellar, demo.Size(60, 1, 1), lambda line: None)
    judging.run(of.cellar, day=DAY)
    assert {name: lines.counted(of, name) for name in lines.PAGES} == before
    assert 0 < min(before.values()) <= max(before.values()) <= 30
    with of.cellar.read() as rows:
        assert sum(cell.lines for cell in matrix.cells(rows, of.people.lead.actor, Wanted())) == 63 * 60
