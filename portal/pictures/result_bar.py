"""The outcome of a review as one bar of parts, this year's above last year's."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.pictures.svg import INK_2, SOFT, TONES, Picture, Sheet, Svg, breadth, drawing, hatch, tag, text
from portal.pictures.voice import Sentence, Voice, counted, sentence

WIDTH, LEFT, BAR, PITCH = 720, 110, 28, 44


@dataclass(frozen=True, slots=True)
class Part:
    """A verdict's word, its tone (as in core/words) and how many questions bear it."""

    label: str
    tone: str
    count: int


Bar = tuple[str, Sequence[Part]]


def finding(parts: Sequence[Part]) -> Sentence:
    """How many of all bear the first (good) verdict."""
    total, good = sum(part.count for part in parts), parts[0] if parts else Part("", "ok", 0)
    return counted("%(good)s: %(num)s of %(total)s question.", "%(good)s: %(num)s of %(total)s questions.", good.count,
                   good=good.label, total=total)


def bar(place: int, label: str, parts: Sequence[Part], unit: float) -> Svg:
    """One bar: each part in its tone, with its word and number where they fit; warnings are hatched."""
    y, x = place * PITCH + 4, float(LEFT)
    pieces = [text(0, y + 19, label, fill=INK_2)]
    for part in (part for part in parts if part.count):
        width, words = part.count * unit, f"{part.label} {part.count}"
        pieces.append(tag("rect", x=x, y=y, width=width, height=BAR, fill=SOFT[part.tone], stroke=TONES[part.tone]))
        if part.tone in ("warn", "bad"):
            pieces.append(tag("rect", x=x, y=y, width=min(width, 6), height=BAR, fill=f"url(#result-{part.tone})"))
        shown = next((one for one in (words, str(part.count)) if breadth(one) + 14 <= width), "")
        if shown:
            pieces.append(text(x + 10, y + 19, shown, fill=TONES[part.tone]))
        x += width
    return tag("g", *pieces)


def picture(bars: Sequence[Bar], voice: Voice, name: str = "result") -> Picture:
    """Bars in order (the first is the one the sentence speaks of), each a label and its parts."""
    title, said = voice.say(sentence("Outcome")), voice.say(finding(bars[0][1] if bars else ()))
    most = max((sum(part.count for part in parts) for _, parts in bars), default=0)
    unit = (WIDTH - LEFT) / max(1, most)
    drawn = [bar(place, label, parts, unit) for place, (label, parts) in enumerate(bars)]
    heads = (voice.say(sentence("Fiscal year")), voice.say(sentence("Verdict")), voice.say(sentence("Questions")))
    rows = tuple((label, part.label, part.count) for label, parts in bars for part in parts)
    hatches = (hatch("result-warn", TONES["warn"]), hatch("result-bad", TONES["bad"]))
    sheet = Sheet(name, WIDTH + 2, len(bars) * PITCH)
    return Picture(title, said, drawing(sheet, title, said, *hatches, *drawn), heads, rows)
