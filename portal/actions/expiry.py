"""Evidence whose period has ended: exactly the answers that rest on it are opened again, and both sides are told."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, defer

from portal.actions import letters, record
from portal.core import readable
from portal.core.actor import Actor, Role
from portal.core.policy import Permission
from portal.core.workflow import Move
from portal.models import Answer, AnswerEvidence, Attestation, AttestationVersion, Evidence, Person, Template
from portal.store.work import Work

DAYS_TO_RENEW = 30
IN_REACH = ("signed_off", "returned")
"""What JMDP has in hand is not taken from it; it is looked at again the night after its sign-off or return."""


@dataclass(frozen=True, slots=True)
class Ended:
    """An answer and the file under it whose period has ended."""

    question: str
    file: Evidence


def touched(rows: Session, today: date) -> list[int]:
    """Give the newest attestations of their checklists that may rest on evidence ended before a day (Japan)."""
    later, theirs, mine = aliased(Attestation), aliased(Template), aliased(Template)
    newer = sa.exists().where(
        later.party_id == Attestation.party_id, later.id > Attestation.id, later.state != "withdrawn",
        theirs.id == later.template_id, theirs.code == mine.code)
    return list(rows.scalars(
        sa.select(Attestation.id).join(mine, mine.id == Attestation.template_id)
        .join(AnswerEvidence, AnswerEvidence.attestation_id == Attestation.id)
        .join(Evidence, Evidence.id == AnswerEvidence.evidence_id)
        .where(Evidence.valid_to < today, Attestation.state.in_(IN_REACH), sa.not_(newer))
        .distinct().order_by(Attestation.id)))


def renew(work: Work, actor: Actor, attestation: Attestation) -> list[Ended]:
    """Open the answers whose evidence has ended since it was certified; gives them, none where nothing is to do.

    A file that had ended before the version was certified was judged with the answer, and is left to that.
    """
    record.require(actor, Permission.RENEW, attestation)
    ended = _ended(work, attestation, readable.day_in(work.now()))
    if not ended:
        return []
    names = sorted({one.question for one in ended})
    for row in work.rows.scalars(sa.select(Answer).where(
            Answer.attestation_id == attestation.id, Answer.question.in_(names))):
        row.is_open = True
    facts = {"questions": names, "files": sorted({one.file.public_id for one in ended})}
    if attestation.state == "signed_off":
        before, attestation.due_on = attestation.due_on, readable.day_in(work.now()) + timedelta(days=DAYS_TO_RENEW)
        attestation.reviewer_id = None
        record.move(work, actor, attestation, Move.RENEW, due_before=before.isoformat(),
                    due=attestation.due_on.isoformat(), **facts)
    else:
        record.note(work, actor, attestation, "evidence_ended", **facts)
    letters.evidence_ended(work, attestation, ended, _staff(work, attestation))
    return ended


def _ended(work: Work, attestation: Attestation, today: date) -> list[Ended]:
    certified = work.rows.scalar(
        sa.select(AttestationVersion.certified_at).where(AttestationVersion.attestation_id == attestation.id)
        .order_by(AttestationVersion.number.desc()).limit(1))
    if certified is None:
        return []
    rested = work.rows.execute(
        sa.select(AnswerEvidence.question, Evidence).join(Evidence, Evidence.id == AnswerEvidence.evidence_id)
        .join(Answer, sa.and_(Answer.attestation_id == AnswerEvidence.attestation_id,
                              Answer.question == AnswerEvidence.question))
        .where(AnswerEvidence.attestation_id == attestation.id, sa.not_(Answer.is_open), Answer.author == "party")
        .options(defer(Evidence.text)).order_by(AnswerEvidence.id)).all()
    current = {(question, file.evidence_type) for question, file in rested
               if file.valid_to is None or file.valid_to >= today}
    return [Ended(question, file) for question, file in rested
            if file.valid_to and readable.day_in(certified) <= file.valid_to < today
            and (question, file.evidence_type) not in current]


def _staff(work: Work, attestation: Attestation) -> list[letters.Reader]:
    """Who is told at JMDP: the leads, and whoever reviewed it last."""
    readers = {reader.person_id: reader for reader in letters.of_role(work, Role.LEAD)}
    if attestation.reviewer_ids:
        person = work.rows.get(Person, attestation.reviewer_ids[-1])
        if person is not None and person.is_active:
            readers.setdefault(person.id, letters.of_person(person))
    return list(readers.values())
