"""The data-flow map: from JMDP over purposes and parties to their sub-tiers and countries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from portal.pictures.flow_layout import Band, Layout, Link, arrange
from portal.pictures.svg import (
    ACCENT,
    ACCENT_LINE,
    INK_2,
    STEPS,
    Picture,
    Sheet,
    Svg,
    drawing,
    fitted,
    hatch,
    tag,
    text,
)
from portal.pictures.voice import Sentence, Voice, counted, sentence

WIDTH, PITCH, NODE, TOP = 1180, 240, 12, 30
MOST_RIBBONS, MOST_NAMES = 60, 14


@dataclass(frozen=True, slots=True)
class Flow:
    """Scope lines that share a way: purpose, party, its sub-tier ("" for none), country, and how many they are."""

    purpose: str
    party: str
    sub_tier: str
    country: str
    lines: int
    is_foreign: bool = False

    @property
    def way(self) -> tuple[str, str, str, str]:
        """The four things it passes after JMDP."""
        return self.purpose, self.party, self.sub_tier, self.country


def finding(flows: Sequence[Flow]) -> Sentence:
    """How many ways of the data, by scope line and body, lead abroad, and where most of those go."""
    total = sum(flow.lines for flow in flows)
    abroad = Counter[str]()
    for flow in flows:
        if flow.is_foreign:
            abroad[flow.country] += flow.lines
    if not total:
        return sentence("Nothing is shared.")
    if not abroad:
        return counted("The one way of the data stays in Japan.", "All %(num)s ways of the data stay in Japan.", total)
    return counted("%(num)s of %(total)s ways of the data leads abroad, to %(country)s.",
                   "%(num)s of %(total)s ways of the data lead abroad, most of them to %(country)s.",
                   abroad.total(), total=total, country=abroad.most_common(1)[0][0])


def kept(flows: Sequence[Flow], most: int, voice: Voice) -> list[Flow]:
    """Flows in which each column names at most `most` things; the rest of a column is one group, counted."""
    columns = list(zip(*(flow.way for flow in flows), strict=True))
    named = [shortened(column, [flow.lines for flow in flows], most, voice) for column in columns]
    return [replace(flow, purpose=way[0], party=way[1], sub_tier=way[2], country=way[3])
            for flow, way in zip(flows, zip(*named, strict=True), strict=True)]


def shortened(names: Sequence[str], lines: Sequence[int], most: int, voice: Voice) -> list[str]:
    """The names of one column, those beyond the heaviest replaced by how many others there are."""
    weights = Counter[str]()
    for name, count in zip(names, lines, strict=True):
        weights[name] += count
    first = [name for name, _ in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))]
    first = first if len(first) <= most else first[:most - 1]
    rest = voice.say(counted("%(num)s other", "%(num)s others", len(weights) - len(first)))
    return [name if name in first else rest for name in names]


def links(flows: Sequence[Flow], voice: Voice) -> list[Link]:
    """The ribbons between neighbouring columns, each once, with its lines and whether any leads abroad."""
    jmdp, none = voice.say(sentence("JMDP")), voice.say(sentence("No re-entrustment"))
    lines, abroad = Counter[tuple[int, str, str]](), set[tuple[int, str, str]]()
    for flow in flows:
        way = (jmdp, flow.purpose, flow.party, flow.sub_tier or none, flow.country)
        for column, pair in enumerate(pairwise(way)):
            lines[(column, *pair)] += flow.lines
            if flow.is_foreign:
                abroad.add((column, *pair))
    return [Link(*ribbon, count, ribbon in abroad) for ribbon, count in lines.items()]


def few(flows: Sequence[Flow], voice: Voice) -> list[Link]:
    """At most sixty ribbons: smaller things are grouped until they fit."""
    for most in range(MOST_NAMES, 1, -1):
        found = links(kept(flows, most, voice), voice)
        if len(found) <= MOST_RIBBONS:
            return found
    return links(kept(flows, 1, voice), voice)


def ribbon(band: Band) -> Svg:
    """One ribbon; one that leads abroad (Art. 28) is hatched."""
    x1, x2 = band.column * PITCH + NODE, (band.column + 1) * PITCH
    bend, y1, y2 = (x1 + x2) / 2, TOP + band.left, TOP + band.right
    shape = (f"M{x1} {y1:.1f}C{bend:g} {y1:.1f} {bend:g} {y2:.1f} {x2} {y2:.1f}v{band.height:.1f}"
             f"C{bend:g} {y2 + band.height:.1f} {bend:g} {y1 + band.height:.1f} {x1} {y1 + band.height:.1f}z")
    pieces = [tag("path", d=shape, fill=STEPS[1], fill_opacity=0.6)]
    if band.is_foreign:
        pieces.append(tag("path", d=shape, fill="url(#flow-abroad)", fill_opacity=0.5))
    return tag("g", *pieces)


def node(layout: Layout, key: tuple[int, str]) -> Svg:
    """One thing of a column: its bar, its name and its number of lines."""
    column, label = key
    place = layout.nodes[key]
    x, y = column * PITCH, TOP + place.top
    words = fitted(f"{label} {place.lines}", WIDTH - 4 * PITCH - NODE - 6)
    return tag("g", tag("rect", x=x, y=y, width=NODE, height=max(1.5, place.height), fill=ACCENT),
               text(x + NODE + 6, y + max(place.height, 14) / 2 + 5, words))


def heads(voice: Voice) -> list[str]:
    """The names of the five columns."""
    return [voice.say(one) for one in (sentence("Provider"), sentence("Purpose"), sentence("Party"),
                                       sentence("Sub-tier"), sentence("Country"))]


def picture(flows: Sequence[Flow], voice: Voice, name: str = "flow") -> Picture:
    """All flows as a map; the table holds every flow, ungrouped."""
    title, said = voice.say(sentence("Where data go")), voice.say(finding(flows))
    layout = arrange(few(flows, voice))
    tops = [text(column * PITCH, 14, head, fill=INK_2, font_weight=700) for column, head in enumerate(heads(voice))]
    drawn = [*(ribbon(band) for band in layout.bands), *(node(layout, key) for key in layout.nodes)]
    sheet = Sheet(name, WIDTH, TOP + layout.height + 6)
    rows = tuple((flow.purpose, flow.party, flow.sub_tier or "–", flow.country, flow.lines)
                 for flow in sorted(flows, key=lambda one: (-one.lines, one.purpose, one.party)))
    columns = (*heads(voice)[1:], voice.say(sentence("Scope lines")))
    return Picture(title, said, drawing(sheet, title, said, hatch("flow-abroad", ACCENT_LINE), *tops, *drawn),
                   columns, rows, is_wide=True)
