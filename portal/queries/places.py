"""Where a person may act: for JMDP, for one or several parties."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core.actor import Role
from portal.models import Membership, Party, Person, StaffRole


@dataclass(frozen=True, slots=True)
class Place:
    """One place to act at: a party, or JMDP (party_id None); `public_id` is '' for JMDP."""

    party_id: int | None
    public_id: str
    name_ja: str
    name_en: str


JMDP = Place(None, "", "公益財団法人日本骨髄バンク", "Japan Marrow Donor Program")


def of(rows: Session, person_id: int) -> list[Place]:
    """Give the places of a person, JMDP first."""
    staff = rows.scalar(sa.select(StaffRole.id).where(StaffRole.person_id == person_id).limit(1))
    parties = rows.execute(
        sa.select(Party.id, Party.public_id, Party.name_ja, Party.name_en)
        .join(Membership, Membership.party_id == Party.id)
        .where(Membership.person_id == person_id, Membership.is_active).order_by(Party.name_ja)
    )
    found = [Place(row.id, row.public_id, row.name_ja, row.name_en or row.name_ja) for row in parties]
    return [JMDP, *found] if staff else found


def roles(rows: Session, person_id: int) -> frozenset[Role]:
    """Give what a person is at JMDP, or as an auditor."""
    return frozenset(Role(role) for role in rows.scalars(
        sa.select(StaffRole.role).where(StaffRole.person_id == person_id)))


def person(rows: Session, email: str) -> Person | None:
    """Give the person of an address, or None."""
    return rows.scalar(sa.select(Person).where(Person.email == email.strip().lower()))


def demo_people(rows: Session) -> list[tuple[Person, str]]:
    """Give the demo's people with what they are, for the one-click sign-in of a demo."""
    staff = dict(rows.execute(
        sa.select(StaffRole.person_id, sa.func.min(StaffRole.role)).group_by(StaffRole.person_id)).all())
    places = {row.person_id: row for row in rows.execute(
        sa.select(Membership.person_id, Membership.role, Party.name_ja).join(Party, Party.id == Membership.party_id)
        .where(Membership.is_active))}
    people = rows.scalars(sa.select(Person).where(Person.is_demo, Person.is_active).order_by(Person.id).limit(60))
    return [(found, str(staff.get(found.id) or f"{places[found.id].role}|{places[found.id].name_ja}"))
            for found in people if found.id in staff or found.id in places]
