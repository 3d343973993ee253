"""In whose hands a party is, who may take it, and what a hand-over of many would do."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core import handing, policy
from portal.core.actor import Actor, Role
from portal.core.policy import Permission
from portal.models import Party, Person
from portal.queries import parties, people, sessions


@dataclass(frozen=True, slots=True)
class Plan:
    """What a hand-over does: the parties it touches, and those it leaves out, each with its reason."""

    touched: list[Party]
    left_out: list[tuple[Party, str]]


def leads(rows: Session) -> list[Person]:
    """Give the people who lead supervision and can sign in, by name."""
    return people.holding(rows, {Role.LEAD})


def holders(rows: Session) -> list[Person]:
    """Give everybody whom a party may be with now: who leads, and who has left or leads no more but still has some."""
    held = Person.id.in_(sa.select(Party.lead_id).where(Party.lead_id.is_not(None)))
    return list(rows.scalars(sa.select(Person).where(sa.or_(sa.and_(Person.is_active, people.holds({Role.LEAD})), held))
                             .order_by(Person.name, Person.id)))


def lead_of(rows: Session, party: Party) -> str:
    """Give the name of who a party is with, "" where it is with nobody."""
    return rows.scalar(sa.select(Person.name).where(Person.id == party.lead_id)) or ""


def names(rows: Session, found: Sequence[Party]) -> dict[int, str]:
    """Give the names of the people these parties are with, by their row."""
    ids = sorted({party.lead_id for party in found if party.lead_id})
    return dict(rows.execute(sa.select(Person.id, Person.name).where(Person.id.in_(ids))).all())


def chosen(rows: Session, actor: Actor, wanted: parties.Wanted) -> list[Party]:
    """Give the parties chosen in the register, by name: at most those of one act (and one more, which tells of others).
    """
    return list(rows.scalars(sa.select(Party).where(*parties.conditions(actor, wanted))
                             .order_by(Party.name_ja, Party.id).limit(handing.MOST + 1)))


def plan(rows: Session, actor: Actor, found: Sequence[Party], to: Person) -> Plan:
    """Sort chosen parties into those that are handed over and those that are left out, in two queries."""
    stakes = sessions.stakes(rows, to.id)
    told = [(party, handing.against(handing.Standing(
        policy.may(actor, Permission.EDIT_PARTY, party), party.status, party.lead_id == to.id, party.id in stakes)))
        for party in found]
    return Plan([party for party, reason in told if not reason], [(party, why) for party, why in told if why])
