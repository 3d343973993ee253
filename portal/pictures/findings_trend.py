"""Findings by month: those open as an area, those opened and closed as lines named at their ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.pictures.svg import ACCENT, INK, INK_2, LINE, STEPS, TONES, Picture, Sheet, Svg, drawing, tag, text
from portal.pictures.voice import Sentence, Voice, counted, sentence

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 240, 36, 150, 12, 28


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its first day: findings opened and closed in it, and open at its end."""

    first: date
    opened: int
    closed: int
    open: int


def finding(months: Sequence[Month]) -> Sentence:
    """How many are open, and how that has moved over the months shown."""
    if not months:
        return sentence("No findings are recorded.")
    now, then = months[-1].open, months[0].open
    if now > then:
        return counted("%(num)s is open, %(by)s more than at the start.",
                       "%(num)s are open, %(by)s more than at the start.", now, by=now - then)
    if now < then:
        return counted("%(num)s is open, %(by)s fewer than at the start.",
                       "%(num)s are open, %(by)s fewer than at the start.", now, by=then - now)
    return counted("%(num)s is open, as many as at the start.", "%(num)s are open, as many as at the start.", now)


def ceiling(most: int) -> int:
    """The top of the axis: a round number not below the most."""
    return next(unit * power for power in (1, 10, 100, 1000, 10000) for unit in (4, 8, 20, 40)
                if unit * power >= most)


def scale(months: Sequence[Month]) -> tuple[list[float], float, int]:
    """The x of each month, the height of one finding, and the top of the axis."""
    top = ceiling(max((max(month.opened, month.closed, month.open) for month in months), default=1))
    step = (WIDTH - LEFT - RIGHT) / max(1, len(months) - 1)
    return [LEFT + place * step for place in range(len(months))], (HEIGHT - TOP - BOTTOM) / top, top


def path(points: Sequence[tuple[float, float]]) -> str:
    """A line through points."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def apart(heights: Sequence[float], least: float = 17) -> list[float]:
    """Heights of labels moved down until none overlaps; their order stays."""
    placed: dict[int, float] = {}
    below = float("-inf")
    for index in sorted(range(len(heights)), key=lambda one: heights[one]):
        below = max(heights[index], below + least)
        placed[index] = below
    return [placed[index] for index in range(len(heights))]


def lines(months: Sequence[Month], voice: Voice) -> list[Svg]:
    """The area and both lines, with their names at the end."""
    xs, unit, _ = scale(months)
    floor = HEIGHT - BOTTOM

    def run(counts: Sequence[int]) -> list[tuple[float, float]]:
        return [(x, floor - count * unit) for x, count in zip(xs, counts, strict=True)]

    held = run([month.open for month in months])
    series = [
        (held, INK, "none", voice.say(sentence("still open"))),
        (run([month.opened for month in months]), TONES["warn"], "6 4", voice.say(sentence("newly opened"))),
        (run([month.closed for month in months]), TONES["ok"], "2 3", voice.say(sentence("closed"))),
    ]
    area = path([*held, (xs[-1], floor), (xs[0], floor)]) + "z"
    ends = apart([points[-1][1] + 5 for points, *_ in series])
    last = (months[-1].open, months[-1].opened, months[-1].closed)
    return [tag("path", d=area, fill=STEPS[1]),
            *[tag("path", d=path(points), fill="none", stroke=colour, stroke_width=2, stroke_dasharray=dash)
              for points, colour, dash, _ in series],
            *[text(xs[-1] + 8, y, f"{label} {count}", fill=colour, font_weight=700)
              for (_, colour, _, label), y, count in zip(series, ends, last, strict=True)]]


def axes(months: Sequence[Month], voice: Voice) -> list[Svg]:
    """Four hairlines from zero, and every third month's name."""
    xs, unit, top = scale(months)
    floor = HEIGHT - BOTTOM
    rungs = [tag("g", tag("path", d=f"M{LEFT} {floor - value * unit:.1f}H{WIDTH - RIGHT}", stroke=LINE),
                 text(LEFT - 8, floor - value * unit + 5, str(value), text_anchor="end", fill=INK_2))
             for value in range(0, top + 1, top // 4)]
    names = [text(x, HEIGHT - 8, voice.month(month.first), text_anchor="middle", fill=INK_2)
             for x, month in list(zip(xs, months, strict=True))[::3]]
    return rungs + names + [tag("path", d=f"M{LEFT} {floor}H{WIDTH - RIGHT}", stroke=ACCENT)]


def picture(months: Sequence[Month], voice: Voice, name: str = "findings-trend") -> Picture:
    """Months in order (24 read well) as a picture."""
    title, said = voice.say(sentence("Findings by month")), voice.say(finding(months))
    drawn = [*axes(months, voice), *lines(months, voice)] if months else []
    heads = tuple(voice.say(one) for one in (sentence("Month"), sentence("newly opened"), sentence("closed"),
                                             sentence("still open")))
    rows = tuple((f"{month.first:%Y-%m}", month.opened, month.closed, month.open) for month in months)
    return Picture(title, said, drawing(Sheet(name, WIDTH, HEIGHT), title, said, *drawn), heads, rows)
