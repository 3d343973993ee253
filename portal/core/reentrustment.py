"""Re-entrustment: what the contract's mode asks, and what each tier still lacks (Art. 25; Numbers Act Art. 10)."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from portal.core.entries import ReentrustmentMode
from portal.core.sentences import sentence

PERMISSION = sentence("For My Number every tier needs the permission of JMDP beforehand.")
FORBIDDEN = sentence("The contract forbids re-entrustment.")
NOT_FOR_SPECIAL_CARE = sentence("Special-care data may not be re-entrusted on a later notice or freely.")
CONSENT = sentence("JMDP's consent is needed beforehand.")
NAMED = sentence("Only parties named in the contract, or consented to, may be used.")
NOTICE = sentence("JMDP must be told beforehand.")
LATER = sentence("JMDP must be told.")


class Tier(Struct, frozen=True):
    """A re-entrusted party as it stands: what JMDP has received or decided on it, none of it expired."""

    name: str
    reported_before: bool = False
    reported: bool = False
    consented: bool = False
    permitted: bool = False
    named_in_contract: bool = False


def lacks(tier: Tier, mode: ReentrustmentMode, data: frozenset[str]) -> str | None:
    """Give an English source sentence for what a tier still needs under the contract's mode, or nothing."""
    if "mynumber" in data:
        return None if tier.permitted else PERMISSION
    if "special_care" in data and not mode.special_care:
        return NOT_FOR_SPECIAL_CARE
    met = {
        "forbidden": (False, FORBIDDEN),
        "prior_consent": (tier.consented, CONSENT),
        "named_consent": (tier.consented or tier.named_in_contract, NAMED),
        "prior_notice": (tier.reported_before or tier.consented, NOTICE),
        "later_notice": (tier.reported or tier.reported_before or tier.consented, LATER),
        "free": (True, ""),
    }
    holds, message = met[mode.code]
    return None if holds else message


def unmet(tiers: Iterable[Tier], mode: ReentrustmentMode, data: frozenset[str]) -> Mapping[str, str]:
    """Give each tier that is not cleared with the sentence that says why; empty means all are permitted."""
    return {tier.name: message for tier in tiers if (message := lacks(tier, mode, data))}
