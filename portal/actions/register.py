"""The register of parties: add and amend."""

from dataclasses import asdict, dataclass

import sqlalchemy as sa

from portal.actions import record, touching
from portal.core.actor import Actor
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete
from portal.core.folding import search_text
from portal.core.partyfacts import NAME_SOURCES, PartyFacts, problems
from portal.core.policy import Permission
from portal.models import Contact, Party, PartyAlias
from portal.store.work import Work

JUDGED = frozenset({"kind", "country", "location"})
"""What the law table rests on."""
TIERED = frozenset({"tier", "tier_reason"})
"""What a party begins with, and only actions/risks changes."""


def add_party(work: Work, actor: Actor, facts: PartyFacts, code: str = "") -> Party:
    """Add a party; Incomplete when a name is missing."""
    record.require(actor, Permission.EDIT_PARTY)
    _checked(facts)
    party = Party(
        search_text=search_text(facts.name_ja, facts.name_en, facts.name_kana, facts.corporate_number, facts.ion, code),
        code=code or f"PTY-{work.number('party'):03d}", created_at=work.now(), **asdict(facts))
    work.rows.add(party)
    record.note(work, actor, party, "added", kind=facts.kind, country=facts.country, tier=facts.tier)
    return party


def amend_party(work: Work, actor: Actor, party: Party, facts: PartyFacts, seen: int | None = None) -> None:
    """Amend a party, all but its tier; Stale when somebody else did since the version that was seen."""
    record.require(actor, Permission.EDIT_PARTY, party)
    record.unchanged(party, seen)
    _checked(facts)
    changed = [name for name, value in asdict(facts).items()
               if name not in TIERED and getattr(party, name) != value]
    party.kind, party.name_ja, party.name_en, party.name_kana = (
        facts.kind, facts.name_ja, facts.name_en, facts.name_kana)
    party.country, party.location, party.address, party.note = (
        facts.country, facts.location, facts.address, facts.note)
    party.corporate_number, party.ion, party.is_individual = (
        facts.corporate_number, facts.ion, facts.is_individual)
    party.status = facts.status
    _make_findable(work, party)
    if changed:
        record.note(work, actor, party, "amended", fields=changed)
        if JUDGED & set(changed):
            touching.party(work, party)


def add_name(work: Work, actor: Actor, party: Party, name: str, source: str) -> PartyAlias:
    """Add another name by which a party is found; Incomplete when it is empty, known already or of no known source."""
    record.require(actor, Permission.EDIT_PARTY, party)
    name = " ".join(name.split())[:200]
    if not name or source not in NAME_SOURCES:
        raise Incomplete("Write the other name and say whose it is.", {"name": N_("Enter the name")})
    if name in {party.name_ja, party.name_en, party.name_kana, *_names(work, party)}:
        raise Incomplete("The party has this name already.", {"name": N_("Enter another name")})
    row = PartyAlias(party_id=party.id, name=name, source=source)
    work.rows.add(row)
    record.note(work, actor, party, "name_added", source=source)
    _make_findable(work, party)
    return row


def drop_name(work: Work, actor: Actor, party: Party, alias_id: int) -> None:
    """Take another name of a party off; one that is gone already stays gone."""
    record.require(actor, Permission.EDIT_PARTY, party)
    row = work.rows.scalar(sa.select(PartyAlias).where(PartyAlias.id == alias_id, PartyAlias.party_id == party.id))
    if row is not None:
        work.rows.delete(row)
        record.note(work, actor, party, "name_dropped", source=row.source)
        _make_findable(work, party)


def _names(work: Work, party: Party) -> list[str]:
    return list(work.rows.scalars(
        sa.select(PartyAlias.name).where(PartyAlias.party_id == party.id).order_by(PartyAlias.id)))


def _make_findable(work: Work, party: Party) -> None:
    """Bring what a search looks in up to date with every name and number of a party."""
    work.rows.flush()
    party.search_text = search_text(party.name_ja, party.name_en, party.name_kana, party.corporate_number, party.ion,
                                    party.code, *_names(work, party))


@dataclass(frozen=True, slots=True)
class NewContact:
    """A person to write to: name, address, language of the mails."""

    name: str
    email: str
    language: str = "ja"


def add_contact(work: Work, actor: Actor, party: Party, new: NewContact) -> Contact:
    """Add a person to write to; mails of a request go there until somebody of the party has signed up."""
    record.require(actor, Permission.EDIT_PARTY, party)
    name, email, language = new.name, new.email, new.language if new.language in ("ja", "en") else "ja"
    if not name.strip() or "@" not in email:
        raise Incomplete("A contact has a name and an address.", {"email": N_("Enter a name and an e-mail address")})
    row = Contact(party_id=party.id, name=name.strip(), email=email.strip().lower(), language=language)
    work.rows.add(row)
    record.note(work, actor, party, "contact_added", name=Personal(row.name), email=Personal(row.email))
    return row


def _checked(facts: PartyFacts) -> None:
    """Raise Incomplete where something is missing or wrong."""
    if wrong := problems(facts):
        raise Incomplete("The party is not complete yet.", wrong)
