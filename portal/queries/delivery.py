"""Letters and what became of them: tasks of those that did not arrive, a party's history of letters and contacts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.core.actor import Actor
from portal.models import Attestation, ContactNote, LedgerEntry, Mail, Party, Person, Undelivered
from portal.queries.visible import visible_to

PAGE = 50
WITH_LETTER = (joinedload(Undelivered.mail), joinedload(Undelivered.party))


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was told to a party: a letter, with when it was acknowledged, or a contact with who made it."""

    at: datetime
    mail: Mail | None = None
    contact: ContactNote | None = None
    by: str = ""
    acknowledged_at: datetime | None = None


def open_of(rows: Session, party: Party, about: Attestation | None) -> list[Undelivered]:
    """Give the open tasks of a party's letters about a request, or about none (a finding, a visit, nothing)."""
    requests = sa.select(Attestation.public_id).where(Attestation.party_id == party.id)
    return list(rows.scalars(
        sa.select(Undelivered).join(Undelivered.mail).options(contains_eager(Undelivered.mail))
        .where(Undelivered.party_id == party.id, Undelivered.outcome == "",
               Mail.thing == about.public_id if about else Mail.thing.not_in(requests)).order_by(Undelivered.id)))


def open_at(rows: Session, party: Party, address: str) -> list[Undelivered]:
    """Give the open tasks of a party's letters to an address, each with its letter."""
    return list(rows.scalars(
        sa.select(Undelivered).join(Undelivered.mail).options(contains_eager(Undelivered.mail))
        .where(Undelivered.party_id == party.id, Undelivered.outcome == "", Mail.recipient == address)
        .order_by(Undelivered.id)))


def waiting(rows: Session, actor: Actor) -> int:
    """Give how many letters that did not arrive wait for somebody to follow them up."""
    return rows.scalar(sa.select(sa.func.count()).select_from(Undelivered).where(
        Undelivered.outcome == "", visible_to(actor, Undelivered.party_id))) or 0


def listing(rows: Session, actor: Actor, page: int) -> list[Undelivered]:
    """Give one page of open tasks, the oldest first; one more than a page tells there is a next."""
    return list(rows.scalars(
        sa.select(Undelivered).options(*WITH_LETTER)
        .where(Undelivered.outcome == "", visible_to(actor, Undelivered.party_id))
        .order_by(Undelivered.id).limit(PAGE + 1).offset((page - 1) * PAGE)))


def of_party(rows: Session, actor: Actor, party: Party) -> list[Undelivered]:
    """Give a party's open tasks, at most a page of them."""
    return list(rows.scalars(
        sa.select(Undelivered).options(*WITH_LETTER)
        .where(Undelivered.party_id == party.id, Undelivered.outcome == "", visible_to(actor, Undelivered.party_id))
        .order_by(Undelivered.id).limit(PAGE)))


def history(rows: Session, actor: Actor, party: Party, about: Attestation | None = None, page: int = 1) -> list[Told]:
    """Give one page (and one more) of what was told to a party, about a request or about anything, newest first."""
    mails = sa.select(sa.literal("mail").label("kind"), Mail.id.label("of"), Mail.made_at.label("at")).where(
        Mail.party_id == party.id, visible_to(actor, Mail.party_id))
    notes = sa.select(sa.literal("note"), ContactNote.id, ContactNote.made_at).where(
        ContactNote.party_id == party.id, visible_to(actor, ContactNote.party_id))
    if about is not None:
        mails = mails.where(Mail.thing == about.public_id)
        notes = notes.where(ContactNote.attestation_id == about.id)
    both = sa.union_all(mails, notes).subquery()
    newest = (both.c.at.desc(), both.c.kind.desc(), both.c.of.desc())
    found = rows.execute(sa.select(both.c.kind, both.c.of).order_by(*newest)
                         .limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    letters = {mail.id: mail for mail in rows.scalars(
        sa.select(Mail).where(Mail.id.in_([of for kind, of in found if kind == "mail"])))}
    contacts = {note.id: (note, name) for note, name in rows.execute(
        sa.select(ContactNote, Person.name).join(Person, Person.id == ContactNote.made_by_id)
        .where(ContactNote.id.in_([of for kind, of in found if kind == "note"])))}
    opened = acknowledged(rows, letters.values())
    return [
        Told(letters[of].made_at, mail=letters[of], acknowledged_at=opened.get(of)) if kind == "mail"
        else Told(contacts[of][0].made_at, contact=contacts[of][0], by=contacts[of][1])
        for kind, of in found]


def acknowledged(rows: Session, mails: Iterable[Mail]) -> Mapping[int, datetime]:
    """Give when letters were acknowledged, by mail: the reader's first act on the thing after it was sent.

    Opening a page changes nothing in this house, so it is the first act there that counts.
    """
    sent = [mail.id for mail in mails if mail.sent_at and mail.status != "bounced" and mail.thing and mail.person_id]
    if not sent:
        return {}
    return dict(rows.execute(
        sa.select(Mail.id, sa.func.min(LedgerEntry.at))
        .join(LedgerEntry, sa.and_(LedgerEntry.thing == Mail.thing, LedgerEntry.person_id == Mail.person_id,
                                   LedgerEntry.at >= Mail.sent_at))
        .where(Mail.id.in_(sent)).group_by(Mail.id)).all())


def about(rows: Session, actor: Actor, mail: Mail) -> Attestation | None:
    """Give the attestation that a letter is about, as far as the actor may see it."""
    return rows.scalar(sa.select(Attestation).where(
        Attestation.public_id == mail.thing, Attestation.party_id == mail.party_id,
        visible_to(actor, Attestation.party_id))) if mail.thing else None
