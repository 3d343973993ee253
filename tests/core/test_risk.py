"""Tier, cadence and rating follow the table of the house rules."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.risk import TIERS, Acceptance, Exposure, Rating, cadence, lowers, staleness, tier

SPECIAL, ORDINARY = frozenset({"special_care"}), frozenset({"ordinary"})


@pytest.mark.parametrize(
    ("exposure", "expected"),
    [
        (Exposure(SPECIAL, persons=1_001), "critical"), (Exposure(SPECIAL, persons=1_000), "high"),
        (Exposure(SPECIAL, location="OTHER"), "critical"), (Exposure(SPECIAL, location="EQ"), "high"),
        (Exposure(SPECIAL, remote_admin=True), "critical"), (Exposure(frozenset({"mynumber"})), "high"),
        (Exposure(ORDINARY, persons=1_001), "medium"), (Exposure(ORDINARY, persons=1_000), "low"),
        (Exposure(ORDINARY, payment=True), "medium"), (Exposure(ORDINARY, outermost=3), "medium"),
        (Exposure(ORDINARY, outermost=2), "low"), (Exposure(SPECIAL, outermost=3), "critical"),
        (Exposure(SPECIAL, outermost=2), "high"),
        (Exposure(frozenset({"personal_related"}), linked=True), "medium"),
        (Exposure(frozenset({"statistical"}), persons=9_999), "low"), (Exposure(SPECIAL, handles=False), "low"),
    ],
)
def test_tier(exposure: Exposure, expected: str) -> None:
    assert tier(exposure) == expected


@given(st.integers(0, 10_000), st.sampled_from(["JP", "EQ", "OTHER"]), st.booleans(), st.booleans())
def test_sensitive_data_always_land_in_the_top_two(persons: int, place: str, admin: bool, payment: bool) -> None:
    exposure = Exposure(SPECIAL | ORDINARY, persons, place, admin, payment)
    assert tier(exposure) in ("critical", "high")


def test_cadence() -> None:
    assert [cadence(of).round_months for of in TIERS] == [12, 12, 12, 24]
    assert [cadence(of).onsite_months for of in TIERS] == [36, None, None, None]
    assert cadence("medium", advertising=True).round_months == 6
    assert lowers("medium", "high") and not lowers("critical", "high") and not lowers("high", "high")


def test_rating() -> None:
    assert [Rating(a, b).band for a, b in ((5, 5), (3, 5), (2, 5), (5, 1), (2, 2))] == [
        "critical", "critical", "high", "medium", "low"
    ]
    for wrong in ((0, 3), (3, 6)):
        with pytest.raises(ValueError, match="1 to 5"):
            Rating(*wrong)


def test_an_acceptance_goes_stale() -> None:
    accepted = Acceptance(Rating(2, 4), date(2026, 12, 31))
    assert staleness(accepted, Rating(2, 4), date(2026, 12, 31)) == ""
    assert staleness(accepted, Rating(2, 4), date(2027, 1, 1)) == "expired"
    assert staleness(accepted, Rating(4, 2), date(2026, 12, 31)) == "rating_changed"
