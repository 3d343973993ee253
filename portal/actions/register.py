"""The register of parties: add and amend."""

from dataclasses import asdict, dataclass

from portal.actions import record
from portal.core.actor import Actor
from portal.core.errors import N_, Incomplete
from portal.core.folding import search_text
from portal.core.policy import Permission
from portal.models import Party
from portal.store.work import Work


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


def add_party(work: Work, actor: Actor, facts: PartyFacts, code: str = "") -> Party:
    """Add a party; Incomplete when a name is missing."""
    record.require(actor, Permission.EDIT_PARTY)
    if not facts.name_ja.strip():
        raise Incomplete("The party has no name yet.", {"name_ja": N_("Enter the name")})
    party = Party(
        search_text=search_text(facts.name_ja, facts.name_en, facts.name_kana, facts.corporate_number, facts.ion, code),
        code=code or f"PTY-{work.number('party'):03d}", created_at=work.now(), **asdict(facts))
    work.rows.add(party)
    record.note(work, actor, party, "added", kind=facts.kind, country=facts.country)
    return party
