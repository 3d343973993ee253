"""The tree of re-entrusted bodies: who stands on a day, whose place a line covers, and who sees which data."""

from datetime import date

import pytest
from msgspec.structs import replace

from portal.core import reentrustment
from portal.core.catalogue import Catalogue
from portal.core.reentrusted import Body, Standing, covered, ordered, standings, who_sees
from portal.core.reentrustment import cleared, lacks, refusal, way

TODAY = date(2026, 11, 25)
SECOND = Body(1, None, "第二層", "JP", 2, "consented", date(2026, 4, 1), date(2027, 3, 31),
              {7: frozenset({"name", "hla"})})
THIRD = replace(SECOND, key=2, above=1, name="第三層", country="DE", tier=3, items={7: frozenset({"name"})})


@pytest.mark.parametrize(("change", "standing", "below"), [
    ({}, "live", "live"), ({"state": "listed"}, "live", "live"),
    ({"state": "submitted"}, "asked", "live"), ({"state": "awaiting_approval"}, "asked", "live"),
    ({"starts_on": date(2026, 11, 26)}, "coming", "coming"), ({"ends_on": TODAY}, "live", "live"),
    ({"ends_on": date(2026, 11, 24)}, "lapsed", "lapsed"), ({"state": "expired"}, "lapsed", "lapsed"),
    ({"state": "withdrawn"}, "lapsed", "lapsed"), ({"state": "ended"}, "over", "lapsed"),
    ({"state": "refused"}, "over", "lapsed"),
])
def test_nobody_stands_below_a_body_that_does_not(change: dict[str, object], standing: Standing, below: Standing
                                                  ) -> None:
    found = standings([THIRD, replace(SECOND, **change)], TODAY)
    assert found == {1: standing, 2: below}


def test_a_tree_is_read_from_above() -> None:
    other = replace(SECOND, key=3, name="別の第二層")
    fourth = replace(THIRD, key=4, above=2, tier=4)
    assert [body.key for body in ordered([other, fourth, THIRD, SECOND])] == [1, 2, 4, 3]
    assert [body.key for body in ordered([THIRD])] == [2]


@pytest.mark.parametrize(("country", "line", "party", "expected"), [
    ("JP", ("JP", "JP"), ("JP", "JP"), True), ("DE", ("JP", "JP"), ("JP", "JP"), False),
    ("DE", ("EQ", "FR"), ("JP", "JP"), True), ("DE", ("OTHER", "US"), ("JP", "JP"), True),
    ("US", ("EQ", "DE"), ("JP", "JP"), False), ("US", ("OTHER", "US"), ("JP", "JP"), True),
    ("US", ("JP", "JP"), ("OTHER", "US"), True), ("IN", ("OTHER", "US"), ("JP", "JP"), False),
])
def test_a_line_covers_nearer_places_and_named_countries(country: str, line: tuple[str, str], party: tuple[str, str],
                                                         expected: bool, catalogue: Catalogue) -> None:
    assert covered(country, catalogue.rules.place_of(country), line, party) is expected


def test_the_places_under_the_law_come_from_the_table(catalogue: Catalogue) -> None:
    places = {country: catalogue.rules.place_of(country) for country in ("JP", "DE", "GB", "NO", "CH", "US", "CN")}
    assert places == {"JP": "JP", "DE": "EQ", "GB": "EQ", "NO": "EQ", "CH": "OTHER", "US": "OTHER", "CN": "OTHER"}


def test_everybody_who_can_see_an_item_is_named_with_tier_and_country() -> None:
    own = {7: ["name", "hla"], 8: ["address"]}
    asked = replace(SECOND, key=5, state="submitted", name="申請中")
    gone = replace(SECOND, key=6, state="withdrawn", name="撤回", country="US", items={8: frozenset({"address"})})
    ended = replace(SECOND, key=7, state="ended", name="終了")
    seen = {one.item: one for one in who_sees(("検査所", "JP"), own, [THIRD, SECOND, asked, gone, ended], TODAY)}
    assert seen["name"].bodies == (("検査所", 1, "JP"), ("第二層", 2, "JP"), ("第三層", 3, "DE"))
    assert seen["name"].countries == ("DE", "JP")
    assert seen["hla"].bodies == (("検査所", 1, "JP"), ("第二層", 2, "JP"))
    assert seen["address"].bodies == (("検査所", 1, "JP"), ("撤回", 2, "US")), "whose end is not reported still counts"


def test_what_may_be_asked_for_and_how(catalogue: Catalogue) -> None:
    modes = catalogue.reentrustment_modes
    numbers, special = frozenset({"mynumber"}), frozenset({"special_care", "ordinary"})
    assert refusal(None) == reentrustment.UNKNOWN
    assert {code for code, mode in modes.items() if refusal(mode)} == {"forbidden"}
    assert {code for code, mode in modes.items() if refusal(mode, numbers)} == {"forbidden"}
    assert {code for code, mode in modes.items() if refusal(mode, special)} == {"forbidden", "later_notice", "free"}
    assert {way(mode, numbers) for mode in modes.values()} == {"permission"}
    assert {code: way(mode, special) for code, mode in modes.items() if code not in ("forbidden", "free")} == {
        "prior_consent": "consent", "named_consent": "consent", "prior_notice": "notice_before",
        "later_notice": "notice_after"}


@pytest.mark.parametrize(("chosen", "told_on", "mode", "expected"), [
    ("consent", TODAY, "prior_consent", None), ("notice_before", date(2026, 3, 31), "prior_notice", None),
    ("notice_before", date(2026, 4, 1), "prior_notice", reentrustment.NOTICE),
    ("notice_before", date(2026, 3, 31), "prior_consent", reentrustment.CONSENT),
    ("notice_after", TODAY, "later_notice", None), ("listed", TODAY, "free", None),
    ("listed", TODAY, "named_consent", reentrustment.NAMED), ("permission", TODAY, "forbidden",
                                                              reentrustment.FORBIDDEN),
])
def test_a_body_is_cleared_by_what_was_done_for_it(chosen: str, told_on: date, mode: str, expected: str | None,
                                                   catalogue: Catalogue) -> None:
    tier = cleared("A", chosen, told_on, date(2026, 4, 1))
    assert lacks(tier, catalogue.reentrustment_modes[mode], frozenset({"ordinary"})) == expected


def test_consent_to_ordinary_data_permits_no_my_number(catalogue: Catalogue) -> None:
    mode, numbers = catalogue.reentrustment_modes["prior_consent"], frozenset({"mynumber"})
    assert lacks(cleared("A", "consent", TODAY, TODAY), mode, numbers) == reentrustment.PERMISSION
    assert lacks(cleared("A", "permission", TODAY, TODAY), mode, numbers) is None
