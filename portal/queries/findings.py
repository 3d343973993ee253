"""Findings as lists and one by one: filtered, paged, with their files, their history, and whether they came before."""

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, contains_eager, joinedload

from portal.core.actor import Actor, Role
from portal.core.dates import add_months
from portal.core.readable import JST
from portal.core.workflow import SETTLED
from portal.models import (
    Attestation,
    Evidence,
    Finding,
    FindingEvidence,
    Party,
    Person,
    RiskRating,
)
from portal.queries import people, risks
from portal.queries.visible import one, visible_to

PAGE = 50
WITH_PARTY = joinedload(Finding.party)
COUNTED = ("running", "overdue", "expired")
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for: a view, a state, a severity, words, a page from 1, and today in Japan."""

    today: date
    view: str = "running"
    state: str = ""
    severity: str = ""
    words: str = ""
    page: int = 1


def view_of(name: str, today: date) -> sa.ColumnElement[bool]:
    """Give the condition of a view of the list on a day (Japan); of any other name, all findings."""
    running = Finding.state.not_in(SETTLED)
    conditions: dict[str, sa.ColumnElement[bool]] = {
        "running": running, "overdue": sa.and_(running, Finding.due_on < today),
        "expired": sa.and_(Finding.state == "accepted_risk", Finding.accepted_until < today),
        "closed": Finding.state.in_(SETTLED)}
    return conditions.get(name, sa.true())


def _earlier() -> sa.ScalarSelect[int]:
    """How often the same question of the same party was found before."""
    before = aliased(Finding)
    return (sa.select(sa.func.count(before.id)).where(
        before.party_id == Finding.party_id, before.question == Finding.question, before.question != "",
        before.id < Finding.id).correlate(Finding).scalar_subquery())


@dataclass(frozen=True, slots=True)
class Row:
    """A finding with its party, and how often the same was found there before."""

    finding: Finding
    earlier: int


def listing(rows: Session, actor: Actor, wanted: Wanted) -> list[Row]:
    """Give one page, due first, in one query; one more than a page tells there is a next."""
    asked = (
        sa.select(Finding, _earlier()).join(Finding.party).options(contains_eager(Finding.party))
        .where(visible_to(actor, Finding.party_id), view_of(wanted.view, wanted.today))
        .order_by(Finding.due_on, Finding.id).limit(PAGE + 1).offset((wanted.page - 1) * PAGE)
    )
    if wanted.state:
        asked = asked.where(Finding.state == wanted.state)
    if wanted.severity:
        asked = asked.where(Finding.severity == wanted.severity)
    for word in wanted.words.split():
        asked = asked.where(sa.or_(*(column.icontains(word, autoescape=True) for column in (
            Party.name_ja, Party.name_en, Finding.number, Finding.question, Finding.fact))))
    return [Row(row[0], row[1]) for row in rows.execute(asked)]


def counts(rows: Session, actor: Actor, today: date) -> dict[str, int]:
    """Give how many findings are not closed, overdue, and accepted until a day that has passed, in one query."""
    seen = visible_to(actor, Finding.party_id)
    found = rows.execute(sa.select(*(
        sa.select(sa.func.count(Finding.id)).where(seen, view_of(name, today)).scalar_subquery().label(name)
        for name in COUNTED))).one()
    return dict(found._mapping)


def by_month(rows: Session, actor: Actor, today: date) -> list[tuple[date, int, int, int]]:
    """Give the last twelve months as (first day, opened, closed, open at the end); only those months are read."""
    firsts = [add_months(today.replace(day=1), -back) for back in range(MONTHS - 1, -1, -1)]
    opened, closed = (_monthly(rows, actor, column, firsts) for column in (Finding.opened_at, Finding.closed_at))
    running = rows.scalar(sa.select(sa.func.count(Finding.id)).where(
        visible_to(actor, Finding.party_id), view_of("running", today))) or 0
    told = []
    for first, more, fewer in reversed(list(zip(firsts, opened, closed, strict=True))):
        told.append((first, more, fewer, running))
        running += fewer - more
    return told[::-1]


def _monthly(rows: Session, actor: Actor, column: InstrumentedAttribute[Any], firsts: list[date]) -> list[int]:
    """Give how many fall into each of the months of Japan."""
    ends = [datetime.combine(first, time(), JST) for first in (*firsts, add_months(firsts[-1], 1))]
    counted = (sa.func.count(Finding.id).filter(column >= start, column < end) for start, end in pairwise(ends))
    return list(rows.execute(sa.select(*counted).where(
        visible_to(actor, Finding.party_id), column >= ends[0], column < ends[-1])).one())


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with the request it came from, its files, who follows it, the earlier ones, and why it is stale."""

    finding: Finding
    attestation: Attestation | None
    files: list[Evidence]
    owner: str
    earlier: list[Finding]
    stale: str


def shown(rows: Session, actor: Actor, public_id: str, today: date) -> Shown:
    """Give one finding; NotFound for foreign and unknown alike."""
    found = one(rows, actor, Finding, public_id, WITH_PARTY)
    files = rows.scalars(
        sa.select(Evidence).join(FindingEvidence, FindingEvidence.evidence_id == Evidence.id)
        .where(FindingEvidence.finding_id == found.id).order_by(FindingEvidence.id))
    earlier = rows.scalars(
        sa.select(Finding).where(Finding.party_id == found.party_id, Finding.question == found.question,
                                 Finding.question != "", Finding.id < found.id).order_by(Finding.id.desc()).limit(20))
    owner = rows.scalar(sa.select(Person.name).where(Person.id == (found.owner_id or found.opened_by_id))) or ""
    asked = rows.get(Attestation, found.attestation_id) if found.attestation_id else None
    return Shown(found, asked, list(files), owner, list(earlier), _stale(rows, found, today))


def _stale(rows: Session, found: Finding, today: date) -> str:
    """Why an accepted risk no longer stands: its day has passed, or the party's rating has moved since."""
    if found.state != "accepted_risk" or found.closed_at is None:
        return ""
    if found.accepted_until is not None and found.accepted_until < today:
        return "expired"
    rated = sa.select(RiskRating).where(RiskRating.party_id == found.party_id).order_by(RiskRating.id.desc()).limit(1)
    now, then = (risks.residual(row) if row else None for row in (
        rows.scalar(rated), rows.scalar(rated.where(RiskRating.made_at <= found.closed_at))))
    return "rating_changed" if now != then else ""


def mine(rows: Session, actor: Actor) -> list[Finding]:
    """Give the party's findings, those not closed first, due first; at most 200."""
    return list(rows.scalars(
        sa.select(Finding).where(visible_to(actor, Finding.party_id))
        .order_by(Finding.state.in_(SETTLED), Finding.due_on, Finding.id).limit(200)))


def owners(rows: Session) -> list[Person]:
    """Give JMDP's people who may follow a finding."""
    return people.holding(rows, {Role.REVIEWER, Role.LEAD})
