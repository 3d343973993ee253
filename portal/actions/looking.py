"""What a reviewer looked at: marks per question, version and reviewer, and how far each evidence file was read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from portal.actions import record
from portal.core.actor import Actor
from portal.core.errors import N_, NotAllowed, Stale
from portal.core.policy import Permission
from portal.models import AnswerEvidence, AttestationVersion, Evidence, Review, Viewed
from portal.store.work import STALE, Work

NOT_YOURS = N_("Another reviewer has this in hand. Take it over first, if that was agreed.")


@dataclass(frozen=True, slots=True)
class Looked:
    """What was posted: questions with their mark on or off, and files (public id) with the furthest page shown."""

    questions: Mapping[str, bool] = field(default_factory=dict)
    files: Mapping[str, int] = field(default_factory=dict)


def keep(work: Work, actor: Actor, review: Review, looked: Looked) -> None:
    """Keep the reviewer's own marks; a question's mark may be taken off, a file that was opened stays opened."""
    record.require(actor, Permission.REVIEW, review)
    if review.finished_at is not None:
        raise Stale(STALE)
    if review.reviewer_id != actor.person_id:
        raise NotAllowed(NOT_YOURS)
    stand = _standing(work, actor, review)
    marked = [name for name, on in looked.questions.items() if on and (name, None) not in stand]
    gone = [stand[name, None] for name, on in looked.questions.items() if not on and (name, None) in stand]
    for name in marked:
        _mark(work, actor, review, name)
    for row in gone:
        work.rows.delete(row)
    opened = _files(work, actor, review, looked.files, stand)
    if marked or opened:
        record.note(work, actor, review, "looked_at", questions=sorted(marked), files=sorted(opened))


def judged(work: Work, actor: Actor, review: Review, questions: Iterable[str]) -> None:
    """Mark questions that were judged: whoever judges has looked; the ledger has it as the judgement."""
    stand = _standing(work, actor, review)
    for name in questions:
        if (name, None) not in stand:
            _mark(work, actor, review, name)


def carry(work: Work, older: AttestationVersion, newer: AttestationVersion, moved: set[str]) -> None:
    """Bring everybody's marks from one version to the next, but for the questions that changed."""
    kept = work.rows.scalars(sa.select(Viewed).where(
        Viewed.version_id == older.id, sa.or_(Viewed.question == "", Viewed.question.not_in(sorted(moved)))))
    there = {(row.person_id, row.question, row.evidence_id) for row in work.rows.scalars(
        sa.select(Viewed).where(Viewed.version_id == newer.id))}
    for row in kept:
        if (row.person_id, row.question, row.evidence_id) not in there:
            work.rows.add(Viewed(
                person_id=row.person_id, party_id=row.party_id, version_id=newer.id, question=row.question,
                evidence_id=row.evidence_id, page=row.page, first_at=row.first_at, last_at=row.last_at))


def _standing(work: Work, actor: Actor, review: Review) -> dict[tuple[str, int | None], Viewed]:
    rows = work.rows.scalars(sa.select(Viewed).where(
        Viewed.person_id == actor.person_id, Viewed.version_id == review.version_id))
    return {(row.question, row.evidence_id): row for row in rows}


def _mark(work: Work, actor: Actor, review: Review, question: str) -> None:
    work.rows.add(Viewed(person_id=actor.person_id, party_id=review.party_id, version_id=review.version_id,
                         question=question, first_at=work.now(), last_at=work.now()))


def _files(work: Work, actor: Actor, review: Review, pages: Mapping[str, int],
           stand: Mapping[tuple[str, int | None], Viewed]) -> list[str]:
    """Keep the furthest page of the files that answers of this attestation rest on; gives those opened first now."""
    if not pages:
        return []
    linked = sa.select(AnswerEvidence.evidence_id).where(AnswerEvidence.attestation_id == review.attestation_id)
    files = work.rows.scalars(
        sa.select(Evidence).where(Evidence.id.in_(linked), Evidence.public_id.in_(sorted(pages))))
    opened = []
    for file in files:
        page = max(0, min(pages[file.public_id], file.pages))
        row = stand.get(("", file.id))
        if row is None:
            opened.append(file.public_id)
            work.rows.add(Viewed(
                person_id=actor.person_id, party_id=review.party_id, version_id=review.version_id,
                evidence_id=file.id, page=page, first_at=work.now(), last_at=work.now()))
        elif page > row.page:
            row.page, row.last_at = page, work.now()
    return opened
