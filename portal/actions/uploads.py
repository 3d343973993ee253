"""Resumable uploads (tus 1.0): announced, allowed piece by piece, kept as evidence of their question when whole."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.actions import attest, intake, record, resting
from portal.core.actor import Actor
from portal.core.errors import N_, BadFile, Incomplete, NotNow
from portal.core.evidence.kinds import LIMITS, declared
from portal.core.policy import Permission
from portal.models import AnswerEvidence, Attestation, Evidence, Party, Upload
from portal.queries import forms
from portal.store.blobs import Blob
from portal.store.work import Work

NOT_TAKEN = N_("This kind of file is not taken. Save it as PDF, PNG, JPEG, XLSX, DOCX, CSV or TXT and choose it again.")
TOO_LARGE = N_("The file is larger than 200 MB. Split it, or save it at a lower picture quality.")
EMPTY = N_("The file is empty. Check it and choose it again.")
LIFE = timedelta(days=2)
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Announced:
    """What is going to be sent: the file's name and size in bytes, and what the sender says of it."""

    name: str
    size: int
    evidence_type: str = ""
    valid_to: date | None = None


def allowed(rows: Session, actor: Actor, attestation: Attestation, question: str) -> None:
    """Raise unless the actor may attach files to this question now; asked before any byte is read."""
    record.require(actor, Permission.ANSWER, attestation)
    record.require(actor, Permission.UPLOAD, attestation)
    attest.changeable(rows, attestation, question)
    asked = forms.template(rows, attestation.template_id).questions
    if not any(one.id == question and one.answered_by == "party" for one in asked):
        raise Incomplete("There is no such question in this checklist. Reload the page.")


def acceptable(name: str, size: int) -> None:
    """Raise BadFile for a kind that is not taken, an empty file and one over the limit."""
    if declared(name) is None:
        raise BadFile(NOT_TAKEN)
    if size == 0:
        raise BadFile(EMPTY)
    if size > LIMITS.bytes:
        raise BadFile(TOO_LARGE)


def begin(work: Work, actor: Actor, attestation: Attestation, question: str, announced: Announced) -> Upload:
    """Open an upload for a question; refused before a byte is sent where the file or its place would be."""
    allowed(work.rows, actor, attestation, question)
    acceptable(announced.name, announced.size)
    going = work.rows.scalar(sa.select(sa.func.count()).select_from(Upload).where(
        Upload.party_id == attestation.party_id, Upload.evidence_id.is_(None), Upload.expires_at > work.now()))
    if (going or 0) >= AT_ONCE:
        raise NotNow("Too many files are on their way at once. Let some of them arrive first.")
    kind = announced.evidence_type if announced.evidence_type in work.catalogue.evidence else ""
    upload = Upload(
        party_id=attestation.party_id, attestation_id=attestation.id, question=question, name=announced.name[:255],
        size=announced.size, evidence_type=kind, valid_to=announced.valid_to, begun_by_id=actor.person_id,
        begun_at=work.now(), expires_at=work.now() + LIFE,
    )
    work.rows.add(upload)
    work.rows.flush()
    return upload


def finish(work: Work, actor: Actor, upload: Upload, blob: Blob) -> Evidence:
    """Take the whole file into quarantine and let its question rest on it; done twice it is one."""
    attestation = work.rows.get_one(Attestation, upload.attestation_id)
    if upload.evidence_id is not None:
        return work.rows.get_one(Evidence, upload.evidence_id)
    evidence = intake.receive(work, actor, work.rows.get_one(Party, upload.party_id), intake.Arrived(
        upload.name, blob.digest, blob.size, upload.evidence_type, valid_to=upload.valid_to))
    work.rows.flush()
    resting.link(work, actor, attestation, upload.question, evidence)
    upload.evidence_id = evidence.id
    return evidence


def describe(work: Work, actor: Actor, upload: Upload, evidence_type: str, valid_to: date | None) -> None:
    """Say of what kind a file is that just came, and until when it holds; an older file stays as it was described."""
    evidence = work.rows.get(Evidence, upload.evidence_id) if upload.evidence_id else None
    said = (evidence_type or upload.evidence_type, valid_to or upload.valid_to)
    if evidence is None or evidence.uploaded_at < upload.begun_at:
        return
    if said != (evidence.evidence_type, evidence.valid_to):
        intake.describe(work, actor, evidence, *said)


def drop(work: Work, actor: Actor, upload: Upload) -> None:
    """Give an upload up; where it has arrived, its file is taken off the answer and stays with the party."""
    attestation = work.rows.get_one(Attestation, upload.attestation_id)
    allowed(work.rows, actor, attestation, upload.question)
    evidence = work.rows.get(Evidence, upload.evidence_id) if upload.evidence_id else None
    linked = evidence is not None and work.rows.scalar(sa.select(AnswerEvidence.id).where(
        AnswerEvidence.attestation_id == attestation.id, AnswerEvidence.question == upload.question,
        AnswerEvidence.evidence_id == evidence.id))
    if evidence is not None and linked:
        resting.unlink(work, actor, attestation, upload.question, evidence)
    work.rows.delete(upload)
