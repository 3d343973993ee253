"""Dates are read in every form people write, and refused with a sentence that says what to do."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import dates
from portal.core.dates import BadDate, add_months, era_date, era_year, read_date

DAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-30", "2026/11/30", "2026.11.30", "20261130", "2026年11月30日", "２０２６年１１月３０日",
        " 2026 / 11 / 30 ",
        "令和8年11月30日", "令和 8年 11月 30日", "令和８年１１月３０日", "R8.11.30", "R8/11/30", "r08-11-30",
        "Ｒ８．１１．３０",
        "30 Nov 2026", "30 November 2026", "30th Nov. 2026", "Nov 30, 2026", "November 30 2026", "30-Nov-2026",
        "2026年11月30日（月）", "2026年11月30日(月曜日)", "平成38年11月30日",
    ],
)
def test_forms_of_one_day(text: str) -> None:
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)), ("R1.5.1", date(2019, 5, 1)), ("平成31年4月30日", date(2019, 4, 30)),
        ("H元.1.8", date(1989, 1, 8)), ("昭和64年1月7日", date(1989, 1, 7)), ("S63.12.31", date(1988, 12, 31)),
        ("大正元年7月30日", date(1912, 7, 30)), ("3 Sept 2025", date(2025, 9, 3)), ("2024-02-29", date(2024, 2, 29)),
    ],
)
def test_other_days(text: str, day: date) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("11/30/2026", dates.AMBIGUOUS), ("30/11/2026", dates.AMBIGUOUS), ("01.02.2026", dates.AMBIGUOUS),
        ("8/11/30", dates.UNREADABLE), ("2026年11月", dates.UNREADABLE), ("未定", dates.UNREADABLE),
        ("", dates.UNREADABLE),
        ("R0.1.1", dates.UNREADABLE), ("30 Nov 26", dates.UNREADABLE), ("30 Nou 2026", dates.UNREADABLE),
        ("2026-02-29", dates.NO_SUCH_DAY), ("令和8年13月1日", dates.NO_SUCH_DAY),
        ("令和元年4月30日", dates.BEFORE_ERA),
        ("H1.1.7", dates.BEFORE_ERA),
    ],
)
def test_what_is_no_date_says_what_to_do(text: str, message: str) -> None:
    with pytest.raises(BadDate) as refusal:
        read_date(text)
    assert str(refusal.value) == message


@given(st.dates(min_value=date(1868, 1, 25), max_value=date(2099, 12, 31)))
def test_every_day_survives_each_form(day: date) -> None:
    english = f"{day:%d} {day:%b} {day.year}"
    for text in (era_date(day), day.isoformat(), f"{day.year}年{day.month}月{day.day}日", english):
        assert read_date(text) == day


def test_eras() -> None:
    years = {
        date(2019, 4, 30): "平成31年", date(2019, 5, 1): "令和元年", date(1989, 1, 7): "昭和64年",
        date(1989, 1, 8): "平成元年", date(1926, 12, 25): "昭和元年", date(1800, 1, 1): "1800年",
    }
    assert {day: era_year(day) for day in years} == years


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)), st.integers(-240, 240))
def test_months_keep_the_day_or_the_last_one(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_last_day_of_february() -> None:
    assert add_months(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
