"""All that the review workspace shows, gathered in a fixed number of queries whatever the length of the list."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.core import checklist
from portal.core.actor import Actor
from portal.core.frozen import Frozen, FrozenAnswer, same
from portal.core.templates import Question, Template
from portal.models import (
    Answer,
    AnswerEvidence,
    Attestation,
    AttestationVersion,
    ConflictStatement,
    Evidence,
    Person,
    Review,
    Verdict,
    Viewed,
)
from portal.queries import forms, versions
from portal.queries.visible import visible_to

WITH_PARTY = (joinedload(Attestation.party), joinedload(Attestation.template))


@dataclass(frozen=True, slots=True)
class Turn:
    """One step of the exchange on a question in an earlier review: what was asked for, and the reply."""

    at: datetime
    who: str
    by: int
    verdict: str
    comment: str
    wish: str
    suggestion: str


@dataclass(slots=True)
class Item:
    """One question with its answer, what it was before, its evidence, verdict draft and exchange."""

    question: Question
    answer: FrozenAnswer | None
    earlier: FrozenAnswer | None = None
    last_year: FrozenAnswer | None = None
    verdict: Verdict | None = None
    own: Answer | None = None
    evidence: list[Evidence] = field(default_factory=list)
    exchange: list[Turn] = field(default_factory=list)
    is_viewed: bool = False
    pages_read: dict[int, int] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """How the answer stands against last year's: 'new', 'changed', 'same', or 'first' without a last year."""
        if self.answer is None:
            return "own"
        if self.last_year is None:
            return "new"
        return "same" if same(self.last_year, self.answer) else "changed"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One attestation under review."""

    attestation: Attestation
    version: AttestationVersion
    template: Template
    review: Review | None
    items: list[Item]
    people: Mapping[int, str]
    has_stated: bool

    def tally(self) -> dict[str, int]:
        """Give how many questions have which verdict, '' for none yet."""
        counted: dict[str, int] = defaultdict(int)
        for item in self.items:
            counted[item.verdict.verdict if item.verdict else ""] += item.answer is not None
        return counted


def exceptions(sheet: Sheet) -> list[tuple[Item, list[str]]]:
    """Give the items an approver must look at, each with why: findings, N/A, changes of weight, returns, expiry."""
    found = []
    for item in sheet.items:
        ended = any(file.valid_to and file.valid_to < sheet.attestation.due_on for file in item.evidence)
        verdict = item.verdict.verdict if item.verdict else ""
        why = [reason for reason, holds in (
            ("finding", verdict == "finding"), ("not_applicable", verdict == "not_applicable"),
            ("changed", item.kind == "changed" and item.question.criticality in ("critical", "high")),
            ("returned", bool(item.exchange)), ("expired", ended),
        ) if holds]
        if why:
            found.append((item, why))
    return found


def sheet(rows: Session, actor: Actor, attestation: Attestation, fiscal_year: int) -> Sheet:
    """Give the workspace of an attestation's newest version."""
    version = versions.newest(rows, actor, attestation.id)
    template = forms.template(rows, attestation.template_id)
    review = _latest(rows, attestation)
    now = versions.body(version)
    before = versions.body(versions.before(rows, actor, version))
    year_ago = versions.body(versions.last_of(rows, actor, attestation.previous_id))
    items = _items(template, now, before, year_ago, _own(rows, attestation))
    _add_evidence(rows, actor, attestation, items)
    people = _add_verdicts(rows, attestation, review, items)
    _add_viewed(rows, actor, version, items)
    return Sheet(attestation, version, template, review, list(items.values()), people,
                 _stated(rows, actor, attestation, fiscal_year))


def _latest(rows: Session, attestation: Attestation) -> Review | None:
    return rows.scalar(
        sa.select(Review).where(Review.attestation_id == attestation.id).order_by(Review.id.desc()).limit(1)
    )


def _own(rows: Session, attestation: Attestation) -> dict[str, Answer]:
    found = rows.scalars(sa.select(Answer).where(Answer.attestation_id == attestation.id, Answer.author == "jmdp"))
    return {row.question: row for row in found}


def _items(template: Template, now: Frozen | None, before: Frozen | None, year_ago: Frozen | None,
           own: Mapping[str, Answer]) -> dict[str, Item]:
    said = now.by_question() if now else {}
    earlier = before.by_question() if before else {}
    last = year_ago.by_question() if year_ago else {}
    return {
        question.id: Item(question, said.get(question.id), earlier.get(question.id), last.get(question.id),
                          own=own.get(question.id))
        for question in template.questions
        if question.id in said or question.answered_by == "jmdp"
    }


def _add_evidence(rows: Session, actor: Actor, attestation: Attestation, items: Mapping[str, Item]) -> None:
    found = rows.execute(
        sa.select(AnswerEvidence.question, Evidence).join(Evidence, Evidence.id == AnswerEvidence.evidence_id)
        .where(AnswerEvidence.attestation_id == attestation.id, visible_to(actor, Evidence.party_id))
        .order_by(AnswerEvidence.id)
    )
    for question, evidence in found:
        if question in items:
            items[question].evidence.append(evidence)


def _add_verdicts(rows: Session, attestation: Attestation, review: Review | None,
                  items: Mapping[str, Item]) -> dict[int, str]:
    found = rows.execute(
        sa.select(Verdict, Review, Person.name).join(Review, Review.id == Verdict.review_id)
        .join(Person, Person.id == Verdict.judged_by_id)
        .where(Verdict.attestation_id == attestation.id).order_by(Verdict.review_id, Verdict.id)
    )
    people: dict[int, str] = {}
    for verdict, where, name in found:
        people[verdict.judged_by_id] = name
        item = items.get(verdict.question)
        if item is None:
            continue
        if review is not None and where.id == review.id:
            item.verdict = verdict
        elif where.outcome == "returned" and verdict.verdict == "return":
            item.exchange.append(Turn(
                where.finished_at or verdict.judged_at, name, verdict.judged_by_id, verdict.verdict,
                verdict.comment, verdict.wish, verdict.suggestion))
    return people


def _add_viewed(rows: Session, actor: Actor, version: AttestationVersion, items: Mapping[str, Item]) -> None:
    """The actor's own marks: questions looked at, and the furthest page of each file they opened."""
    pages: dict[int, int] = {}
    for row in rows.scalars(sa.select(Viewed).where(
            Viewed.person_id == actor.person_id, Viewed.version_id == version.id)):
        if row.evidence_id is not None:
            pages[row.evidence_id] = row.page
        elif row.question in items:
            items[row.question].is_viewed = True
    for item in items.values():
        item.pages_read = {file.id: pages[file.id] for file in item.evidence if file.id in pages}


def _stated(rows: Session, actor: Actor, attestation: Attestation, fiscal_year: int) -> bool:
    return rows.scalar(
        sa.select(ConflictStatement.id).where(
            ConflictStatement.person_id == actor.person_id, ConflictStatement.party_id == attestation.party_id,
            ConflictStatement.fiscal_year == fiscal_year).limit(1)
    ) is not None


def wants_evidence(item: Item, attestation: Attestation) -> bool:
    """Say whether the answer has to come with evidence, so that its absence is shown."""
    if item.answer is None:
        return False
    given = checklist.Answer(item.answer.value, item.answer.comment, item.answer.not_applicable)
    return checklist.wants_evidence(item.question, given, attestation.due_on)
