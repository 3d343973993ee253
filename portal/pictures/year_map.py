"""A year of days as a heat map: columns are weeks, rows are weekdays, each cell its number."""

from collections.abc import Mapping
from datetime import date, timedelta

from portal.core.readable import WEEKDAYS, date_short
from portal.pictures.due_strip import step
from portal.pictures.svg import INK, INK_2, STEPS, SURFACE, Picture, Sheet, Svg, drawing, tag, text
from portal.pictures.voice import Sentence, Voice, counted, sentence

CELL, PITCH, LEFT, TOP = 21, 23, 34, 20
ENGLISH_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def days_of(first: date) -> list[date]:
    """Every day of the year that begins on a day."""
    after = first.replace(year=first.year + 1)
    return [first + timedelta(days=offset) for offset in range((after - first).days)]


def finding(counts: Mapping[date, int], first: date) -> Sentence:
    """What the map shows: the whole year's sum and its fullest day."""
    held = {day: counts.get(day, 0) for day in days_of(first)}
    day = max(held, key=lambda one: held[one])
    if not held[day]:
        return sentence("Nothing falls due in this year.")
    return counted("Of %(total)s in the year, %(day)s holds the most: %(num)s item.",
                   "Of %(total)s in the year, %(day)s holds the most: %(num)s items.",
                   held[day], day=day, total=sum(held.values()))


def cell(day: date, first: date, count: int, most: int) -> Svg:
    """One day; a count is printed, none stays blank."""
    monday = first - timedelta(days=first.weekday())
    week, row = divmod((day - monday).days, 7)
    x, y, tone = LEFT + week * PITCH, TOP + row * PITCH, step(count, most)
    square = tag("rect", x=x, y=y, width=CELL, height=CELL, rx=2, fill=STEPS[tone])
    if not count:
        return square
    number = text(x + CELL / 2, y + 15, str(count), text_anchor="middle", fill=SURFACE if tone > 2 else INK)
    return tag("g", square, number)


def axes(first: date, voice: Voice) -> list[Svg]:
    """The months above and the weekdays at the left."""
    monday = first - timedelta(days=first.weekday())
    starts = [day for day in days_of(first) if day.day == 1]
    months = [text(LEFT + -(-(day - monday).days // 7) * PITCH, 13, voice.month(day), fill=INK_2) for day in starts]
    names = WEEKDAYS if voice.language == "ja" else ENGLISH_DAYS
    rows = [text(0, TOP + row * PITCH + 15, names[row], fill=INK_2) for row in range(7)]
    return months + rows


def picture(counts: Mapping[date, int], first: date, voice: Voice, name: str = "year-map") -> Picture:
    """The year that begins on `first` (such as 1 April) as a picture; the table lists the days that hold anything."""
    title = voice.say(sentence("Due days from %(first)s", first=first))
    said = voice.say(finding(counts, first))
    days = days_of(first)
    most = max((counts.get(day, 0) for day in days), default=0)
    weeks = (days[-1] - (first - timedelta(days=first.weekday()))).days // 7 + 1
    sheet = Sheet(name, LEFT + weeks * PITCH, TOP + 7 * PITCH)
    cells = [cell(day, first, counts.get(day, 0), most) for day in days]
    heads = (voice.say(sentence("Day")), voice.say(sentence("Items")))
    rows = tuple((date_short(day), counts[day]) for day in days if counts.get(day, 0))
    return Picture(title, said, drawing(sheet, title, said, *axes(first, voice), *cells), heads, rows, is_wide=True)
