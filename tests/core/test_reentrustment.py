"""Each mode of re-entrustment asks what it says; My Number always asks permission."""

import pytest

from portal.core import reentrustment
from portal.core.catalogue import Catalogue
from portal.core.reentrustment import Tier, lacks, unmet

ORDINARY, SPECIAL, NUMBER = frozenset({"ordinary"}), frozenset({"special_care"}), frozenset({"mynumber", "ordinary"})


@pytest.mark.parametrize(
    ("mode", "tier", "lacking"),
    [
        ("forbidden", Tier("A", consented=True), reentrustment.FORBIDDEN),
        ("prior_consent", Tier("A", reported_before=True), reentrustment.CONSENT),
        ("prior_consent", Tier("A", consented=True), None),
        ("named_consent", Tier("A"), reentrustment.NAMED),
        ("named_consent", Tier("A", named_in_contract=True), None),
        ("prior_notice", Tier("A", reported=True), reentrustment.NOTICE),
        ("prior_notice", Tier("A", reported_before=True), None),
        ("later_notice", Tier("A"), reentrustment.LATER),
        ("later_notice", Tier("A", reported=True), None),
        ("free", Tier("A"), None),
    ],
)
def test_mode(mode: str, tier: Tier, lacking: str | None, catalogue: Catalogue) -> None:
    assert lacks(tier, catalogue.reentrustment_modes[mode], ORDINARY) == lacking


def test_special_care_data_are_never_re_entrusted_freely(catalogue: Catalogue) -> None:
    everything = Tier("A", True, True, True, True, True)
    refused = {mode.code for mode in catalogue.reentrustment_modes.values() if lacks(everything, mode, SPECIAL)}
    assert refused == {"forbidden", "later_notice", "free"}


def test_my_number_needs_permission_in_every_mode_that_is_not_forbidden(catalogue: Catalogue) -> None:
    for mode in catalogue.reentrustment_modes.values():
        forbidden = mode.code == "forbidden"
        assert lacks(Tier("A", consented=True), mode, NUMBER) == (
            reentrustment.FORBIDDEN if forbidden else reentrustment.PERMISSION)
        assert lacks(Tier("A", permitted=True), mode, NUMBER) == (reentrustment.FORBIDDEN if forbidden else None)


def test_every_tier_counts(catalogue: Catalogue) -> None:
    tiers = [Tier("second", consented=True), Tier("third")]
    mode = catalogue.reentrustment_modes["prior_consent"]
    assert unmet(tiers, mode, SPECIAL) == {"third": reentrustment.CONSENT}
    assert unmet(tiers[:1], mode, SPECIAL) == {}
