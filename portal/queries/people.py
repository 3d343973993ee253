"""People as an administrator sees them: who is here, what they may be, where, and what was proposed or sent."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.core.actor import Actor, Role
from portal.core.errors import NotFound
from portal.core.policy import Permission, require
from portal.models import LoginSession, Membership, Party, Person, RoleGrant, StaffRole, Token
from portal.queries.visible import GONE

PAGE = 50


@dataclass(slots=True)
class Somebody:
    """One person with roles at JMDP, places at parties and the last time they signed in."""

    person: Person
    roles: list[str] = field(default_factory=list)
    places: list[tuple[Party, Membership]] = field(default_factory=list)
    seen_at: datetime | None = None


def holds(roles: Collection[str]) -> sa.ColumnElement[bool]:
    """Give the condition on persons to hold one of some roles at JMDP."""
    return sa.exists().where(StaffRole.person_id == Person.id, StaffRole.role.in_(sorted(roles)))


def holding(rows: Session, roles: Collection[str]) -> list[Person]:
    """Give the people who hold one of some roles and can sign in, by name."""
    return list(rows.scalars(sa.select(Person).where(holds(roles), Person.is_active).order_by(Person.name, Person.id)))


def listing(rows: Session, actor: Actor, words: str, page: int) -> list[Somebody]:
    """Give one page of people by name or address, staff first; one more than a page tells there is a next."""
    require(actor, Permission.MANAGE_PEOPLE)
    staff = sa.exists().where(StaffRole.person_id == Person.id)
    asked = sa.select(Person).order_by(sa.case((staff, 0), else_=1), Person.name, Person.id)
    for word in words.split():
        asked = asked.where(sa.or_(*(column.icontains(word, autoescape=True)
                                     for column in (Person.name, Person.email, Person.name_kana))))
    return _told(rows, list(rows.scalars(asked.limit(PAGE + 1).offset((page - 1) * PAGE))))


def one(rows: Session, actor: Actor, public_id: str) -> Somebody:
    """Give one person; NotFound when there is none."""
    require(actor, Permission.MANAGE_PEOPLE)
    person = rows.scalar(sa.select(Person).where(Person.public_id == public_id))
    if person is None:
        raise NotFound(GONE)
    return _told(rows, [person])[0]


def _told(rows: Session, people: list[Person]) -> list[Somebody]:
    ids = [person.id for person in people]
    roles: Mapping[int, list[str]] = defaultdict(list)
    for row in rows.scalars(sa.select(StaffRole).where(StaffRole.person_id.in_(ids)).order_by(StaffRole.role)):
        roles[row.person_id].append(row.role)
    places: Mapping[int, list[tuple[Party, Membership]]] = defaultdict(list)
    for member in rows.scalars(sa.select(Membership).where(Membership.person_id.in_(ids), Membership.is_active)
                               .options(joinedload(Membership.party)).order_by(Membership.id)):
        places[member.person_id].append((member.party, member))
    seen = last_seen(rows, ids)
    return [Somebody(person, roles[person.id], places[person.id], seen.get(person.id)) for person in people]


def last_seen(rows: Session, ids: list[int]) -> dict[int, datetime]:
    """Give when these people last signed in."""
    found = rows.execute(
        sa.select(LoginSession.person_id, sa.func.max(LoginSession.started_at))
        .where(LoginSession.person_id.in_(ids)).group_by(LoginSession.person_id))
    return dict(found.all())


def actors(somebody: Somebody) -> list[tuple[Party | None, Actor]]:
    """Give the person as the actor they would be at each of their places."""
    person = somebody.person
    staff = frozenset(Role(role) for role in somebody.roles)
    found: list[tuple[Party | None, Actor]] = [(None, Actor(person.id, person.name, staff))] if staff else []
    return found + [(party, Actor(person.id, person.name, frozenset({Role(member.role)}), party.id))
                    for party, member in somebody.places]


def proposals(rows: Session, actor: Actor) -> list[tuple[RoleGrant, str]]:
    """Give the roles that wait for a second administrator, each with who proposed it."""
    require(actor, Permission.MANAGE_PEOPLE)
    proposer = sa.orm.aliased(Person)
    found = rows.execute(
        sa.select(RoleGrant, proposer.name).join(proposer, proposer.id == RoleGrant.made_by_id)
        .options(joinedload(RoleGrant.person)).where(RoleGrant.state == "proposed").order_by(RoleGrant.id))
    return [(row, name) for row, name in found]


def proposal(rows: Session, actor: Actor, public_id: str) -> RoleGrant:
    """Give one proposal; NotFound when there is none."""
    require(actor, Permission.MANAGE_PEOPLE)
    found = rows.scalar(sa.select(RoleGrant).where(RoleGrant.public_id == public_id))
    if found is None:
        raise NotFound(GONE)
    return found


def invitations(rows: Session, actor: Actor, party: Party | None) -> list[Token]:
    """Give the invitations of a party (or, for an administrator, of JMDP) that nobody has accepted yet."""
    require(actor, Permission.READ_PARTY if party else Permission.MANAGE_PEOPLE, party)
    return list(rows.scalars(sa.select(Token).where(
        Token.purpose == "invitation", Token.used_at.is_(None), Token.party_id == (party.id if party else None),
    ).order_by(Token.made_at.desc())))


def invitation(rows: Session, public_id: str, party_id: int | None) -> Token:
    """Give an open invitation of a party (None: of JMDP); NotFound for any other."""
    found = rows.scalar(sa.select(Token).where(
        Token.public_id == public_id, Token.purpose == "invitation", Token.used_at.is_(None),
        Token.party_id == party_id))
    if found is None:
        raise NotFound(GONE)
    return found


def colleagues(rows: Session, actor: Actor, party: Party) -> list[tuple[Membership, Person, datetime | None]]:
    """Give the people of a party, officers first, with when they last signed in."""
    require(actor, Permission.READ_PARTY, party)
    found = rows.execute(
        sa.select(Membership, Person).join(Person, Person.id == Membership.person_id)
        .where(Membership.party_id == party.id, Membership.is_active)
        .order_by(Membership.role.desc(), Person.name)).all()
    seen = last_seen(rows, [person.id for _, person in found])
    return [(member, person, seen.get(person.id)) for member, person in found]


def membership(rows: Session, actor: Actor, party: Party, person_id: str) -> Membership:
    """Give a person's place at a party by the person's public id; NotFound when they have none."""
    require(actor, Permission.READ_PARTY, party)
    found = rows.scalar(sa.select(Membership).join(Person, Person.id == Membership.person_id).where(
        Membership.party_id == party.id, Membership.is_active, Person.public_id == person_id))
    if found is None:
        raise NotFound(GONE)
    return found
