"""Findings (指摘事項): the party's plan, agreed, done, proven, verified by a second person; or the risk accepted."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from portal.actions import letters, record
from portal.actions.risks import STEP_UP
from portal.core.actor import Actor
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete, NotNow
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.workflow import Move
from portal.models import Evidence, Finding, FindingEvidence, Party, Person
from portal.models.review import SEVERITIES
from portal.queries import findings as asked
from portal.store.work import Work

IN_HAND = ("open", "planned", "agreed")
"""The states in which the party may still add files to its correction."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: the fact, how grave, and by when it is to be corrected."""

    fact: str
    severity: str
    due_on: date | None
    inspection_id: int | None = None


def raise_finding(work: Work, actor: Actor, party: Party, found: Found) -> Finding:
    """Open a finding by hand, as after a visit or a notice; the party is told. Incomplete names what lacks."""
    record.require(actor, Permission.REVIEW, party)
    wrong = {} if found.fact.strip() else {"fact": N_("Write what was found")}
    if found.severity not in SEVERITIES:
        wrong["severity"] = N_("Choose the severity")
    if found.due_on is None or found.due_on <= day_in(work.now()):
        wrong["due_on"] = N_("Choose a day to come")
    if wrong or found.due_on is None:
        raise Incomplete("Something is missing. See the fields marked below.", wrong)
    finding = enter(work, actor, Finding(
        party_id=party.id, severity=found.severity, inspection_id=found.inspection_id, fact=found.fact.strip(),
        due_on=found.due_on, opened_by_id=actor.person_id, owner_id=actor.person_id, reviewer_ids=[actor.person_id]))
    _tell_party(work, finding, "opened", finding.fact)
    return finding


def enter(work: Work, actor: Actor, finding: Finding) -> Finding:
    """Number a new finding by the year of Japan and write it down; the caller has asked who may and tells the party."""
    finding.number, finding.opened_at = work.numbered("F"), work.now()
    work.rows.add(finding)
    record.note(work, actor, finding, "opened", question=finding.question or "", severity=finding.severity,
                fact=Personal(finding.fact))
    return finding


def plan(work: Work, actor: Actor, finding: Finding, text: str) -> None:
    """Send the party's corrective plan; JMDP's person for it is told."""
    record.require(actor, Permission.ANSWER, finding)
    finding.plan = _written(text, "plan", N_("Write what you will do, who does it and by when"))
    record.move(work, actor, finding, Move.PLAN, plan=Personal(finding.plan))
    _tell_desk(work, finding, "planned")


def agree(work: Work, actor: Actor, finding: Finding, due_on: date | None = None) -> None:
    """Agree to the plan, with another due day where one is given; the party is told."""
    record.require(actor, Permission.REVIEW, finding)
    before = finding.due_on
    if due_on is not None and due_on != before:
        if due_on <= day_in(work.now()):
            raise Incomplete("Choose a day to come.", {"due_on": N_("Choose a day to come")})
        finding.due_on = due_on
    _took_part(actor, finding)
    finding.reply = ""
    record.move(work, actor, finding, Move.AGREE, due_before=before.isoformat(), due=finding.due_on.isoformat())
    _tell_party(work, finding, "agreed")


def reject_plan(work: Work, actor: Actor, finding: Finding, reason: str) -> None:
    """Ask the party for another plan, with the reason."""
    record.require(actor, Permission.REVIEW, finding)
    finding.reply = _written(reason, "reason", N_("Write what the plan lacks"))
    _took_part(actor, finding)
    record.move(work, actor, finding, Move.REJECT_PLAN, reason=Personal(finding.reply))
    _tell_party(work, finding, "rejected", finding.reply)


def deliver(work: Work, actor: Actor, finding: Finding, text: str) -> None:
    """Report that the correction is done, with a file that shows it; JMDP's person for it is told."""
    record.require(actor, Permission.ANSWER, finding)
    _shown(work, finding, "result", N_("Attach a file that shows the correction first, then report it"))
    finding.result = _written(text, "result", N_("Write what was done, and when"))
    record.move(work, actor, finding, Move.DELIVER, result=Personal(finding.result))
    _tell_desk(work, finding, "delivered")


def verify(work: Work, actor: Actor, finding: Finding, note: str) -> None:
    """Close a finding on evidence, by a person who took no part in it before (policy I.3, II.11, four eyes)."""
    record.require(actor, Permission.APPROVE, finding)
    _shown(work, finding, "reason", N_("No file shows the correction. Reopen the finding and ask for one"))
    said = _written(note, "reason", N_("Write how you verified it"))
    record.move(work, actor, finding, Move.VERIFY, note=Personal(said))
    finding.closed_at, finding.reply = work.now(), said
    _tell_party(work, finding, "verified", said)


def reopen(work: Work, actor: Actor, finding: Finding, reason: str) -> None:
    """Put a correction that does not hold back into the party's hands, with the reason."""
    record.require(actor, Permission.REVIEW, finding)
    said = _written(reason, "reason", N_("Write what is still to be corrected"))
    _took_part(actor, finding)
    record.move(work, actor, finding, Move.REOPEN, reason=Personal(said))
    finding.closed_at, finding.reply = None, said
    _tell_party(work, finding, "reopened", said)


def take_back(work: Work, actor: Actor, finding: Finding, reason: str) -> None:
    """Take an acceptance of risk back with the reason; the party is asked for a plan, for there may be none yet."""
    record.require(actor, Permission.REVIEW, finding)
    said = _written(reason, "reason", N_("Write why the risk is no longer accepted"))
    _took_part(actor, finding)
    record.move(work, actor, finding, Move.RESUME, reason=Personal(said), until_before=str(finding.accepted_until))
    finding.closed_at, finding.reply, finding.accepted_until = None, said, None
    _tell_party(work, finding, "resumed", said)


def accept_risk(work: Work, actor: Actor, finding: Finding, reason: str, until: date | None) -> None:
    """Accept the risk of a finding for a reason until a day; from then on it counts as stale.

    NeedsStepUp when the proof of sign-in is older than five minutes.
    """
    record.require(actor, Permission.APPROVE, finding)
    record.require_proof(actor, STEP_UP)
    said = _written(reason, "reason", N_("Write why the risk is accepted"))
    if until is None or until <= day_in(work.now()):
        raise Incomplete("Choose the day until which the risk is accepted.", {"until": N_("Choose a day to come")})
    record.move(work, actor, finding, Move.ACCEPT_RISK, reason=Personal(said), until=until.isoformat())
    finding.closed_at, finding.reply, finding.accepted_until = work.now(), said, until
    _tell_party(work, finding, "accepted", said)


def give(work: Work, actor: Actor, finding: Finding, person_id: int) -> None:
    """Name the person of JMDP who follows a finding; whoever follows it does not verify it."""
    record.require(actor, Permission.REVIEW, finding)
    owner = next((person for person in asked.owners(work.rows) if person.id == person_id), None)
    if owner is None:
        raise Incomplete("Choose who follows it.", {"owner": N_("Choose one of the people offered")})
    finding.owner_id = owner.id
    finding.reviewer_ids = sorted({*finding.reviewer_ids, owner.id})
    record.note(work, actor, finding, "given", person=owner.public_id)


def link(work: Work, actor: Actor, finding: Finding, evidence: Evidence) -> None:
    """Let a correction rest on a file of the same party while it is in the party's hands; twice is once."""
    record.require(actor, Permission.ANSWER, finding)
    record.require(actor, Permission.READ_EVIDENCE, evidence)
    if finding.state not in IN_HAND:
        raise NotNow("The correction was reported already. Files can be added again if it is reopened.")
    if evidence.party_id != finding.party_id or evidence.state in ("refused", "purged"):
        raise Incomplete("This file cannot be used here. Choose another one.", {"file": N_("Choose another file")})
    if work.rows.scalar(sa.select(FindingEvidence.id).where(
            FindingEvidence.finding_id == finding.id, FindingEvidence.evidence_id == evidence.id)) is None:
        work.rows.add(FindingEvidence(finding_id=finding.id, party_id=finding.party_id, evidence_id=evidence.id,
                                      linked_by_id=actor.person_id, linked_at=work.now()))
        record.note(work, actor, finding, "evidence_linked", evidence=evidence.public_id, digest=evidence.digest)


def _written(text: str, place: str, problem: str) -> str:
    if not text.strip():
        raise Incomplete("Something is missing. See the fields marked below.", {place: problem})
    return text.strip()


def _shown(work: Work, finding: Finding, place: str, problem: str) -> None:
    """Raise Incomplete unless the correction rests on a file that was not refused or purged."""
    if work.rows.scalar(sa.select(FindingEvidence.id).join(Evidence, Evidence.id == FindingEvidence.evidence_id).where(
            FindingEvidence.finding_id == finding.id, Evidence.state.not_in(("refused", "purged"))).limit(1)) is None:
        raise Incomplete("Something is missing. See the fields marked below.", {place: problem})


def _took_part(actor: Actor, finding: Finding) -> None:
    """Who took part may not verify (four eyes)."""
    finding.reviewer_ids = sorted({*finding.reviewer_ids, actor.person_id})


def _tell_party(work: Work, finding: Finding, what: str, said: str = "") -> None:
    party = work.rows.get_one(Party, finding.party_id)
    for reader in letters.of_party(work, party):
        letters.write(work, reader, "finding", thing=finding.public_id, finding=finding, what=what, said=said)


def _tell_desk(work: Work, finding: Finding, what: str) -> None:
    """Tell who follows the finding, or who opened it."""
    person = work.rows.get_one(Person, finding.owner_id or finding.opened_by_id)
    party = work.rows.get_one(Party, finding.party_id)
    if person.is_active:
        letters.write(work, letters.of_person(person), "finding_desk", thing=finding.public_id, finding=finding,
                      what=what, party=party.name(person.language))
