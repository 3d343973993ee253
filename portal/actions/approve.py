"""Sign-off (承認): a second person, stepped up, under the digest of exactly one version."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from portal.actions import editions, findings, letters, packets, record, review, touching
from portal.core.actor import Actor
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete, Stale
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.workflow import Move
from portal.models import Attestation, AttestationVersion, Finding, Party, Review, SignOff, Verdict
from portal.queries import versions
from portal.store.work import Work

NOT_CURRENT = "This version is no longer the newest. Look at what changed, then decide again."
STEP_UP = "Prove once more who you are: your password and the code of your second factor."
DUE_DAYS = {"critical": 14, "high": 30, "medium": 60, "low": 90}


@dataclass(frozen=True, slots=True)
class Decision:
    """What the approver signs: the digest of the version they saw, how they proved who they are, and a note."""

    digest: str
    method: str = "password+totp"
    note: str = ""


def sign_off(work: Work, actor: Actor, attestation: Attestation, decision: Decision) -> SignOff:
    """Sign a version off: findings are opened, the party is told, two packets are printed.

    NeedsStepUp when the proof is older than five minutes, Stale when the version is not the newest.
    """
    record.require(actor, Permission.APPROVE, attestation)
    record.require_proof(actor, STEP_UP)
    version, passed = _passed(work, actor, attestation)
    if version.digest != decision.digest:
        raise Stale(NOT_CURRENT)
    found = _findings(work, passed)
    row = SignOff(
        attestation_id=attestation.id, party_id=attestation.party_id, version_id=version.id, review_id=passed.id,
        version_digest=version.digest, approver_id=actor.person_id, method=decision.method,
        conclusion="with_findings" if found else "conforms", note=decision.note.strip(),
        signed_at=work.now(),
    )
    work.rows.add(row)
    attestation.signed_off_at = work.now()
    record.move(work, actor, attestation, Move.SIGN_OFF, digest=version.digest, version=version.number,
                conclusion=row.conclusion, method=decision.method, note=Personal(row.note),
                **editions.keep_with(work, row))
    for verdict in found:
        _open(work, actor, attestation, verdict)
    for audience in ("internal", "party"):
        packets.ask(work, actor, attestation, audience)
    letters.signed_off(work, attestation, len(found))
    touching.party(work, work.rows.get_one(Party, attestation.party_id))
    return row


def send_back(work: Work, actor: Actor, attestation: Attestation, reason: str) -> Review:
    """Send a passed attestation back to its reviewer with a reason; their verdicts stay as drafts."""
    record.require(actor, Permission.APPROVE, attestation)
    if not reason.strip():
        raise Incomplete("Say why it goes back.", {"reason": N_("Write what the reviewer should look at again")})
    version, passed = _passed(work, actor, attestation)
    again = Review(
        attestation_id=attestation.id, party_id=attestation.party_id, version_id=version.id,
        reviewer_id=passed.reviewer_id, started_at=work.now(), letter=reason.strip(),
    )
    work.rows.add(again)
    work.rows.flush()
    for row in work.rows.scalars(sa.select(Verdict).where(Verdict.review_id == passed.id)):
        work.rows.add(review.copied(row, again))
    record.move(work, actor, attestation, Move.SEND_BACK, reason=Personal(reason.strip()))
    return again


def _passed(work: Work, actor: Actor, attestation: Attestation) -> tuple[AttestationVersion, Review]:
    version = versions.newest(work.rows, actor, attestation.id)
    passed = work.rows.scalar(
        sa.select(Review).where(Review.attestation_id == attestation.id, Review.version_id == version.id,
                                Review.outcome == "passed").order_by(Review.id.desc()).limit(1)
    )
    if passed is None:
        raise Stale(NOT_CURRENT)
    return version, passed


def _findings(work: Work, passed: Review) -> list[Verdict]:
    rows = sa.select(Verdict).where(Verdict.review_id == passed.id, Verdict.verdict == "finding")
    return list(work.rows.scalars(rows.order_by(Verdict.question)))


def _open(work: Work, actor: Actor, attestation: Attestation, verdict: Verdict) -> Finding:
    return findings.enter(work, actor, Finding(
        party_id=attestation.party_id, attestation_id=attestation.id, question=verdict.question,
        severity=verdict.severity, fact=verdict.comment, opened_by_id=verdict.judged_by_id,
        due_on=verdict.due_on or day_in(work.now()) + timedelta(days=DUE_DAYS[verdict.severity]),
        reviewer_ids=[verdict.judged_by_id]))
