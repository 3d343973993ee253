"""Re-entrustment: what the contract's mode asks, and what each tier still lacks (Art. 25; Numbers Act Art. 10)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from portal.core.entries import ReentrustmentMode
from portal.core.errors import N_
from portal.core.identifiers import is_corporate_number
from portal.core.recordkeeping import looks_personal
from portal.core.sentences import sentence

Way = Literal["consent", "permission", "notice_before", "notice_after", "listed"]
WAYS: tuple[Way, ...] = ("consent", "permission", "notice_before", "notice_after", "listed")
DECIDED: tuple[Way, ...] = ("consent", "permission")
"""The ways on which JMDP decides; on the others the party tells, and the body is listed."""

PERMISSION = sentence("For My Number every tier needs the permission of JMDP beforehand.")
FORBIDDEN = sentence("The contract forbids re-entrustment.")
NOT_FOR_SPECIAL_CARE = sentence("Special-care data may not be re-entrusted on a later notice or freely.")
CONSENT = sentence("JMDP's consent is needed beforehand.")
NAMED = sentence("Only parties named in the contract, or consented to, may be used.")
NOTICE = sentence("JMDP must be told beforehand.")
LATER = sentence("JMDP must be told.")
FREE = sentence("Re-entrustment is free under the contract, yet every body is listed here.")
UNKNOWN = sentence("The contract does not say how re-entrustment is handled.")
ASKED: Mapping[str, str] = {
    "forbidden": FORBIDDEN, "prior_consent": CONSENT, "named_consent": NAMED, "prior_notice": NOTICE,
    "later_notice": LATER, "free": FREE,
}
"""What each mode asks, in a sentence."""


class Tier(Struct, frozen=True):
    """A re-entrusted party as it stands: what JMDP has received or decided on it, none of it expired."""

    name: str
    reported_before: bool = False
    reported: bool = False
    consented: bool = False
    permitted: bool = False
    named_in_contract: bool = False


def lacks(tier: Tier, mode: ReentrustmentMode, data: frozenset[str]) -> str | None:
    """Give an English source sentence for what a tier still needs under the contract's mode, or nothing.

    What the contract forbids no permission opens.
    """
    if mode.code == "forbidden":
        return FORBIDDEN
    if "mynumber" in data:
        return None if tier.permitted else PERMISSION
    if "special_care" in data and not mode.special_care:
        return NOT_FOR_SPECIAL_CARE
    met = {
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


def refusal(mode: ReentrustmentMode | None, data: frozenset[str] = frozenset()) -> str | None:
    """Give the sentence for why data may not even be asked for under a mode, or nothing."""
    if mode is None:
        return UNKNOWN
    if mode.code == "forbidden":
        return FORBIDDEN
    if "special_care" in data and "mynumber" not in data and not mode.special_care:
        return NOT_FOR_SPECIAL_CARE
    return None


def way(mode: ReentrustmentMode, data: frozenset[str]) -> Way:
    """Give what a party does under a mode that lets it: ask for consent or permission, tell before or after, list."""
    if "mynumber" in data:
        return "permission"
    by_mode: dict[str, Way] = {
        "prior_notice": "notice_before", "later_notice": "notice_after", "free": "listed",
    }
    return by_mode.get(mode.code, "consent")


def cleared(name: str, chosen: str, told_on: date | None, starts_on: date | None) -> Tier:
    """Give a body that stands as the tier it is: what was decided, or on which day JMDP was told of it."""
    before = chosen == "notice_before" and told_on is not None and starts_on is not None and told_on < starts_on
    return Tier(name, reported_before=before, reported=chosen not in DECIDED, consented=chosen in DECIDED,
                permitted=chosen == "permission")


class Wish(Struct, frozen=True):
    """What a party says of a body it wants to re-entrust to; `classes` are those of the data items it names."""

    name: str
    country: str
    legal_id: str
    texts: Mapping[str, str]
    items: int
    starts_on: date | None
    ends_on: date | None
    classes: frozenset[str] = frozenset()


TEXTS: Mapping[str, str] = {
    "work": N_("Write which work is re-entrusted"), "reason": N_("Write why it is needed"),
    "safeguards": N_("Write how the data are protected there and how you supervise it"),
}
"""The texts of a request, each with what is said where it is missing."""


def shape(wish: Wish) -> dict[str, str]:
    """Give a sentence for each field that cannot be kept even in a draft."""
    found = {}
    if wish.country and not (len(wish.country) == 2 and wish.country.isascii() and wish.country.isalpha()):
        found["country"] = N_("Write the country with two letters, as JP or US")
    if wish.starts_on and wish.ends_on and wish.ends_on < wish.starts_on:
        found["ends_on"] = N_("It would end before it begins: choose a later day")
    for name, text in {"name_ja": wish.name, **wish.texts}.items():
        if looks_personal([text]):
            found[name] = N_("Take out individual numbers and mail addresses")
    return found


def problems(wish: Wish, mode: ReentrustmentMode, today: date) -> dict[str, str]:
    """Give a sentence for each field that is missing or wrong once the request is sent on a day (Japan)."""
    found = {} if wish.name.strip() else {"name_ja": N_("Enter the name")}
    found |= {name: said for name, said in TEXTS.items() if not wish.texts.get(name, "").strip()}
    if not wish.country:
        found["country"] = N_("Write the country with two letters, as JP or US")
    if wish.country == "JP" and wish.legal_id and not is_corporate_number(wish.legal_id):
        found["legal_id"] = N_("The check digit does not fit: look at the thirteen digits again")
    if mode.code == "named_consent" and not wish.legal_id.strip():
        found["legal_id"] = N_("The contract allows named bodies only: enter the number that identifies it")
    if not wish.items:
        found["items"] = N_("Choose at least one data item")
    elif bars := refusal(mode, wish.classes):
        found["items"] = bars
    return found | _days(wish, mode, today) | shape(wish)


def _days(wish: Wish, mode: ReentrustmentMode, today: date) -> dict[str, str]:
    """The days: consent and a prior notice come before the beginning, and what is over is not asked for."""
    found = {}
    if wish.starts_on is None:
        found["starts_on"] = N_("Enter the day it begins")
    elif way(mode, wish.classes) in ("consent", "permission", "notice_before") and wish.starts_on <= today:
        found["starts_on"] = N_("JMDP must know beforehand: choose a day to come")
    if wish.ends_on is None:
        found["ends_on"] = N_("Enter the day it ends")
    elif wish.ends_on < today:
        found["ends_on"] = N_("Choose a day to come")
    return found
