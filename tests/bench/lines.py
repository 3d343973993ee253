"""Register, linter and matrix as the register grows, and the judging of its lines: all of them, and after a change."""

import itertools
import time
from collections.abc import Callable
from functools import partial

import sqlalchemy as sa

from portal.actions import sharing
from portal.jobs import judging, runner
from portal.jobs.kinds import KINDS
from portal.models import ScopeLine
from tests.bench.calls import asked, beside, ratio, signed_in
from tests.bench.figure import Figure, figure
from tests.bench.floor import open_floor
from tests.bench.world import NOW, World, registered

SIZES, LARGE, PASSES = (100, 1000, 5000), 5000, 3
PAGES = {"register_page": "/desk/parties", "linter_page": "/desk/parties/contradictions",
         "matrix_page": "/desk/parties/matrix"}
FLOORS = {"linter_page": "/linter", "matrix_page": "/matrix"}


def page(name: str, of: World) -> Callable[[], str]:
    """A page as the register's lead opens it."""
    return signed_in(of, of.people.lead).get(PAGES[name])


def against_floor(name: str, of: World | None = None) -> Figure:
    """CPU of a page at 100 parties, beside the floor's there."""
    of = of or registered(SIZES[0])
    return ratio(page(name, of), open_floor(of.cellar).get(FLOORS[name]))


def grown(name: str, parties: int) -> Figure:
    """CPU of a page at so many parties, beside the same page at 100."""
    small, large = beside(page(name, registered(SIZES[0])), page(name, registered(parties)))
    return figure(large, "CPU ms", small)


def counted(of: World, name: str) -> int:
    """Statements of a page, its caches warm."""
    call = page(name, of)
    call()
    return asked(of.cellar, call)


def queries(name: str) -> Figure:
    """Statements of a page at 5,000 parties, beside those at 100."""
    return figure([counted(registered(LARGE), name)], "queries", [counted(registered(SIZES[0]), name)])


def full_pass(of: World | None = None, passes: int = PASSES) -> Figure:
    """CPU seconds to judge every line again; the floor reads each line with its party and writes when it was judged."""
    of = of or registered(LARGE)
    taken, least = [], []
    for _ in range(passes):
        start = time.process_time()
        judging.run(of.cellar, day=NOW.date().isoformat())
        taken.append(time.process_time() - start)
        start = time.process_time()
        _bare(of)
        least.append(time.process_time() - start)
    return figure(taken, "CPU s", least)


def _bare(of: World) -> None:
    table = sa.inspect(ScopeLine).local_table
    with of.cellar.engine.begin() as rows:
        ids = [row.id for row in rows.execute(sa.select(table).order_by(table.c.id))]
        rows.execute(sa.update(table).where(table.c.id == sa.bindparam("line")).values(judged_at=NOW),
                     [{"line": key} for key in ids])


def change(of: World) -> Callable[[], object]:
    """One fact of one line of a party stated anew, and what follows of it: the party's lines judged again."""
    with of.cellar.read() as rows:
        line = rows.scalars(sa.select(ScopeLine.id).order_by(ScopeLine.id).limit(1)).one()
    words = itertools.cycle(("yes", "no"))

    def once() -> None:
        with of.cellar.work() as work:
            sharing.state(work, of.people.lead.actor, work.rows.get_one(ScopeLine, line),
                          [sharing.Statement("has_reentrustment", next(words))])
        runner.drain(of.cellar, KINDS)

    return once


def changed() -> Figure:
    """CPU of a change at 5,000 parties, beside one at 100."""
    small, large = beside(change(registered(SIZES[0])), change(registered(LARGE)))
    return figure(large, "CPU ms", small)


def judged(of: World) -> int:
    """How many lines a change has judged again."""
    with of.cellar.engine.begin() as rows:
        rows.execute(sa.update(ScopeLine).values(judged_under=""))
    change(of)()
    with of.cellar.read() as rows:
        return rows.scalar(sa.select(sa.func.count()).select_from(ScopeLine).where(ScopeLine.judged_under != "")) or 0


def judged_lines() -> Figure:
    """Lines judged after a change at 5,000 parties, beside those at 100."""
    return figure([judged(registered(LARGE))], "lines", [judged(registered(SIZES[0]))])


FIGURES: dict[str, Callable[[], Figure]] = {
    **{name: partial(against_floor, name) for name in FLOORS},
    **{f"{name}_{parties}": partial(grown, name, parties) for name in PAGES for parties in SIZES[1:]},
    **{f"{name}_queries": partial(queries, name) for name in FLOORS},
    "lint_100k_s": full_pass, "lint_change_ms": changed, "lint_change_lines": judged_lines,
}
