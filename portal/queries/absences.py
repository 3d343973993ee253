"""Who of JMDP is away, who decides meanwhile, and what was decided in somebody's stead."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from portal.core.absence import DEPUTIES
from portal.core.actor import Actor, Role
from portal.core.errors import NotFound
from portal.core.policy import Permission, require
from portal.models import Absence, LaterReading, Party, Person, ProxyDecision, StaffRole
from portal.queries import people
from portal.queries.visible import GONE, visible_to

PAGE = 50
OPEN = ("proposed", "standing")


@dataclass(frozen=True, slots=True)
class Away:
    """An absence with the names of the person and of the deputy ("" for none)."""

    row: Absence
    person: str
    deputy: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision in somebody's stead: the names of both, the party, and the later reading, if there was one."""

    row: ProxyDecision
    by: str
    stead: str
    party: Party
    reading: LaterReading | None


def listing(rows: Session, actor: Actor, page: int) -> list[Away]:
    """Give one page (and one more) of absences, the last to end first."""
    require(actor, Permission.READ_REGISTER)
    person, deputy = aliased(Person), aliased(Person)
    found = rows.execute(
        sa.select(Absence, person.name, sa.func.coalesce(deputy.name, "")).join(person, person.id == Absence.person_id)
        .outerjoin(deputy, deputy.id == Absence.deputy_id)
        .order_by(Absence.until_on.desc(), Absence.id.desc()).limit(PAGE + 1).offset((page - 1) * PAGE))
    return [Away(*line) for line in found]


def one(rows: Session, actor: Actor, public_id: str) -> Absence:
    """Give one absence; NotFound when there is none."""
    require(actor, Permission.READ_REGISTER)
    found = rows.scalar(sa.select(Absence).where(Absence.public_id == public_id))
    if found is None:
        raise NotFound(GONE)
    return found


def taken(rows: Session, person_id: int, today: date) -> list[tuple[date, date]]:
    """Give the days of a person's absences that are stated and not over."""
    found = rows.execute(sa.select(Absence.from_on, Absence.until_on).where(
        Absence.person_id == person_id, Absence.state.in_(OPEN), Absence.until_on >= today))
    return [(first, last) for first, last in found]


def until(rows: Session, person_id: int, today: date) -> date | None:
    """Give until when somebody who is away today will be, None where they are not."""
    return rows.scalar(sa.select(sa.func.max(Absence.until_on)).where(
        Absence.person_id == person_id, Absence.state.in_(OPEN), Absence.from_on <= today, Absence.until_on >= today))


def deputies(rows: Session) -> list[Person]:
    """Give those who may decide in an approver's stead, by name."""
    return people.holding(rows, DEPUTIES)


def in_force(day: date) -> sa.ColumnElement[bool]:
    """Give the condition on absences in which the deputy may decide on a day (Japan): both still hold their office."""
    absent, office, own = aliased(Person), aliased(StaffRole), aliased(StaffRole)
    return sa.and_(
        Absence.state == "standing", Absence.from_on <= day, Absence.until_on >= day,
        sa.exists().where(absent.id == Absence.person_id, absent.is_active),
        sa.exists().where(office.person_id == Absence.person_id, office.role == Role.APPROVER),
        sa.exists().where(own.person_id == Absence.deputy_id, own.role.in_(sorted(DEPUTIES))))


def waiting(rows: Session, actor: Actor) -> int:
    """Give how many decisions in the actor's stead they have not read yet."""
    return rows.scalar(sa.select(sa.func.count()).select_from(ProxyDecision).where(
        ProxyDecision.person_id == actor.person_id, _unread())) or 0


def in_stead(rows: Session, actor: Actor, page: int) -> list[Decided]:
    """Give one page (and one more) of what was decided in the actor's stead: unread first, newest first."""
    require(actor, Permission.READ_REGISTER)
    return _decided(rows, actor, _DECIDED.where(ProxyDecision.person_id == actor.person_id)
                    .order_by(sa.case((LaterReading.id.is_(None), 0), else_=1), ProxyDecision.id.desc())
                    .limit(PAGE + 1).offset((page - 1) * PAGE))


def on(rows: Session, actor: Actor, noun: str, thing: str) -> list[Decided]:
    """Give what was decided on a thing (its public id) in somebody's stead, the first first."""
    return _decided(rows, actor, _DECIDED.where(ProxyDecision.noun == noun, ProxyDecision.thing == thing)
                    .order_by(ProxyDecision.id))


def decision(rows: Session, actor: Actor, public_id: str) -> ProxyDecision:
    """Give a decision in somebody's stead; NotFound when there is none."""
    require(actor, Permission.READ_REGISTER)
    found = rows.scalar(sa.select(ProxyDecision).where(ProxyDecision.public_id == public_id))
    if found is None:
        raise NotFound(GONE)
    return found


def _unread() -> sa.ColumnElement[bool]:
    return sa.not_(sa.exists().where(LaterReading.decision_id == ProxyDecision.id))


_BY, _STEAD = aliased(Person), aliased(Person)
_DECIDED = (
    sa.select(ProxyDecision, _BY.name, _STEAD.name, Party, LaterReading)
    .join(_BY, _BY.id == ProxyDecision.decided_by_id).join(_STEAD, _STEAD.id == ProxyDecision.person_id)
    .join(Party, Party.id == ProxyDecision.party_id)
    .outerjoin(LaterReading, LaterReading.decision_id == ProxyDecision.id)
)


def _decided(rows: Session, actor: Actor, asked: sa.Select[ProxyDecision, str, str, Party, LaterReading]
             ) -> list[Decided]:
    found = rows.execute(asked.where(visible_to(actor, ProxyDecision.party_id)))
    return [Decided(*line) for line in found]
