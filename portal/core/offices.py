"""Days on which offices are open in a party's own country, so that a due day never falls on its holiday."""

from datetime import date, timedelta
from functools import cache

import holidays

from portal.core import deadlines

JAPAN = "JP"
SATURDAY_AND_SUNDAY = frozenset({5, 6})


@cache
def _calendar(country: str, year: int) -> tuple[frozenset[int], frozenset[date]]:
    """The weekdays of rest and the public holidays of a country in a year; no holidays where they are not known."""
    if not is_known(country):
        return SATURDAY_AND_SUNDAY, frozenset()
    found = holidays.country_holidays(country, years=year)
    return frozenset(found.weekend), frozenset(found)


def is_known(country: str) -> bool:
    """Say whether the public holidays of a country (two letters) are known here."""
    return country in holidays.list_supported_countries()


def is_open(day: date, country: str) -> bool:
    """Say whether offices are open in a country; in Japan not from 29 December to 3 January either."""
    if country == JAPAN:
        return deadlines.is_open(day)
    rest, closed = _calendar(country, day.year)
    return day.weekday() not in rest and day not in closed


def next_open_day(day: date, country: str) -> date:
    """Give the day itself where offices are open in the country, otherwise the next day on which they are."""
    while not is_open(day, country):
        day += timedelta(days=1)
    return day


def after(day: date, count: int, country: str) -> date:
    """Give the day so many open days of a country after a day."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_open(day, country)
    return day
