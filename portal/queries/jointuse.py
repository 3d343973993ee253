"""The joint-use notice in force, its versions, and which joint uses it does not carry."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.core import policy
from portal.core.actor import Actor
from portal.core.dates import add_months
from portal.core.jointuse import MATTERS, REVIEW_MONTHS, Notice, Use, gaps
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.models import Engagement, JointUseDraft, JointUseNotice, JointUseReview, Party, Person, ScopeLine
from portal.queries.visible import visible_to

PAGE = 50
NOTHING = Notice({})
"""What stands where no notice is in force."""


@dataclass(frozen=True, slots=True)
class Held:
    """A joint use held against the notice: its line and party, and every gap (none: it is carried)."""

    line: ScopeLine
    party: Party
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A published notice with who wrote and who published it."""

    row: JointUseNotice
    made_by: str
    published_by: str


def in_force(rows: Session, today: date) -> JointUseNotice | None:
    """Give the notice that applies on a day, or nothing; anyone may read it (Art. 27(5)(iii): readily known)."""
    return rows.scalar(sa.select(JointUseNotice).where(JointUseNotice.effective_on <= today)
                       .order_by(JointUseNotice.effective_on.desc(), JointUseNotice.number.desc()).limit(1))


def newest(rows: Session) -> JointUseNotice | None:
    """Give the notice published last, in force or to come."""
    return rows.scalar(sa.select(JointUseNotice).order_by(JointUseNotice.number.desc()).limit(1))


def numbered(rows: Session, number: int) -> JointUseNotice | None:
    """Give a published notice by its number; anyone may read it."""
    return rows.scalar(sa.select(JointUseNotice).where(JointUseNotice.number == number))


def published(rows: Session) -> list[JointUseNotice]:
    """Give every notice ever published, newest first; anyone may read them."""
    return list(rows.scalars(sa.select(JointUseNotice).order_by(JointUseNotice.number.desc())))


def versions(rows: Session, actor: Actor) -> list[Version]:
    """Give every notice with who wrote and who published it, newest first."""
    policy.require(actor, Permission.READ_REGISTER)
    people = sa.union(sa.select(JointUseNotice.made_by_id), sa.select(JointUseNotice.published_by_id))
    names = dict(rows.execute(sa.select(Person.id, Person.name).where(Person.id.in_(people))).all())
    return [Version(row, names.get(row.made_by_id, ""), names.get(row.published_by_id, "")) for row in published(rows)]


def draft(rows: Session, actor: Actor) -> JointUseDraft | None:
    """Give the notice being written, or nothing."""
    policy.require(actor, Permission.READ_REGISTER)
    return rows.scalar(sa.select(JointUseDraft).options(joinedload(JointUseDraft.made_by)))


def looked_at(rows: Session, notice: JointUseNotice) -> date:
    """Give the day a notice was published or last looked at again."""
    seen = rows.scalar(sa.select(sa.func.max(JointUseReview.reviewed_at)).where(JointUseReview.notice_id == notice.id))
    return day_in(seen or notice.published_at)


def is_current(rows: Session, notice: JointUseNotice, today: date) -> bool:
    """Say whether a notice was looked at within the last year."""
    return add_months(looked_at(rows, notice), REVIEW_MONTHS) >= today


def as_notice(row: JointUseNotice | JointUseDraft, language: str = "ja") -> Notice:
    """Give a notice as core/jointuse holds it, in one language."""
    said = row.matters_ja if language == "ja" else row.matters_en
    return Notice(
        {matter: said.get(matter, "") for matter in MATTERS}, getattr(row, "effective_on", None),
        frozenset(row.party_kinds), frozenset(row.parties), frozenset(row.items), frozenset(row.purposes))


def uses(rows: Session, actor: Actor, today: date, page: int = 1) -> list[Held]:
    """Give a page (and one more) of the joint uses that run or are being prepared, held against the notice in force."""
    notice = in_force(rows, today)
    carried = as_notice(notice) if notice else NOTHING
    found = rows.execute(
        sa.select(ScopeLine, Party).join(Engagement, Engagement.id == ScopeLine.engagement_id)
        .join(Party, Party.id == ScopeLine.party_id)
        .where(Engagement.relation == "joint_use", ScopeLine.state != "ended", visible_to(actor, ScopeLine.party_id))
        .order_by(ScopeLine.id).limit(PAGE + 1).offset((page - 1) * PAGE))
    return [Held(line, party, gaps(carried, use_of(line, party), today)) for line, party in found]


def use_of(line: ScopeLine, party: Party) -> Use:
    """Give a scope line as the notice is held against it."""
    return Use(party.code, party.kind, frozenset(line.items), line.purpose)


def sharing_jointly(rows: Session, actor: Actor) -> list[Party]:
    """Give the parties with a joint use that has not ended, by name; at most 500."""
    return list(rows.scalars(
        sa.select(Party).join(Engagement, Engagement.party_id == Party.id)
        .where(Engagement.relation == "joint_use", Engagement.ended_on.is_(None), visible_to(actor, Party.id))
        .distinct().order_by(Party.name_ja, Party.id).limit(500)))


def names(rows: Session, notice: JointUseNotice, language: str) -> list[str]:
    """Give the names of the parties that a notice lists by name, as the public page shows them."""
    found = rows.execute(sa.select(Party.name_ja, Party.name_en).where(Party.code.in_(notice.parties))
                         .order_by(Party.name_ja))
    return [english or japanese if language == "en" else japanese for japanese, english in found]
