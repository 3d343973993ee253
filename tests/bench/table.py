"""All figures by group, measured one after another, as rows of one table."""

import os
import platform
from collections.abc import Callable, Iterator

from tests.bench import (
    arrivals,
    clicks,
    entering,
    hands,
    kills,
    ledgers,
    lines,
    packets,
    pages,
    processes,
    uploads,
    weights,
)
from tests.bench.figure import Figure
from tests.bench.goals import GOALS

Measure = Callable[[], Figure]
GROUPS: dict[str, dict[str, Measure]] = {
    "speed": {**pages.FIGURES, **lines.FIGURES, **entering.FIGURES, **ledgers.FIGURES,
              **uploads.FIGURES, **arrivals.FIGURES, **packets.FIGURES, **processes.FIGURES},
    "use": {**clicks.FIGURES, **hands.FIGURES, **kills.FIGURES, **weights.FIGURES},
}
FIGURES: dict[str, Measure] = {name: measure for group in GROUPS.values() for name, measure in group.items()}
HEAD = ("figure", "median", "(smallest – largest)", "unit", "floor", "ratio", "goal", "")
WIDTHS = (27, 10, 22, 14, 10, 6, 14, 6)


def chosen(names: list[str]) -> list[str]:
    """Give the figures of some groups and names, all of them for none; KeyError with the first name nobody knows."""
    found: dict[str, None] = {}
    for name in names or GROUPS:
        if name not in GROUPS and name not in FIGURES:
            raise KeyError(name)
        found.update(dict.fromkeys(GROUPS.get(name, {name: FIGURES.get(name)})))
    return list(found)


def measured(names: list[str]) -> Iterator[tuple[str, Figure | Exception]]:
    """Measure one figure after another; what one of them raises is given in its place and the rest goes on."""
    for name in names:
        try:
            yield name, FIGURES[name]()
        except Exception as error:
            yield name, error


def row(name: str, figure: Figure) -> str:
    """Give a figure as a line of the table."""
    goal = GOALS.get(name)
    least, most = figure.spread
    cells = (name, said(figure.value), f"({said(least)} – {said(most)})", figure.unit,
             said(figure.floor) if figure.floor else "–", f"{figure.ratio:.2f}" if figure.floor else "–",
             str(goal or "–"), "" if goal is None else "met" if goal.met(figure) else "MISSED")
    return line(cells)


def line(cells: tuple[str, ...]) -> str:
    """Give cells as a line, words to the left and numbers to the right."""
    return "  ".join(cell.rjust(width) if place in (1, 4, 5) else cell.ljust(width)
                     for place, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True))).rstrip()


def said(value: float) -> str:
    """Give a number with three figures that tell, as far as it has them."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def circumstances() -> str:
    """Say on what the table is measured: cores, Python, and the load of the last minute."""
    return (f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.machine()}, "
            f"load {os.getloadavg()[0]:.2f}")
