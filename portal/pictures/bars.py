"""Spans of time as bars against today: how long evidence is valid, how long contracts run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portal.core.readable import date_short
from portal.pictures.svg import (
    ACCENT,
    INK,
    INK_2,
    LINE,
    TONES,
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

LABEL, TRACK, AFTER, ROW, TOP = 240, 560, 100, 26, 24
SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Span:
    """One bar: what it is, from when to when, and for a contract the last day to give notice."""

    label: str
    start: date
    end: date
    notice: date | None = None


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from the left edge to the right."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day stands, kept within the track."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return LABEL + TRACK * min(1.0, max(0.0, share))


def axis_for(spans: Sequence[Span], today: date) -> Axis:
    """From a year before today (or the earliest start after that) to the latest end."""
    first = max(min([span.start for span in spans] + [today]), today - timedelta(days=365))
    return Axis(first, max([span.end for span in spans] + [today + timedelta(days=90)]))


def tone(span: Span, today: date) -> str:
    """Over, ending within sixty days, or good."""
    return "bad" if span.end < today else "warn" if span.end - today <= SOON else "info"


def ticks(axis: Axis, height: float) -> list[Svg]:
    """A hairline at each first of April and each first of October, with its month."""
    days = [date(year, month, 1) for year in range(axis.first.year, axis.last.year + 1) for month in (4, 10)]
    marks = [day for day in days if axis.first <= day <= axis.last]
    kept = marks if len(marks) <= 8 else [day for day in marks if day.month == 4]
    return [tag("g", tag("path", d=f"M{axis.x(day):.1f} {TOP}V{height:g}", stroke=LINE),
                text(axis.x(day), 14, f"{day:%Y-%m}", text_anchor="middle", fill=INK_2)) for day in kept]


def bar(span: Span, place: int, axis: Axis, today: date) -> Svg:
    """One row: its name, its bar (hatched once over), its end, the mark of the notice day."""
    y, left, right = TOP + place * ROW, axis.x(span.start), axis.x(span.end)
    state = tone(span, today)
    shape = "url(#bars-over)" if state == "bad" else TONES[state]
    pieces = [
        text(0, y + 18, fitted(span.label, LABEL - 12)),
        tag("rect", x=left, y=y + 7, width=max(2.0, right - left), height=12, fill=shape, stroke=TONES[state]),
        text(LABEL + TRACK + 12, y + 18, date_short(span.end), fill=TONES[state] if state != "info" else INK,
             font_weight=400 if state == "info" else 700),
    ]
    if span.notice and axis.first <= span.notice <= axis.last:
        x = axis.x(span.notice)
        pieces.append(tag("path", d=f"M{x:.1f} {y + 3}l5 5-5 5-5-5z", fill=INK, stroke="#ffffff"))
    return tag("g", *pieces)


def order(spans: Sequence[Span]) -> list[Span]:
    """The first to end first."""
    return sorted(spans, key=lambda span: (span.end, span.label))


def draw(spans: Sequence[Span], today: date, words: tuple[str, str], name: str) -> Svg:
    """All rows, the axis and today's line; `words` are the title and the sentence."""
    axis, height = axis_for(spans, today), TOP + len(spans) * ROW + 6
    now = tag("path", d=f"M{axis.x(today):.1f} {TOP - 4}V{height:g}", stroke=ACCENT, stroke_width=2)
    rows = [bar(span, place, axis, today) for place, span in enumerate(spans)]
    return drawing(Sheet(name, LABEL + TRACK + AFTER, height), *words, hatch("bars-over", TONES["bad"]),
                   *ticks(axis, height), *rows, now)


def validity_finding(spans: Sequence[Span], today: date) -> Sentence:
    """How many have expired, or which expires next."""
    over = [span for span in spans if span.end < today]
    if over:
        return counted("%(num)s of %(total)s has expired.", "%(num)s of %(total)s have expired.", len(over),
                       total=len(spans))
    if not spans:
        return sentence("No evidence with an end of validity is held.")
    first = order(spans)[0]
    return sentence("All are valid; the next to expire is %(label)s, on %(day)s.", label=first.label, day=first.end)


def validity(spans: Sequence[Span], today: date, voice: Voice, name: str = "validity") -> Picture:
    """How long pieces of evidence are valid, seen from today."""
    title, said = voice.say(sentence("Validity of evidence")), voice.say(validity_finding(spans, today))
    rows = tuple((span.label, date_short(span.start), date_short(span.end)) for span in order(spans))
    heads = tuple(voice.say(one) for one in (sentence("Evidence"), sentence("Starts on"), sentence("Ends on")))
    return Picture(title, said, draw(order(spans), today, (title, said), name), heads, rows, is_wide=True)


def terms_finding(spans: Sequence[Span], today: date) -> Sentence:
    """Which contract needs a decision next."""
    coming = [span for span in order(spans) if span.end >= today]
    if not coming:
        return sentence("No contract is running.")
    first = min(coming, key=lambda span: span.notice if span.notice and span.notice >= today else span.end)
    if first.notice and first.notice >= today:
        return sentence("The next notice day is %(day)s, for %(label)s.", day=first.notice, label=first.label)
    return sentence("The next to end is %(label)s, on %(day)s.", label=first.label, day=first.end)


def terms(spans: Sequence[Span], today: date, voice: Voice, name: str = "terms") -> Picture:
    """How long contracts run, with the last day to give notice as a diamond."""
    title, said = voice.say(sentence("Terms of contracts")), voice.say(terms_finding(spans, today))
    rows = tuple((span.label, date_short(span.start), date_short(span.notice) if span.notice else "–",
                  date_short(span.end)) for span in order(spans))
    heads = tuple(voice.say(one) for one in (sentence("Contract"), sentence("Starts on"), sentence("Notice by"),
                                             sentence("Ends on")))
    return Picture(title, said, draw(order(spans), today, (title, said), name), heads, rows, is_wide=True)
