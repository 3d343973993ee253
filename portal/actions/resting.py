"""On which evidence files an answer rests: linked and taken off while the answer is open."""

import sqlalchemy as sa

from portal.actions import attest, record
from portal.core.actor import Actor
from portal.core.errors import N_, Incomplete
from portal.core.policy import Permission
from portal.models import AnswerEvidence, Attestation, Evidence
from portal.store.work import Work


def link(work: Work, actor: Actor, attestation: Attestation, question: str, evidence: Evidence) -> AnswerEvidence:
    """Let an answer rest on an evidence file of the same party; linked twice is linked once."""
    record.require(actor, Permission.ANSWER, attestation)
    work.hold(attestation)
    attest.changeable(work.rows, attestation, question)
    record.require(actor, Permission.READ_EVIDENCE, evidence)
    if evidence.party_id != attestation.party_id or evidence.state in ("refused", "purged"):
        raise Incomplete("This file cannot be used here. Choose another one.", {question: N_("Choose another file")})
    row = _linked(work, attestation, question, evidence)
    if row is None:
        row = AnswerEvidence(attestation_id=attestation.id, party_id=attestation.party_id, question=question,
                             evidence_id=evidence.id, linked_by_id=actor.person_id, linked_at=work.now())
        work.rows.add(row)
        attestation.evidences += 1
        attestation.preparer_ids = sorted({*attestation.preparer_ids, actor.person_id})
        record.note(work, actor, attestation, "evidence_linked", question=question, evidence=evidence.public_id,
                    digest=evidence.digest)
    return row


def unlink(work: Work, actor: Actor, attestation: Attestation, question: str, evidence: Evidence) -> None:
    """Take a file off an answer that is still open; the file itself and its links elsewhere stay."""
    record.require(actor, Permission.ANSWER, attestation)
    work.hold(attestation)
    attest.changeable(work.rows, attestation, question)
    row = _linked(work, attestation, question, evidence)
    if row is not None:
        work.rows.delete(row)
        attestation.evidences -= 1
        record.note(work, actor, attestation, "evidence_unlinked", question=question, evidence=evidence.public_id)


def _linked(work: Work, attestation: Attestation, question: str, evidence: Evidence) -> AnswerEvidence | None:
    return work.rows.scalar(sa.select(AnswerEvidence).where(
        AnswerEvidence.attestation_id == attestation.id, AnswerEvidence.question == question,
        AnswerEvidence.evidence_id == evidence.id))
