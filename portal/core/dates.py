"""Dates as people of both languages write them, Japanese eras included."""

import calendar
import re
import unicodedata
from datetime import date

from portal.core.sentences import sentence

# Name, letter, first day; years of an era that has ended are still read (平成33年 stands in many contracts).
ERAS = (
    ("令和", "R", date(2019, 5, 1)),
    ("平成", "H", date(1989, 1, 8)),
    ("昭和", "S", date(1926, 12, 25)),
    ("大正", "T", date(1912, 7, 30)),
    ("明治", "M", date(1868, 1, 25)),
)
LETTERS = {letter: name for name, letter, _ in ERAS}
BEGAN = {name: began for name, _, began in ERAS}
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}

ERA = re.compile(r"(令和|平成|昭和|大正|明治|[RHSTM])\.?(元|\d{1,2})[年./-](\d{1,2})[月./-](\d{1,2})日?", re.I)
YEAR_FIRST = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?")
PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})")
DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ?-?([a-z]+)\.?,? ?-?(\d{4})", re.I)
MONTH_DAY = re.compile(r"([a-z]+)\.? ?(\d{1,2})(?:st|nd|rd|th)?,? ?(\d{4})", re.I)
WEEKDAY = re.compile(r" ?\([月火水木金土日](曜日?)?\)$")
YEAR_LAST = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}")

UNREADABLE = sentence("Write the date as 2026-11-30, 2026年11月30日, 令和8年11月30日 or 30 Nov 2026.")
AMBIGUOUS = sentence("Day and month cannot be told apart: write the year first, as in 2026-11-30.")
NO_SUCH_DAY = sentence("There is no such day: check the month and the day.")
BEFORE_ERA = sentence("That day is before the era began: check the era and the year.")


class BadDate(ValueError):
    """The text is no date; the message is an English source sentence that says what to do."""


def read_date(text: str) -> date:
    """Take a date as typed in Japanese, era, ISO or English form; give it, or raise BadDate."""
    compact = WEEKDAY.sub("", re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip())
    tight = compact.replace(" ", "")
    if match := ERA.fullmatch(tight):
        return _era_date(match)
    if match := YEAR_FIRST.fullmatch(tight) or PLAIN.fullmatch(tight):
        return _day(*map(int, match.groups()))
    if match := DAY_MONTH.fullmatch(compact):
        return _day(int(match[3]), _month(match[2]), int(match[1]))
    if match := MONTH_DAY.fullmatch(compact):
        return _day(int(match[3]), _month(match[1]), int(match[2]))
    raise BadDate(AMBIGUOUS if YEAR_LAST.fullmatch(tight) else UNREADABLE)


def _era_date(match: re.Match[str]) -> date:
    """Give the day of an era form; a day before the era began is refused."""
    name = LETTERS.get(match[1].upper(), match[1])
    year = 1 if match[2] == "元" else int(match[2])
    if year == 0:
        raise BadDate(UNREADABLE)
    day = _day(BEGAN[name].year + year - 1, int(match[3]), int(match[4]))
    if day < BEGAN[name]:
        raise BadDate(BEFORE_ERA)
    return day


def _month(name: str) -> int:
    """Give the number of an English month, written out or cut to three letters (or "Sept")."""
    number = MONTHS.get(name[:3].lower())
    if number is None or not (len(name) == 3 or calendar.month_name[number].lower().startswith(name.lower())):
        raise BadDate(UNREADABLE)
    return number


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise BadDate(NO_SUCH_DAY) from error


def era_year(day: date) -> str:
    """Give the Japanese year of a day, such as 令和8年 (元年 for a first year); ISO year before Meiji."""
    for name, _, began in ERAS:
        if day >= began:
            year = day.year - began.year + 1
            return f"{name}{'元' if year == 1 else year}年"
    return f"{day.year}年"


def era_date(day: date) -> str:
    """Write a day in the Japanese calendar, such as 令和8年11月30日."""
    return f"{era_year(day)}{day.month}月{day.day}日"


def add_months(day: date, months: int) -> date:
    """Give the same day so many months later (or earlier), or the last of that month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def fiscal_year(day: date) -> int:
    """Give the Japanese fiscal year (April to March) a day falls into."""
    return day.year if day.month >= 4 else day.year - 1
