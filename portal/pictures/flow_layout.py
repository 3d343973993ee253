"""Where the things and ribbons of a flow map stand, in units of the drawing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

BODY, GAP, LEAST = 360.0, 8.0, 18.0
Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Link:
    """A ribbon to be: from a thing of a column to a thing of the next."""

    column: int
    source: str
    target: str
    lines: int
    is_foreign: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A thing placed: its top, its height and the lines through it."""

    top: float
    height: float
    lines: int


@dataclass(frozen=True, slots=True)
class Band:
    """A ribbon placed: its upper edge at the left and at the right."""

    column: int
    left: float
    right: float
    height: float
    is_foreign: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """All of it, and how high it is."""

    nodes: dict[Key, Node]
    bands: list[Band]
    height: float


def weights(links: Sequence[Link]) -> dict[Key, int]:
    """The lines through each thing, counted once."""
    through: dict[Key, int] = defaultdict(int)
    for link in links:
        if link.column == 0:
            through[0, link.source] += link.lines
        through[link.column + 1, link.target] += link.lines
    return dict(through)


def placed(through: dict[Key, int], unit: float) -> tuple[dict[Key, Node], float]:
    """Things in columns, the heaviest on top, each with room for its name; and the height of the tallest column."""
    nodes: dict[Key, Node] = {}
    depth: dict[int, float] = defaultdict(float)
    for (column, name), lines in sorted(through.items(), key=lambda pair: (pair[0][0], -pair[1], pair[0][1])):
        height = lines * unit
        nodes[column, name] = Node(depth[column], height, lines)
        depth[column] += max(height, LEAST) + GAP
    return nodes, max(depth.values(), default=0.0)


def arrange(links: Sequence[Link]) -> Layout:
    """Place everything; ribbons leave and reach a thing in the order of the things at their other ends."""
    through = weights(links)
    total = sum(lines for (column, _), lines in through.items() if column == 0)
    unit = BODY / total if total else 0.0
    nodes, height = placed(through, unit)

    def order(link: Link) -> tuple[float, float]:
        return nodes[link.column, link.source].top, nodes[link.column + 1, link.target].top

    used: dict[tuple[str, Key], float] = defaultdict(float)
    bands = []
    for link in sorted(links, key=order):
        source, target, thick = (link.column, link.source), (link.column + 1, link.target), link.lines * unit
        bands.append(Band(link.column, nodes[source].top + used["out", source], nodes[target].top + used["in", target],
                          thick, link.is_foreign))
        used["out", source] += thick
        used["in", target] += thick
    return Layout(nodes, bands, height)
