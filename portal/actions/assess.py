"""Assessments of a relation: an approver decides selection and recipients, a lead or reviewer records checks."""

from dataclasses import dataclass
from datetime import date

from portal.actions import record, touching
from portal.core.actor import Actor
from portal.core.assessing import DECIDED, KINDS, Kind, fitting
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.models import Assessment, Engagement, Party
from portal.store.work import Work


@dataclass(frozen=True, slots=True)
class Assessed:
    """What was decided or found: kind, day, outcome, last day it holds, number of the document, a note."""

    kind: str
    on: date
    passed: bool
    reference: str
    until: date | None = None
    note: str = ""


def permission(kind: str) -> Permission:
    """Give the permission that an assessment of a kind needs."""
    return Permission.APPROVE_PARTY if kind in DECIDED else Permission.RECORD_CHECK


def assess(work: Work, actor: Actor, engagement: Engagement, said: Assessed) -> Assessment:
    """Keep an assessment for good; Incomplete names what is missing or does not fit the relation."""
    record.require(actor, permission(said.kind), engagement)
    kinds: dict[str, Kind] = {kind: kind for kind in KINDS}
    problems = {}
    if kinds.get(said.kind) not in fitting(engagement.relation):
        problems["kind"] = N_("Choose a kind that this relation has")
    if said.on > day_in(work.now()):
        problems["on"] = N_("Choose today or a day before")
    if said.until is not None and said.until < said.on:
        problems["until"] = N_("Choose a later day")
    if not said.reference.strip():
        problems["reference"] = N_("Enter the number of the decision or of the document")
    if not said.passed and not said.note.strip():
        problems["note"] = N_("Say what was found")
    if problems:
        raise Incomplete("The assessment is not complete yet.", problems)
    row = Assessment(
        party_id=engagement.party_id, engagement_id=engagement.id, kind=said.kind, made_on=said.on, until=said.until,
        passed=said.passed, reference=said.reference.strip(), note=said.note.strip(), made_by_id=actor.person_id,
        made_at=work.now(),
    )
    work.rows.add(row)
    record.note(work, actor, row, "recorded", kind=said.kind, on=said.on.isoformat(), passed=said.passed,
                until=said.until.isoformat() if said.until else "", reference=Personal(row.reference))
    touching.party(work, work.rows.get_one(Party, engagement.party_id))
    return row
