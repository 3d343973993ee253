"""Clocks count as the law and the house rules say, over weekends, holidays and the turn of the year."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.catalogue import Catalogue
from portal.core.deadlines import (
    Known,
    add_business_days,
    business_days_between,
    due,
    is_open,
    leak_clocks,
    next_open_day,
    warnings,
)
from portal.store import shelf

CLOCKS = shelf.catalogue().deadlines
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 28), date(2026, 11, 29), date(2026, 11, 23), date(2026, 12, 29), date(2026, 12, 31),
        date(2027, 1, 1), date(2028, 1, 3), date(2026, 5, 6), date(2026, 9, 22),
    ],
    ids=["Sat", "Sun", "holiday", "29 Dec", "31 Dec", "1 Jan", "3 Jan", "substitute", "between two holidays"],
)
def test_closed_days(day: date) -> None:
    assert not is_open(day)


def test_open_days() -> None:
    assert is_open(date(2026, 11, 30)) and is_open(date(2026, 12, 28)) and is_open(date(2027, 1, 4))
    assert next_open_day(date(2026, 12, 29)) == date(2027, 1, 4)
    assert next_open_day(date(2026, 11, 30)) == date(2026, 11, 30)


@given(DAYS, st.integers(1, 40))
def test_business_days_go_and_come_back(day: date, count: int) -> None:
    later = add_business_days(day, count)
    assert is_open(later) and business_days_between(day, later) == count
    assert business_days_between(later, day) == -count
    assert not is_open(day) or add_business_days(later, -count) == day


def test_final_report_counts_the_day_known_and_rolls_over(catalogue: Catalogue) -> None:
    final = catalogue.deadlines["DL-LEAK-FINAL"]
    known = datetime(2026, 11, 1, 15, 30, tzinfo=UTC)  # 00:30 on 2 November in Japan
    told = due(final, known)
    assert (told.day, told.moved) == (date(2026, 12, 1), False)
    assert told.instant == datetime(2026, 12, 1, 14, 59, tzinfo=UTC)
    over_new_year = due(final, date(2026, 12, 2))
    assert (over_new_year.day, over_new_year.moved) == (date(2027, 1, 4), True)


@given(DAYS)
def test_final_report_ends_on_an_open_day_not_before_day_thirty(known: date) -> None:
    last = due(CLOCKS["DL-LEAK-FINAL"], known).day
    assert last is not None and is_open(last)
    assert timedelta(days=29) <= last - known <= timedelta(days=29 + 10)


def test_prompt_report_is_a_guide_without_roll_over(catalogue: Catalogue) -> None:
    told = due(catalogue.deadlines["DL-LEAK-PROMPT"], date(2026, 11, 19))
    assert (told.day, told.target, told.moved) == (date(2026, 11, 23), date(2026, 11, 21), False)
    assert catalogue.deadlines["DL-LEAK-PROMPT"].kind == "guide"


def test_first_notice_counts_hours(catalogue: Catalogue) -> None:
    known = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
    assert due(catalogue.deadlines["DL-LEAK-JMDP"], known).instant == known + timedelta(hours=24)
    with pytest.raises(ValueError, match="needs the instant"):
        due(catalogue.deadlines["DL-LEAK-JMDP"], date(2026, 11, 20))


def test_other_units(catalogue: Catalogue) -> None:
    clocks = catalogue.deadlines
    assert due(clocks["DL-RIGHTS"], date(2026, 11, 20)).day == date(2026, 11, 26)
    assert due(clocks["DL-ONSITE"], date(2024, 2, 29)).day == date(2027, 2, 28)
    assert due(clocks["DL-RETURN"], date(2026, 3, 31)).day == date(2026, 4, 30)
    assert due(clocks["DL-CONTRACT-90"], date(2027, 3, 31)).day == date(2026, 12, 31)
    assert due(clocks["DL-LEAK-PERSON"], date(2026, 3, 31)).day is None
    assert warnings(clocks["DL-CONTRACT-90"], date(2027, 3, 31)) == (
        date(2026, 12, 31), date(2027, 1, 30), date(2027, 3, 1)
    )


def test_leak_clocks(catalogue: Catalogue) -> None:
    at = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
    known = Known(by_party=at, by_jmdp=at + timedelta(hours=5))

    def names(entrusted: bool = True, wrongful: bool = False, mynumber: bool = False, who: Known = known) -> list[str]:
        return [clock.deadline for clock in leak_clocks(catalogue.deadlines, who, entrusted, wrongful, mynumber)]

    assert names() == ["DL-LEAK-JMDP", "DL-LEAK-ENTRUST", "DL-LEAK-PROMPT", "DL-LEAK-FINAL", "DL-LEAK-PERSON"]
    assert "DL-LEAK-ENTRUST" not in names(entrusted=False), "release by notice is for entrusted parties alone"
    assert "DL-LEAK-FINAL60" in names(wrongful=True) and "DL-LEAK-FINAL" not in names(wrongful=True)
    assert names(mynumber=True)[2:] == ["DL-NA-PROMPT", "DL-NA-FINAL", "DL-NA-PERSON"]
    assert names(who=Known(by_party=at)) == ["DL-LEAK-JMDP", "DL-LEAK-ENTRUST"]
    assert "DL-LEAK-SUB" in names(who=Known(by_subparty=at))
