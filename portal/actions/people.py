"""People: added, given roles, joined to a party; nobody has an account by default."""

from dataclasses import dataclass
from datetime import time, timedelta

import sqlalchemy as sa

from portal.actions import codes, record
from portal.core.actor import SYSTEM, Actor, Role
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete, NotFound, NotNow
from portal.core.posting import MORNING
from portal.models import ConflictStatement, Membership, Party, Person, StaffRole, Token
from portal.store.work import Work

GRANTABLE = frozenset({Role.LEAD, Role.REVIEWER, Role.APPROVER, Role.ADMINISTRATOR, Role.AUDITOR})
ENOUGH = 2
SETUP_LASTS = timedelta(hours=24)
GONE = N_("This code was used already or has expired. Ask the console for another one.")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person as plain values; the e-mail address is the name they sign in with."""

    email: str
    name: str
    language: str = "ja"
    zone: str = "Asia/Tokyo"
    name_kana: str = ""
    name_romaji: str = ""
    is_demo: bool = False


def address(typed: str) -> str:
    """Give an e-mail address as it is kept; Incomplete when it is none, or when it could break a mail's head."""
    email = typed.strip().lower()
    name, at, host = email.rpartition("@")
    if not (name and at and "." in host and len(email) <= 254) or "@" in name or not email.isprintable() \
            or any(letter in email for letter in ' ,;:<>()[]\\"'):
        raise Incomplete("Check the address.", {"email": N_("Enter an e-mail address, for example hanako@example.jp")})
    return email


def add(work: Work, actor: Actor, new: NewPerson) -> Person:
    """Add a person without any right; Incomplete when the address is taken or not one. The caller asked policy."""
    email = address(new.email)
    if work.rows.scalar(sa.select(Person.id).where(Person.email == email)):
        raise Incomplete("Check the address.", {"email": N_("A person with this address is here already")})
    person = Person(
        email=email, name=new.name.strip(), name_kana=new.name_kana, name_romaji=new.name_romaji,
        language=new.language, zone=new.zone, is_demo=new.is_demo, created_at=work.now(),
    )
    work.rows.add(person)
    record.note(work, actor, person, "added", email=Personal(email), name=Personal(person.name))
    return person


def first_code(work: Work) -> str:
    """Give a one-time code, good for a day, with which /setup makes an administrator; for the console alone.

    NotNow once there are two administrators: from then on they give roles to each other.
    """
    if administrators(work) >= ENOUGH:
        raise NotNow("There are two administrators already; they give the role to others.")
    work.rows.execute(sa.delete(Token).where(Token.purpose == "setup", Token.used_at.is_(None)))
    row = Token(purpose="setup")
    code = codes.renew(work, row, SETUP_LASTS)
    record.note(work, SYSTEM, row, "setup_code_made")
    return code


def administrators(work: Work) -> int:
    """Give how many people can administer the portal."""
    return work.rows.scalar(
        sa.select(sa.func.count()).select_from(StaffRole).join(Person, Person.id == StaffRole.person_id)
        .where(StaffRole.role == Role.ADMINISTRATOR.value, Person.is_active)) or 0


def set_up(work: Work, code: str, new: NewPerson) -> Person:
    """Use the console's code up and make an administrator without a password yet; NotFound for a dead code."""
    if administrators(work) >= ENOUGH:
        raise NotFound(GONE)
    codes.use(work, "setup", code, GONE)
    person = add(work, SYSTEM, new)
    grant(work, SYSTEM, person, Role.ADMINISTRATOR)
    return person


def grant(work: Work, actor: Actor, person: Person, role: Role) -> StaffRole:
    """Give a person a JMDP or auditor role; the caller has seen to the four eyes that the role asks for."""
    if role not in GRANTABLE:
        raise Incomplete("This role cannot be granted here.")
    row = work.rows.scalar(sa.select(StaffRole).where(StaffRole.person_id == person.id, StaffRole.role == role.value))
    if row is None:
        row = StaffRole(person_id=person.id, role=role.value, granted_by_id=actor.person_id or None,
                        granted_at=work.now())
        work.rows.add(row)
        record.note(work, actor, person, "granted", role=role.value)
    return row


@dataclass(frozen=True, slots=True)
class Place:
    """A place at a party: officer or clerk, and the person's title there."""

    party: Party
    role: Role
    title: str = ""


def join(work: Work, actor: Actor, person: Person, place: Place) -> Membership:
    """Give a person a place at a party; one given up earlier is taken again."""
    party = place.party
    row = work.rows.scalar(
        sa.select(Membership).where(Membership.person_id == person.id, Membership.party_id == party.id)
    )
    if row is None:
        row = Membership(person_id=person.id, party_id=party.id, role=place.role.value)
        work.rows.add(row)
    row.role, row.title, row.is_active = place.role.value, place.title, True
    record.note(work, actor, party, "joined", person=person.public_id, role=place.role.value)
    return row


def choose_language(work: Work, actor: Actor, language: str) -> None:
    """Keep the language in which a person reads pages and mails."""
    person = work.rows.get_one(Person, actor.person_id)
    if person.language != language and language in {"ja", "en"}:
        person.language = language
        record.note(work, actor, person, "language_chosen", language=language)


@dataclass(frozen=True, slots=True)
class Self:
    """What a person says of themselves."""

    name: str
    name_kana: str
    name_romaji: str
    language: str
    zone: str
    has_shortcuts: bool
    rhythm: str = "instant"
    digest_at: time = MORNING


def describe_self(work: Work, actor: Actor, said: Self) -> None:
    """Keep what a person says of themselves; what was certified or signed before keeps the name it had."""
    person = work.rows.get_one(Person, actor.person_id)
    person.name, person.name_kana, person.name_romaji = said.name.strip(), said.name_kana, said.name_romaji
    person.language, person.zone, person.has_shortcuts = said.language, said.zone, said.has_shortcuts
    person.rhythm, person.digest_at = said.rhythm, said.digest_at
    record.note(work, actor, person, "described", name=Personal(person.name), language=said.language,
                rhythm=said.rhythm)


def state_interest(work: Work, actor: Actor, party: Party, fiscal_year: int, reason: str = "") -> ConflictStatement:
    """State an interest in a party (with a reason) or that there is none (without); the newest statement counts."""
    row = ConflictStatement(person_id=actor.person_id, party_id=party.id, fiscal_year=fiscal_year,
                            has_conflict=bool(reason.strip()), reason=reason.strip(), stated_at=work.now())
    work.rows.add(row)
    record.note(work, actor, party, "interest_stated", year=fiscal_year, conflict=row.has_conflict)
    return row
