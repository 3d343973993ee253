"""The duties of each engagement as of a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from portal.core import supervision
from portal.core.supervision import Check, Late, Line, Period, Supervised, duties, status

TODAY = date(2026, 11, 30)
SOUND = Supervised(
    relation="entrustment",
    began=date(2024, 4, 1),
    selections=(Period(date(2024, 3, 1), date(2027, 3, 31), "S"),),
    contracts=(Period(date(2024, 4, 1), date(2027, 3, 31), "C"),),
    notices=(Period(date(2024, 4, 1), None, "N"),),
    rounds=(Check(date(2026, 6, 1), True, "R"),),
    own_measures=(Check(date(2026, 6, 1), True, "O"),),
    lines=(Line("L", "PERMITTED", equivalent=True, needs_record=True, last_record=date(2026, 11, 1)),),
    equivalence_checks=(Check(date(2026, 6, 1), True, "E"),),
)


def stands(of: Supervised, as_of: date = TODAY) -> dict[str, str]:
    """Each duty's status."""
    return {duty.code: duty.status for duty in duties(of, as_of)}


@pytest.mark.parametrize(
    ("relation", "codes"),
    [
        ("entrustment", ["selection", "contract", "handling"]),
        ("joint_use", ["notice", "agreement", "handling"]),
        ("third_party", ["route", "record", "checks"]),
        ("academic", ["route", "record", "checks"]),
        ("cloud_no_handling", ["own_measures"]),
    ],
)
def test_each_relation_has_its_duties(relation: str, codes: list[str]) -> None:
    sound = replace(SOUND, relation=relation)
    assert stands(sound) == dict.fromkeys(codes, "met")
    assert status(duties(sound, TODAY)) == "met"


@pytest.mark.parametrize(
    ("relation", "changes", "duty", "expected", "message"),
    [
        ("entrustment", {"selections": ()}, "selection", "failing", supervision.NOT_SELECTED),
        ("entrustment", {"selections": (Period(date(2024, 5, 1)),)}, "selection", "due", supervision.SELECTED_LATE),
        ("entrustment", {"contracts": ()}, "contract", "failing", supervision.NO_CONTRACT),
        ("entrustment", {"contracts": (Period(date(2024, 4, 1), date(2026, 12, 31)),)}, "contract", "due",
         supervision.ENDS_SOON),
        ("entrustment", {"clauses_missing": ("CC-08",)}, "contract", "failing", supervision.CLAUSES_MISSING),
        ("entrustment", {"uncleared_tiers": ("乙",)}, "contract", "failing", supervision.TIERS),
        ("entrustment", {"rounds": (Check(date(2025, 9, 29)),)}, "handling", "failing", supervision.CHECK_OVERDUE),
        ("entrustment", {"rounds": (Check(date(2025, 9, 30)),)}, "handling", "due", supervision.CHECK_DUE),
        ("entrustment", {"rounds": (Check(date(2025, 12, 15)),)}, "handling", "due", supervision.CHECK_DUE),
        ("entrustment", {"rounds": (Check(date(2026, 6, 1), False),)}, "handling", "failing", supervision.CHECK_FAILED),
        ("entrustment", {"rounds": ()}, "handling", "failing", supervision.NEVER_CHECKED),
        ("entrustment", {"rounds": (), "began": date(2026, 4, 1)}, "handling", "due", supervision.NOT_CHECKED),
        ("entrustment", {"late": (Late(date(2026, 11, 29), "finding", "critical"),)}, "handling", "failing",
         supervision.FINDING_LATE),
        ("entrustment", {"late": (Late(date(2026, 11, 29), "finding", "low"),)}, "handling", "due",
         supervision.FINDING_LATE),
        ("entrustment", {"late": (Late(date(2026, 11, 29), "round"),)}, "handling", "due", supervision.ROUND_LATE),
        ("joint_use", {"notices": ()}, "notice", "failing", supervision.NO_NOTICE),
        ("joint_use", {"contracts": ()}, "agreement", "failing", supervision.NO_AGREEMENT),
        ("third_party", {"lines": (Line("L", "INCOMPLETE"),)}, "route", "failing", supervision.LINE_UNLAWFUL),
        ("third_party", {"lines": (Line("L", "PERMITTED", needs_record=True),)}, "record", "failing",
         supervision.NO_RECORD),
        ("third_party", {"assurance_lost": True}, "checks", "failing", supervision.ASSURANCE_LOST),
        ("third_party", {"equivalence_checks": (Check(date(2025, 11, 29)),)}, "checks", "failing",
         supervision.CHECK_OVERDUE),
        ("cloud_no_handling", {"own_measures": ()}, "own_measures", "failing", supervision.NEVER_CHECKED),
    ],
)
def test_what_makes_a_duty_due_or_failing(
    relation: str, changes: dict, duty: str, expected: str, message: str
) -> None:
    of = replace(SOUND, relation=relation, **changes)
    found = {item.code: item for item in duties(of, TODAY)}
    assert found[duty].status == expected
    assert message in [reason.message for reason in found[duty].reasons if reason.status == expected]
    assert {code for code, item in found.items() if item.status != "met"} == {duty}
    assert status(duties(of, TODAY)) == expected


def test_a_renewal_takes_the_warning_away() -> None:
    ending = Period(date(2024, 4, 1), date(2026, 12, 31))
    renewed = replace(SOUND, contracts=(ending, Period(date(2027, 1, 1), date(2027, 12, 31))))
    assert stands(renewed)["contract"] == "met"
    gap = replace(SOUND, contracts=(ending, Period(date(2027, 1, 2), date(2027, 12, 31))))
    assert stands(gap)["contract"] == "due"


def test_the_past_is_judged_by_what_stood_then() -> None:
    assert stands(SOUND, date(2024, 3, 15))["contract"] == "failing"
    assert stands(SOUND, date(2026, 5, 31))["handling"] == "failing"
    assert stands(SOUND, date(2026, 6, 1))["handling"] == "met"


def test_not_yet_due_findings_do_not_count() -> None:
    assert stands(replace(SOUND, late=(Late(TODAY, "finding", "critical"),)))["handling"] == "met"


def test_every_reason_can_be_read() -> None:
    for relation in ("entrustment", "joint_use", "third_party", "cloud_no_handling"):
        for duty in duties(Supervised(relation, date(2024, 1, 1)), TODAY):
            assert duty.reasons
            assert all(reason.message % reason.values for reason in duty.reasons)


@given(st.integers(0, 2_000))
def test_without_new_checks_handling_only_worsens(days: int) -> None:
    order = ["met", "due", "failing"]
    on = SOUND.rounds[0].on + timedelta(days=days)
    now, later = stands(SOUND, on)["handling"], stands(SOUND, on + timedelta(days=1))["handling"]
    assert order.index(later) >= order.index(now)
