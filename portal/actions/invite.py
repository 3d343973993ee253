"""Invitations: a mailed single-use code, good for 72 hours, that makes an account or adds a place to one."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from portal.actions import codes, credentials, letters, people, record
from portal.core import readable
from portal.core.actor import PARTY, Actor, Role
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete, NotFound
from portal.core.policy import Permission
from portal.core.words import word
from portal.models import Party, Person, Token
from portal.store.work import Work

LASTS = timedelta(hours=72)
DIRECT = frozenset({Role.LEAD, Role.REVIEWER, Role.AUDITOR})
"""Roles at JMDP that one administrator may give; the others need a second one (actions/roles)."""
GONE = N_("This invitation was used already, was withdrawn or has expired. Ask for another one.")


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody to invite; their party's people are officers or clerks, JMDP's are given one of DIRECT."""

    email: str
    name: str
    role: Role
    language: str = "ja"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What the invited person sets for themselves."""

    name: str
    password: str
    language: str


def to_party(work: Work, actor: Actor, party: Party, guest: Guest) -> Token:
    """Invite somebody to a party as officer or clerk (JMDP's lead, or an officer of the same party)."""
    record.require(actor, Permission.INVITE, party)
    if guest.role not in PARTY:
        raise Incomplete("Choose officer or clerk.", {"role": N_("Choose officer or clerk.")})
    return _send(work, actor, _made(work, actor, guest, party))


def to_staff(work: Work, actor: Actor, guest: Guest) -> Token:
    """Invite somebody to JMDP's side or as an auditor; NotAllowed for all but administrators."""
    record.require(actor, Permission.MANAGE_PEOPLE)
    if guest.role not in DIRECT:
        raise Incomplete("Invite with another role first; this one is proposed on the person's page.",
                         {"role": N_("This role needs two administrators")})
    return _send(work, actor, _made(work, actor, guest, None))


def resend(work: Work, actor: Actor, invitation: Token) -> Token:
    """Send an invitation anew with a fresh code; the earlier link stops working."""
    _require(work, actor, invitation)
    return _send(work, actor, invitation)


def withdraw(work: Work, actor: Actor, invitation: Token) -> None:
    """Take an invitation back; its link stops working."""
    _require(work, actor, invitation)
    record.note(work, actor, invitation, "withdrawn")
    work.rows.delete(invitation)


def _require(work: Work, actor: Actor, invitation: Token) -> None:
    if invitation.purpose != "invitation" or invitation.used_at is not None:
        raise NotFound(GONE)
    party = work.rows.get(Party, invitation.party_id) if invitation.party_id else None
    record.require(actor, Permission.INVITE if party else Permission.MANAGE_PEOPLE, party)


def _made(work: Work, actor: Actor, guest: Guest, party: Party | None) -> Token:
    email = people.address(guest.email)
    if not guest.name.strip():
        raise Incomplete("Enter the name.", {"name": N_("Enter the name.")})
    open_ones = sa.select(Token).where(Token.purpose == "invitation", Token.email == email, Token.used_at.is_(None),
                                       Token.party_id == (party.id if party else None))
    found = work.rows.scalar(open_ones)
    row = found or Token(purpose="invitation", email=email, party_id=party.id if party else None)
    row.name, row.title, row.language, row.role = guest.name.strip(), guest.title.strip(), guest.language, guest.role
    return row


def _send(work: Work, actor: Actor, row: Token) -> Token:
    code = codes.renew(work, row, LASTS)
    row.made_by_id = actor.person_id or None
    record.note(work, actor, row, "invited", email=Personal(row.email), role=row.role)
    party = work.rows.get(Party, row.party_id) if row.party_id else None
    zone = ZoneInfo("Asia/Tokyo")
    reader = letters.Reader(row.email, row.name, row.language, title=row.title, party_id=row.party_id,
                            party=party.name(row.language) if party else "")
    letters.write_link(
        work, reader, "invitation", code, inviter=actor.name if actor.person_id else "", until=row.expires_at,
        until_short=readable.date_long(row.expires_at, row.language, zone),
        role=word("role", row.role).get(row.language))
    return row


def accept(work: Work, code: str, new: Newcomer) -> Person:
    """Use an invitation up and make the account; NotFound when the code is not alive, Incomplete for what was typed."""
    row = codes.use(work, "invitation", code, GONE)
    person = people.add(work, Actor(0, "", frozenset()), people.NewPerson(row.email, new.name, new.language))
    actor = Actor(person.id, person.name, frozenset())
    _placed(work, actor, person, row)
    credentials.set_password(work, actor, person, new.password)
    return person


def accept_as(work: Work, actor: Actor, code: str) -> Token:
    """Use an invitation up for a person who has an account and is signed in with the invited address."""
    if not actor.person_id:
        raise NotFound(GONE)
    person = work.rows.get_one(Person, actor.person_id)
    row = codes.use(work, "invitation", code, GONE)
    if row.email != person.email:
        raise NotFound(GONE)
    _placed(work, actor, person, row)
    return row


def _placed(work: Work, actor: Actor, person: Person, row: Token) -> None:
    if row.party_id:
        party = work.rows.get_one(Party, row.party_id)
        people.join(work, actor, person, people.Place(party, Role(row.role), row.title))
    else:
        people.grant(work, Actor(row.made_by_id or 0, "", frozenset()), person, Role(row.role))
