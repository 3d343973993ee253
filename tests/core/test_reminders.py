"""The reminder ladder: on open days of the party's country, stopped for a reason, late after a standstill."""

from datetime import date

import pytest

from portal.core import offices
from portal.core.catalogue import Catalogue
from portal.core.reminders import Story, course, falling

ASKED, DUE = date(2026, 11, 2), date(2026, 12, 18)


def told(catalogue: Catalogue, **events: date | str) -> dict[str, str]:
    """What becomes of each rung."""
    given: dict[str, object] = {"asked_on": ASKED, "due_on": DUE, **events}
    return {row.rung.code: row.code for row in course(catalogue.ladder, Story(**given))}


def test_a_silent_party_gets_every_letter(catalogue: Catalogue) -> None:
    assert set(told(catalogue).values()) == {"sent"}


@pytest.mark.parametrize(("events", "stopped"), [
    ({"begun_on": date(2026, 11, 20)}, {"T-14": "begun"}),
    ({"begun_on": date(2026, 11, 20), "half_on": date(2026, 12, 1)}, {"T-14": "begun", "T-7": "half_done"}),
    ({"begun_on": date(2026, 11, 20), "half_on": date(2026, 12, 14)}, {"T-14": "begun", "T-3": "active"}),
    ({"complete_on": date(2026, 12, 1)}, {"T-14": "begun", "T-7": "done"}),
    ({"paused_on": date(2026, 12, 16)}, dict.fromkeys(("T-1", "T", "T+1", "T+5", "T+6", "T+14", "T+30"), "paused")),
    ({"submitted_on": date(2026, 12, 18)}, dict.fromkeys(("T+1", "T+5", "T+6", "T+14", "T+30"), "not_theirs")),
    ({"withdrawn_on": date(2026, 12, 24)}, dict.fromkeys(("T+14", "T+30"), "withdrawn")),
    ({"asked_on": date(2026, 12, 3)}, {"T-14": "just_asked"}),
])
def test_a_letter_stops_for_its_reason(catalogue: Catalogue, events: dict[str, date], stopped: dict[str, str]) -> None:
    assert {rung: code for rung, code in told(catalogue, **events).items() if code != "sent"} == stopped


@pytest.mark.parametrize("country", ["JP", "US", "DE", "SA", "XX"])
def test_every_letter_goes_on_an_open_day(catalogue: Catalogue, country: str) -> None:
    for row in course(catalogue.ladder, Story(ASKED, DUE, country)):
        assert row.rung.days == 0 or offices.is_open(row.day, country), row


def test_what_a_standstill_missed_goes_once_and_not_too_late(catalogue: Catalogue) -> None:
    def code(today: date) -> str:
        return " ".join(rung.code for rung in falling(catalogue.ladder, DUE, "JP", today))
    assert [code(date(2026, 12, day)) for day in (1, 4, 7, 8, 11, 14, 15, 17, 18)] == [
        "", "T-14", "T-14", "", "T-7", "T-7", "T-3", "T-1", "T"]
    assert code(date(2026, 12, 24)) == "T+5 T+6", "the party and the desk each have theirs"
