"""Editions of the policy and the law table: those kept, those in force on a day, what was decided under them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from portal.core import gap, policy
from portal.core.actor import Actor
from portal.core.catalogue import Catalogue
from portal.core.errors import NotFound
from portal.core.policy import Permission
from portal.core.policytext import cited_as
from portal.models import Attestation, Edition, Party, Person, ScopeDecision, ScopeLine, SignOff, SignOffEdition
from portal.queries import forms
from portal.queries.visible import GONE, visible_to

PAGE = 50


@dataclass(frozen=True, slots=True)
class Kept:
    """An edition with the names of who loaded and who decided, and how many sign-offs were made under it."""

    row: Edition
    loaded_by: str
    decided_by: str
    signed: int


def standing(row: Edition, today: date, current: Mapping[str, Edition]) -> str:
    """Give an edition's state on a day in a word: waiting, refused, to_come, in_force or replaced."""
    if row.outcome != "confirmed":
        return row.outcome or "waiting"
    if row.valid_from > today:
        return "to_come"
    now = current.get(row.kind)
    return "in_force" if now is not None and now.id == row.id else "replaced"


def every(rows: Session) -> Sequence[Edition]:
    """Give all editions for the command line, those that apply latest first."""
    return rows.scalars(sa.select(Edition).order_by(Edition.valid_from.desc(), Edition.id.desc())).all()


def _kept() -> sa.Select[Edition, str, str | None, int]:
    loader, decider = aliased(Person), aliased(Person)
    signed = sa.select(sa.func.count(SignOffEdition.id)).where(
        SignOffEdition.edition_id == Edition.id).correlate(Edition).scalar_subquery()
    return sa.select(Edition, loader.name, decider.name, signed).join(
        loader, loader.id == Edition.loaded_by_id).outerjoin(decider, decider.id == Edition.decided_by_id)


def listing(rows: Session, actor: Actor, page: int = 1) -> list[Kept]:
    """Give one page of editions, those that apply latest first; one more than a page tells of a next."""
    policy.require(actor, Permission.READ_REGISTER)
    found = rows.execute(_kept().order_by(Edition.valid_from.desc(), Edition.id.desc())
                         .limit(PAGE + 1).offset((page - 1) * PAGE))
    return [Kept(row, by, decided or "", signed) for row, by, decided, signed in found]


def one(rows: Session, actor: Actor, public_id: str) -> Kept:
    """Give an edition; NotFound when there is none."""
    policy.require(actor, Permission.READ_REGISTER)
    found = rows.execute(_kept().where(Edition.public_id == public_id)).one_or_none()
    if found is None:
        raise NotFound(GONE)
    return Kept(found[0], found[1], found[2] or "", found[3])


def newest(rows: Session, kind: str) -> Edition | None:
    """Give the edition of a kind that applies latest and was not refused, or nothing."""
    return rows.scalar(sa.select(Edition).where(Edition.kind == kind, Edition.outcome != "refused")
                       .order_by(Edition.valid_from.desc()).limit(1))


def before(rows: Session, edition: Edition) -> Edition | None:
    """Give the edition of the same kind that applied before this one, or nothing."""
    return rows.scalar(sa.select(Edition).where(
        Edition.kind == edition.kind, Edition.outcome == "confirmed", Edition.valid_from < edition.valid_from)
        .order_by(Edition.valid_from.desc()).limit(1))


def text_of(rows: Session, edition: Edition) -> str:
    """Give the policy's text of an edition; nothing for a law table."""
    return rows.scalars(sa.select(Edition.text).where(Edition.id == edition.id)).one()


def of_digest(rows: Session, kind: str, digest: str) -> Edition | None:
    """Give the edition of a digest that was not refused, or nothing."""
    return rows.scalar(sa.select(Edition).where(
        Edition.kind == kind, Edition.digest == digest, Edition.outcome != "refused"))


def in_force(rows: Session, day: date) -> Mapping[str, Edition]:
    """Give the edition of each kind that is in force on a day (Japan), as far as one is kept and confirmed."""
    latest = sa.select(Edition.kind, sa.func.max(Edition.valid_from).label("day")).where(
        Edition.outcome == "confirmed", Edition.valid_from <= day).group_by(Edition.kind).subquery()
    return {row.kind: row for row in rows.scalars(sa.select(Edition).join(latest, sa.and_(
        latest.c.kind == Edition.kind, latest.c.day == Edition.valid_from)).where(Edition.outcome == "confirmed"))}


def markable(rows: Session, catalogue: Catalogue, kind: str) -> Mapping[str, int]:
    """Give the clauses that may be marked as changed, each with how many questions to parties cite it.

    Those of the policy in its order; of the law, the provisions that questions of the checklists in use cite.
    """
    cited = gap.resting(forms.template(rows, row.id) for row in forms.current(rows))
    if kind == "policy":
        return {id: cited.get(cited_as(id), 0) for id in catalogue.policy}
    return {code: cited[code] for code in sorted(cited) if not code.startswith(gap.POLICY)}


def signed_under(rows: Session, actor: Actor, version_id: int) -> Sequence[Edition]:
    """Give the editions under which a version was signed off; none before the first was kept."""
    return rows.scalars(
        sa.select(Edition).join(SignOffEdition, SignOffEdition.edition_id == Edition.id)
        .join(SignOff, SignOff.id == SignOffEdition.sign_off_id)
        .where(SignOff.version_id == version_id, visible_to(actor, SignOff.party_id)).order_by(Edition.kind.desc())
    ).all()


@dataclass(frozen=True, slots=True)
class Signed:
    """A sign-off made under an edition."""

    attestation: Attestation
    party: Party
    signed: SignOff


def decided(rows: Session, actor: Actor, edition: Edition, page: int) -> list[Signed]:
    """Give one page of sign-offs made under an edition, newest first; one more than a page tells of a next."""
    return [Signed(*row) for row in rows.execute(
        sa.select(Attestation, Party, SignOff).join(SignOff, SignOff.attestation_id == Attestation.id)
        .join(SignOffEdition, SignOffEdition.sign_off_id == SignOff.id).join(Party, Party.id == Attestation.party_id)
        .where(SignOffEdition.edition_id == edition.id, visible_to(actor, Attestation.party_id))
        .order_by(SignOff.id.desc()).limit(PAGE + 1).offset((page - 1) * PAGE))]


def of_line(rows: Session, actor: Actor, line: ScopeLine) -> list[tuple[ScopeDecision, str]]:
    """Give the last decisions on a line, newest first, each with who decided; its edition is kept in it."""
    return [(row, name or "") for row, name in rows.execute(
        sa.select(ScopeDecision, Person.name).outerjoin(Person, Person.id == ScopeDecision.decided_by_id)
        .where(ScopeDecision.scope_id == line.id, visible_to(actor, ScopeDecision.party_id))
        .order_by(ScopeDecision.id.desc()).limit(PAGE))]
