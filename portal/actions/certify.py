"""Certification: the officer's name under one frozen version; completeness is checked, bytes are fixed."""

from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa

from portal.actions import attest, letters, record
from portal.core import checklist, entry, frozen
from portal.core.actor import Actor
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete
from portal.core.workflow import Move
from portal.models import Answer, AnswerEvidence, Attestation, AttestationVersion, Evidence, Party, Template
from portal.queries import forms
from portal.store.work import Work


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who certifies in which function, and that they ticked the declaration."""

    name: str
    title: str
    is_declared: bool


def submit(work: Work, actor: Actor, attestation: Attestation, certificate: Certificate) -> AttestationVersion:
    """Certify and submit: freeze a version, close the answers, thank by mail; Incomplete names every gap."""
    work.hold(attestation)
    _complete(work, attestation)
    _declared(certificate)
    number = attestation.version_no + 1
    body = frozen.write(_frozen(work, attestation, number))
    version = AttestationVersion(
        attestation_id=attestation.id, party_id=attestation.party_id, number=number, body=body.decode(),
        digest=frozen.digest(body), certified_by_id=actor.person_id, certified_name=certificate.name.strip(),
        certified_title=certificate.title.strip(), certified_at=work.now(),
    )
    attestation.version_no, attestation.submitted_at = number, work.now()
    record.move(work, actor, attestation, Move.SUBMIT, version=number, digest=version.digest,
                name=Personal(version.certified_name), title=Personal(version.certified_title))
    work.rows.add(version)
    for row in work.rows.scalars(sa.select(Answer).where(Answer.attestation_id == attestation.id)):
        row.is_open = False
    letters.submitted(work, attestation, number)
    return version


def missing(work: Work, attestation: Attestation) -> list[checklist.Unmet]:
    """Give all that keeps the attestation from being submitted, in the order of the questions."""
    template = forms.template(work.rows, attestation.template_id)
    given = {row.question: checklist.Answer(row.value, row.comment, row.is_not_applicable)
             for row in _answers(work, attestation)}
    held = {question: tuple(checklist.Held(file.evidence_type, file.valid_from, file.valid_to) for file in files)
            for question, files in _evidence(work, attestation).items()}
    return checklist.unmet(template, given, held, attest.asked_now(work, attestation))


def _complete(work: Work, attestation: Attestation) -> None:
    gaps = missing(work, attestation)
    if gaps:
        raise Incomplete("Some answers are not complete yet. Each is named below with what to do.",
                         {gap.question: gap.message for gap in gaps})


def _declared(certificate: Certificate) -> None:
    problems = {}
    if not certificate.name.strip():
        problems["name"] = N_("Enter your name")
    if not certificate.title.strip():
        problems["title"] = N_("Enter your title or function")
    if not certificate.is_declared:
        problems["is_declared"] = N_("Tick the declaration to certify the answers")
    if problems:
        raise Incomplete("The certification is not complete yet.", problems)


def _frozen(work: Work, attestation: Attestation, number: int) -> frozen.Frozen:
    row = work.rows.get_one(Template, attestation.template_id)
    template = forms.template(work.rows, attestation.template_id)
    given = {answer.question: answer for answer in _answers(work, attestation)}
    files = _evidence(work, attestation)
    confirmed = dict(work.rows.execute(
        sa.select(AttestationVersion.id, AttestationVersion.public_id)
        .where(AttestationVersion.id.in_([a.confirmed_version_id for a in given.values() if a.confirmed_version_id]))
    ).all())
    asked = checklist.visible(template, {
        name: checklist.Answer(answer.value, answer.comment, answer.is_not_applicable) for name, answer in given.items()
    }, attest.asked_now(work, attestation))
    return frozen.Frozen(
        attestation=attestation.number, number=number, party=work.rows.get_one(Party, attestation.party_id).code,
        template=row.code, template_version=row.version, template_digest=row.digest,
        answers=tuple(
            _answer(given[question.id], files[question.id], confirmed) for question in asked if question.id in given
        ),
    )


def _answer(row: Answer, files: list[Evidence], confirmed: dict[int, str]) -> frozen.FrozenAnswer:
    return frozen.FrozenAnswer(
        question=row.question, value=row.value, comment=row.comment, not_applicable=row.is_not_applicable,
        reply=row.reply, by=row.answered_by_id or 0, at=entry.moment(row.answered_at),
        confirmed=confirmed.get(row.confirmed_version_id or 0, ""),
        evidence=tuple(frozen.FrozenEvidence(
            id=file.public_id, digest=file.digest, name=file.name, size=file.size, mime=file.mime,
            evidence_type=file.evidence_type, valid_from=file.valid_from.isoformat() if file.valid_from else "",
            valid_to=file.valid_to.isoformat() if file.valid_to else "") for file in files),
    )


def _answers(work: Work, attestation: Attestation) -> list[Answer]:
    asked = sa.select(Answer).where(Answer.attestation_id == attestation.id, Answer.author == "party")
    return list(work.rows.scalars(asked.order_by(Answer.question)))


def _evidence(work: Work, attestation: Attestation) -> defaultdict[str, list[Evidence]]:
    found = work.rows.execute(
        sa.select(AnswerEvidence.question, Evidence).join(Evidence, Evidence.id == AnswerEvidence.evidence_id)
        .where(AnswerEvidence.attestation_id == attestation.id).order_by(AnswerEvidence.id)
    )
    files: defaultdict[str, list[Evidence]] = defaultdict(list)
    for question, evidence in found:
        files[question].append(evidence)
    return files
