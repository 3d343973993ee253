"""Clocks: business days of Japan, due instants, and the statutory clocks of a leak (APPI Art. 26, Rules 7-10)."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache

import holidays
from msgspec import Struct

from portal.core.dates import add_months
from portal.core.entries import Deadline
from portal.core.readable import day_in, due_at


class Due(Struct, frozen=True):
    """When something is due: the last day in Japan and its last minute (UTC), with the day to aim at.

    A clock without a day ("promptly", "before") has neither; a clock in hours ends at that very minute.
    """

    deadline: str
    day: date | None
    instant: datetime | None
    target: date | None = None
    moved: bool = False


class Known(Struct, frozen=True):
    """When each side learned of a leak (UTC); JMDP's is the earliest of any of its sections, a call counts."""

    by_party: datetime | None = None
    by_jmdp: datetime | None = None
    by_subparty: datetime | None = None


@cache
def _holidays(year: int) -> frozenset[date]:
    """The public holidays of Japan in a year, substitute holidays included."""
    return frozenset(holidays.country_holidays("JP", years=year))


def is_open(day: date) -> bool:
    """Say whether offices are open: no Saturday, Sunday or holiday, and not 29 December to 3 January."""
    new_year = (day.month, day.day) in {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}
    return day.weekday() < 5 and not new_year and day not in _holidays(day.year)


def next_open_day(day: date) -> date:
    """Give the day itself where it is open, otherwise the next open day."""
    while not is_open(day):
        day += timedelta(days=1)
    return day


def add_business_days(day: date, count: int) -> date:
    """Give the day so many open days after (or, with a negative count, before) a day."""
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_open(day)
    return day


def business_days_between(start: date, end: date) -> int:
    """Count the open days after `start` up to and including `end`; negative where `end` comes first."""
    if end < start:
        return -business_days_between(end, start)
    return sum(is_open(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def due(deadline: Deadline, start: datetime | date) -> Due:
    """Take a clock and the instant (UTC) or day (Japan) it starts; give when it is due. Hours need an instant."""
    if deadline.unit in ("promptly", "before"):
        return Due(deadline.id, None, None)
    if deadline.unit == "hours":
        if not isinstance(start, datetime):
            raise ValueError(f"{deadline.id} counts hours and needs the instant it starts")
        instant = start.astimezone(UTC) + timedelta(hours=deadline.amount)
        return Due(deadline.id, day_in(instant), instant)
    first = day_in(start)
    counted = _count(deadline, first, deadline.amount)
    last = next_open_day(counted) if deadline.rollover == "next_open_day" else counted
    target = None if deadline.target is None else _count(deadline, first, deadline.target)
    return Due(deadline.id, last, due_at(last), target, moved=last != counted)


def _count(deadline: Deadline, first: date, amount: int) -> date:
    if deadline.unit == "business_days":
        return add_business_days(first, amount)
    if deadline.unit == "months":
        return add_months(first, amount)
    if deadline.unit == "days_before":
        return first - timedelta(days=amount)
    return first + timedelta(days=amount - (deadline.first_day == "counts"))


def warnings(deadline: Deadline, end: date) -> tuple[date, ...]:
    """Give the days of warning before an end, earliest first (90, 60 and 30 days before a contract ends)."""
    return tuple(end - timedelta(days=days) for days in sorted((deadline.amount, *deadline.also), reverse=True))


def leak_clocks(
    deadlines: Mapping[str, Deadline], known: Known, entrusted: bool, wrongful: bool, mynumber: bool
) -> tuple[Due, ...]:
    """Give every clock of a leak that runs, from what each side knew when.

    60 days for the final report whenever a wrongful purpose may be involved, whatever else applies. The notice
    that releases a party from its own report exists for entrusted parties alone (Art. 26(1) proviso). My Number
    leaks run on clocks of their own (Numbers Act Art. 29-4).
    """
    names: list[tuple[str, datetime | None]] = [("DL-LEAK-JMDP", known.by_party)]
    if entrusted:
        names += [("DL-LEAK-ENTRUST", known.by_party), ("DL-LEAK-SUB", known.by_subparty)]
    law = "DL-NA" if mynumber else "DL-LEAK"
    final = f"{law}-FINAL60" if wrongful else f"{law}-FINAL"
    names += [(f"{law}-PROMPT", known.by_jmdp), (final, known.by_jmdp), (f"{law}-PERSON", known.by_jmdp)]
    return tuple(due(deadlines[name], start) for name, start in names if start is not None)
