"""The weeks ahead as a strip: how much falls due in each."""

from collections.abc import Sequence
from datetime import date
from math import ceil, sqrt

from portal.core.readable import date_short
from portal.pictures.svg import INK, INK_2, STEPS, SURFACE, Picture, Sheet, Svg, drawing, tag, text
from portal.pictures.voice import Sentence, Voice, counted, sentence

CELL, GAP, LABEL_EVERY = 42, 6, 4
Week = tuple[date, int]


def step(count: int, most: int) -> int:
    """Which of the five tones a count takes: 0 for none, 4 for the most; by square root, so that small ones differ."""
    return ceil(4 * sqrt(count / most)) if count else 0


def finding(weeks: Sequence[Week]) -> Sentence:
    """What the strip shows: its fullest week."""
    day, most = max(weeks, key=lambda week: week[1], default=(date.min, 0))
    if not most:
        return counted("Nothing falls due in the coming week.", "Nothing falls due in the coming %(num)s weeks.",
                       len(weeks))
    return counted("The week from %(day)s is the fullest: %(num)s item.",
                   "The week from %(day)s is the fullest: %(num)s items.", most, day=day)


def cell(place: int, week: Week, most: int) -> Svg:
    """One week: its tone, its number, and every fourth its date."""
    day, count = week
    x, tone = place * (CELL + GAP), step(count, most)
    pieces = [
        tag("rect", x=x, width=CELL, height=CELL, rx=4, fill=STEPS[tone]),
        text(x + CELL / 2, 27, str(count), text_anchor="middle", font_size=15, fill=SURFACE if tone > 2 else INK),
    ]
    if place % LABEL_EVERY == 0:
        pieces.append(text(x, CELL + 20, f"{day.month}/{day.day}", fill=INK_2))
    return tag("g", *pieces)


def picture(weeks: Sequence[Week], voice: Voice, name: str = "due-strip") -> Picture:
    """Weeks in order (their Monday and a count) as a picture."""
    title = voice.say(counted("Due in the coming week", "Due in the coming %(num)s weeks", len(weeks)))
    said = voice.say(finding(weeks))
    most = max((count for _, count in weeks), default=0)
    sheet = Sheet(name, len(weeks) * (CELL + GAP) - GAP, CELL + 26)
    cells = [cell(place, week, most) for place, week in enumerate(weeks)]
    heads = (voice.say(sentence("Week from")), voice.say(sentence("Items")))
    rows = tuple((date_short(day), count) for day, count in weeks)
    return Picture(title, said, drawing(sheet, title, said, *cells), heads, rows, is_wide=True)
