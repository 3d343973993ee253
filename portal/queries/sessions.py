"""Who is signed in: from the hashed id of a cookie to the Actor, in a few queries."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.core.absence import DEPUTIES
from portal.core.actor import Actor, Principal, Role
from portal.core.readable import day_in
from portal.models import Absence, ConflictStatement, LoginSession, Membership, Person, StaffRole
from portal.queries import absences

ABSOLUTE = timedelta(hours=12)
IDLE_PARTY = timedelta(minutes=60)
IDLE_STAFF = timedelta(minutes=30)
STEP_UP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Signed:
    """A living session: who, when it was last seen, and when it will end by idling."""

    actor: Actor
    session_id: int
    seen_at: datetime
    ends_at: datetime
    has_second_factor: bool = False

    @property
    def lacks_second_factor(self) -> bool:
        """Whether the person must have a second factor (JMDP's people, auditors) and this session did not show one."""
        outside = self.actor.is_staff or Role.AUDITOR in self.actor.roles
        return outside and not self.has_second_factor


def hashed(secret: str) -> str:
    """Give the form in which a secret of 128 bits or more is kept."""
    return sha256(secret.encode()).hexdigest()


def find(rows: Session, secret: str, now: datetime) -> Signed | None:
    """Give the living session of a cookie's secret, or None when it ended, idled out or was revoked."""
    row = rows.scalar(
        sa.select(LoginSession).where(LoginSession.id_hash == hashed(secret))
        .options(joinedload(LoginSession.person))
    )
    if row is None or row.revoked_at is not None or not row.person.is_active:
        return None
    actor = actor_of(rows, row, now)
    idle = IDLE_STAFF if actor.is_staff else IDLE_PARTY
    ends = min(row.seen_at + idle, row.started_at + ABSOLUTE)
    return Signed(actor, row.id, row.seen_at, ends, row.has_second_factor) if now < ends and actor.roles else None


def whose(rows: Session, secret: str) -> int | None:
    """Give whose session a cookie's secret was, also after its end; None for none."""
    return rows.scalar(sa.select(LoginSession.person_id).where(LoginSession.id_hash == hashed(secret)))


def actor_of(rows: Session, row: LoginSession, now: datetime) -> Actor:
    """Give the Actor of a session with the roles and conflicts as they stand now."""
    roles, title, alone = _roles(rows, row.person_id, row.party_id)
    conflicts = stakes(rows, row.person_id) if row.party_id is None else frozenset[int]()
    fresh = row.stepped_up_at is not None and now - row.stepped_up_at <= STEP_UP
    return Actor(
        person_id=row.person_id, name=row.person.name, roles=roles, party_id=row.party_id, title=title,
        language=row.person.language, zone=row.person.zone, conflicts=conflicts, is_sole_member=alone,
        has_stepped_up=fresh, stands_in=principals(rows, row.person_id, day_in(now)) if roles & DEPUTIES else (),
    )


def principals(rows: Session, person_id: int, day: date) -> tuple[Principal, ...]:
    """Give the approvers who are absent on a day (Japan), and in whose stead a person may decide then."""
    found = rows.execute(
        sa.select(Absence.public_id, Person.id, Person.name).join(Person, Person.id == Absence.person_id)
        .where(Absence.deputy_id == person_id, absences.in_force(day)).order_by(Absence.id))
    return tuple(Principal(key, name, absence, stakes(rows, key)) for absence, key, name in found)


def _roles(rows: Session, person_id: int, party_id: int | None) -> tuple[frozenset[Role], str, bool]:
    if party_id is None:
        held = rows.scalars(sa.select(StaffRole.role).where(StaffRole.person_id == person_id))
        return frozenset(Role(role) for role in held), "", False
    members = rows.scalars(
        sa.select(Membership).where(Membership.party_id == party_id, Membership.is_active)
    ).all()
    mine = next((member for member in members if member.person_id == person_id), None)
    if mine is None:
        return frozenset(), "", False
    return frozenset({Role(mine.role)}), mine.title, len(members) == 1


def stakes(rows: Session, person_id: int) -> frozenset[int]:
    """Give the parties (row ids) in which a person has stated an interest that still stands."""
    newest = (
        sa.select(sa.func.max(ConflictStatement.id)).where(ConflictStatement.person_id == person_id)
        .group_by(ConflictStatement.party_id)
    )
    return frozenset(rows.scalars(sa.select(ConflictStatement.party_id).where(
        ConflictStatement.id.in_(newest), ConflictStatement.has_conflict)))
