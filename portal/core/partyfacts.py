"""What is said of a party, as plain values, and what is wrong with it."""

from dataclasses import dataclass

from portal.core.bilingual import Text
from portal.core.errors import N_
from portal.core.identifiers import is_corporate_number, read_ion

NAME_SOURCES = {
    "policy": Text("ポリシーでの表記", "as the policy writes it"), "own": Text("先方の表記", "as the body writes it"),
    "short": Text("略称", "short name"), "former": Text("旧名称", "former name"),
}
"""Where another name of a party comes from."""


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """What a lead says of a party, as plain values."""

    kind: str
    name_ja: str
    name_en: str = ""
    name_kana: str = ""
    country: str = "JP"
    location: str = "JP"
    corporate_number: str = ""
    ion: str = ""
    address: str = ""
    note: str = ""
    is_fictional: bool = False
    is_individual: bool = False
    status: str = "active"
    tier: str = "none"
    tier_reason: str = ""
    parent_id: int | None = None


def problems(facts: PartyFacts) -> dict[str, str]:
    """Give a sentence for each field that is missing or no such id (check digit of the 法人番号, form of the ION)."""
    found = {}
    if not facts.name_ja.strip():
        found["name_ja"] = N_("Enter the name")
    if facts.corporate_number and not is_corporate_number(facts.corporate_number):
        found["corporate_number"] = N_("The check digit does not fit: look at the thirteen digits again")
    if facts.ion and read_ion(facts.ion) is None:
        found["ion"] = N_("An ION is written ION-4364")
    return found
