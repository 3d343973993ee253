"""The counts that the database keeps: what the lines say, after every kind of change, and after they were carried."""

from collections import Counter
from pathlib import Path

import sqlalchemy as sa

from portal.actions import sharing
from portal.models import Contract, Engagement, ScopeCell, ScopeLine
from portal.queries import matrix
from portal.queries.matrix import Wanted
from portal.store import backup, migrate, tallies
from portal.store.cellar import Cellar
from portal.store.engine import make_engine
from tests.actions.test_rejudging import running
from tests.cast import Cast
from tests.web.test_matrix import lines

__all__ = ["lines", "running"]
Counts = tuple[Counter[tuple[str, ...]], dict[int, int]]


def truth(rows: sa.Connection) -> Counts:
    """What the lines themselves say, counted one by one: cells with a line, and lines of each contract."""
    found = rows.execute(sa.select(ScopeLine.items, ScopeLine.purpose, ScopeLine.route, ScopeLine.location,
                                   ScopeLine.state, ScopeLine.contract_id)).all()
    cells = Counter((item, *row[1:5]) for row in found for item in row.items)
    used = Counter(row.contract_id for row in found if row.state != "ended")
    return cells, {key: used[key] for key in rows.scalars(sa.select(Contract.id))}


def kept(rows: sa.Connection) -> Counts:
    """What the database counted."""
    table = sa.inspect(ScopeCell).local_table
    cells = Counter({tuple(row[:5]): row.lines for row in rows.execute(sa.select(
        table.c.item, table.c.purpose, table.c.route, table.c.location, table.c.state, table.c.lines))})
    return +cells, dict(rows.execute(sa.select(Contract.id, Contract.lines)).all())


def agree(engine: sa.Engine) -> Counts:
    """The counts, which must be the truth."""
    with engine.connect() as rows:
        found = kept(rows)
        assert found == truth(rows) and min(Counter(found[1]).values(), default=0) >= 0
    return found


def test_counts_follow_every_change(cellar: Cellar, people: Cast, running: int, lines: list[str]) -> None:
    cells, used = agree(cellar.engine)
    assert (sum(cells.values()), list(used.values())) == (6, [1])
    with cellar.work() as work:
        line = work.rows.scalars(sa.select(ScopeLine).where(
            ScopeLine.contract_id.is_not(None), ScopeLine.state != "ended").limit(1)).one()
        contract = line.contract_id
        sharing.end(work, people.lead.actor, line, "終了")
    assert agree(cellar.engine)[1][contract] == used[contract] - 1
    everything = sa.select(ScopeLine.id)
    changes = (
        {"items": ["hla", "donor_code"]}, {"items": []}, {"items": ["hla"], "purpose": "P02"}, {"route": "RT-TP-LAW"},
        {"location": "EQ"}, {"contract_id": contract}, {"contract_id": None},
        {"contract_id": contract, "state": "ended"}, {"state": "draft"})
    before = agree(cellar.engine)
    for values in changes:
        with cellar.engine.begin() as rows:
            rows.execute(sa.update(ScopeLine).where(ScopeLine.id.in_(everything)).values(**values))
        after = agree(cellar.engine)
        assert after != before
        before = after
    with cellar.read() as rows:
        assert matrix.cells(rows, people.lead.actor, Wanted()) == [matrix.Cell(
            "hla", "P02", "RT-TP-LAW", "EQ", agree(cellar.engine)[1][contract or 0])]


def test_an_act_that_comes_to_nothing_counts_nothing(cellar: Cellar, running: int, lines: list[str]) -> None:
    before = agree(cellar.engine)
    with cellar.engine.connect() as rows:
        rows.execute(sa.update(ScopeLine).values(state="ended"))
        rows.rollback()
    assert agree(cellar.engine) == before


def test_counts_are_made_anew_where_rows_are_carried(cellar: Cellar, running: int, lines: list[str],
                                                     tmp_path: Path) -> None:
    before = agree(cellar.engine)
    backup.make(cellar, tmp_path / "kept")
    engine = make_engine(f"sqlite:///{tmp_path / 'kept' / backup.DATABASE}")
    assert agree(engine) == before
    engine.dispose()
    migrate.downgrade(cellar.engine, "0030")
    migrate.upgrade(cellar.engine)
    assert agree(cellar.engine) == before
    with cellar.engine.begin() as rows:
        rows.execute(sa.delete(ScopeCell))
        tallies.recount(rows)
    assert agree(cellar.engine) == before


def test_a_contract_changed_in_the_same_act_as_a_line_is_kept(cellar: Cellar, people: Cast, running: int) -> None:
    with cellar.work() as work:
        line = work.rows.scalars(sa.select(ScopeLine).where(ScopeLine.contract_id.is_not(None)).limit(1)).one()
        work.rows.get_one(Contract, line.contract_id or 0).title = "改題"
        sharing.add_line(work, people.lead.actor, work.rows.get_one(Engagement, line.engagement_id), sharing.LineFacts(
            ("hla",), "P01", contract_id=line.contract_id))
    agree(cellar.engine)
    with cellar.read() as rows:
        assert rows.scalars(sa.select(Contract.title).where(Contract.title == "改題")).all() == ["改題"]
