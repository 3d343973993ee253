"""Risk as a 5 × 5 matrix of likelihood and impact, with counts, and the move of one party since last year."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.core.words import word
from portal.pictures.svg import (
    ACCENT_STRONG,
    INK_2,
    LINE,
    SOFT,
    TONES,
    Picture,
    Sheet,
    Svg,
    drawing,
    tag,
    text,
)
from portal.pictures.voice import Sentence, Voice, counted, sentence

SIDE, LEFT, TOP, GRADES = 64, 44, 6, 5
Cell = tuple[int, int]
LOW, MEDIUM, HIGH, CRITICAL = "mute", "info", "warn", "bad"


@dataclass(frozen=True, slots=True)
class Risks:
    """Counts by (likelihood, impact), each 1 to 5; for one party its cell last year and now."""

    counts: Mapping[Cell, int] = field(default_factory=dict)
    before: Cell | None = None
    now: Cell | None = None


def band(cell: Cell) -> str:
    """The tone of a cell by the product of its grades: below 5, below 10, below 15, from 15."""
    score = cell[0] * cell[1]
    return LOW if score < 5 else MEDIUM if score < 10 else HIGH if score < 15 else CRITICAL


def band_word(tone: str, voice: Voice) -> str:
    """The word of a band, one of the fixed vocabulary."""
    names = {LOW: "low", MEDIUM: "medium", HIGH: "high", CRITICAL: "critical"}
    return word("severity", names[tone]).get(voice.language)


def finding(risks: Risks) -> Sentence:
    """What the matrix shows: how one party moved, or how many stand high."""
    if not risks.now:
        high = sum(count for cell, count in risks.counts.items() if band(cell) in (HIGH, CRITICAL))
        return counted("%(num)s of %(total)s is rated high or critical.",
                       "%(num)s of %(total)s are rated high or critical.", high, total=sum(risks.counts.values()))
    likelihood, impact = risks.now
    if not risks.before:
        return sentence("Likelihood %(likelihood)s, impact %(impact)s.", likelihood=likelihood, impact=impact)
    if risks.before == risks.now:
        return sentence("Likelihood %(likelihood)s, impact %(impact)s; no change since last year.",
                        likelihood=likelihood, impact=impact)
    return sentence("Likelihood %(was_likelihood)s, impact %(was_impact)s last year; "
                    "now likelihood %(likelihood)s, impact %(impact)s.", likelihood=likelihood, impact=impact,
                    was_likelihood=risks.before[0], was_impact=risks.before[1])


def middle(cell: Cell) -> tuple[float, float]:
    """The centre of a cell: impact runs to the right, likelihood upwards."""
    return LEFT + (cell[1] - 0.5) * SIDE, TOP + (GRADES - cell[0] + 0.5) * SIDE


def square(cell: Cell, risks: Risks, voice: Voice) -> Svg:
    """One cell: its tone, its word, its count."""
    x, y = middle(cell)
    tone, count = band(cell), risks.counts.get(cell, 0)
    pieces = [
        tag("rect", x=x - SIDE / 2, y=y - SIDE / 2, width=SIDE, height=SIDE, fill=SOFT[tone], stroke=LINE),
        text(x - SIDE / 2 + 5, y - SIDE / 2 + 16, band_word(tone, voice), fill=TONES[tone]),
    ]
    if count:
        pieces.append(text(x, y + 16, str(count), text_anchor="middle", font_size=20, font_weight=700))
    if cell == risks.now:
        pieces.append(tag("circle", cx=x, cy=y + 8, r=9, fill=ACCENT_STRONG))
    return tag("g", *pieces)


def arrow(risks: Risks) -> list[Svg]:
    """The move from last year's cell to this year's."""
    if not risks.before or not risks.now or risks.before == risks.now:
        return []
    (x1, y1), (x2, y2) = middle(risks.before), middle(risks.now)
    y1, y2 = y1 + 8, y2 + 8
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    x2, y2 = x2 - dx * 13, y2 - dy * 13
    head = f"M{x2:.1f} {y2:.1f}l{-8 * dx - 5 * dy:.1f} {-8 * dy + 5 * dx:.1f}l{10 * dy:.1f} {-10 * dx:.1f}z"
    return [
        tag("circle", cx=x1, cy=y1, r=8, fill="none", stroke=ACCENT_STRONG, stroke_width=2),
        tag("path", d=f"M{x1 + dx * 8:.1f} {y1 + dy * 8:.1f}L{x2:.1f} {y2:.1f}", stroke=ACCENT_STRONG, stroke_width=2),
        tag("path", d=head, fill=ACCENT_STRONG),
    ]


def axes(voice: Voice) -> list[Svg]:
    """Grades and names of both axes."""
    below = TOP + GRADES * SIDE
    marks = [text(middle((1, grade))[0], below + 18, str(grade), text_anchor="middle") for grade in range(1, 6)]
    marks += [text(LEFT - 8, middle((grade, 1))[1] + 5, str(grade), text_anchor="end") for grade in range(1, 6)]
    impact, likelihood = voice.say(sentence("Impact")), voice.say(sentence("Likelihood"))
    centre = TOP + GRADES * SIDE / 2
    return [*marks, text(LEFT + GRADES * SIDE / 2, below + 38, impact, text_anchor="middle", fill=INK_2),
            text(0, 0, likelihood, text_anchor="middle", fill=INK_2, transform=f"translate(12 {centre:g}) rotate(-90)")]


def picture(risks: Risks, voice: Voice, name: str = "risk-matrix") -> Picture:
    """Risks as a picture; the table lists the cells that hold any."""
    title, said = voice.say(sentence("Risk")), voice.say(finding(risks))
    cells = [square((likelihood, impact), risks, voice) for likelihood in range(1, 6) for impact in range(1, 6)]
    sheet = Sheet(name, LEFT + GRADES * SIDE + 6, TOP + GRADES * SIDE + 46)
    heads = tuple(voice.say(one) for one in (sentence("Rating"), sentence("Likelihood"), sentence("Impact"),
                                             sentence("Items")))
    held = dict(risks.counts) or ({risks.now: 1} if risks.now else {})
    rows = tuple((band_word(band(cell), voice), *cell, count)
                 for cell, count in sorted(held.items(), key=lambda one: -one[0][0] * one[0][1]) if count)
    return Picture(title, said, drawing(sheet, title, said, *cells, *arrow(risks), *axes(voice)), heads, rows)


