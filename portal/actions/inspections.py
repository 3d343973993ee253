"""Inspections (実地監査): planned, announced to the party, held and recorded, with files; findings come of them."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from portal.actions import letters, record
from portal.core.actor import Actor
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete, NotNow
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.workflow import Move
from portal.models import Evidence, Inspection, InspectionFile, Party
from portal.store.work import Work


@dataclass(frozen=True, slots=True)
class Planned:
    """A visit as planned: the day in Japan, where, what is looked at (a line each), who comes, who receives."""

    on: date | None
    place: str
    points: str
    ours: str
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A visit as it was: the day in Japan, who was there, and what it came to, as the party reads it."""

    on: date | None
    attended: str
    result: str


def plan(work: Work, actor: Actor, party: Party, planned: Planned) -> Inspection:
    """Plan a visit; the party does not know of it yet. Incomplete names what lacks."""
    record.require(actor, Permission.INSPECT, party)
    wrong = {} if planned.on and planned.on > day_in(work.now()) else {"on": N_("Choose a day to come")}
    wrong |= {name: said for name, text, said in (
        ("place", planned.place, N_("Write where")), ("points", planned.points, N_("Write what is looked at")),
        ("ours", planned.ours, N_("Write who comes"))) if not text.strip()}
    if wrong or planned.on is None:
        raise Incomplete("Something is missing. See the fields marked below.", wrong)
    row = Inspection(
        number=work.numbered("V"), party_id=party.id, planned_on=planned.on,
        place=planned.place.strip(), points=planned.points.strip(), ours=planned.ours.strip(),
        theirs=planned.theirs.strip(), made_by_id=actor.person_id, made_at=work.now())
    work.rows.add(row)
    record.note(work, actor, row, "added", on=planned.on.isoformat(), place=Personal(row.place))
    return row


def announce(work: Work, actor: Actor, inspection: Inspection) -> None:
    """Tell the party of the visit in one letter."""
    inspection.announced_at = work.now()
    record.move(work, actor, inspection, Move.ANNOUNCE, on=inspection.planned_on.isoformat())
    _tell(work, inspection, "announced")


def hold(work: Work, actor: Actor, inspection: Inspection, held: Held) -> None:
    """Record how the visit went and write the result to the party; Incomplete names what lacks."""
    record.require(actor, Permission.INSPECT, inspection)
    wrong = {} if held.on and held.on <= day_in(work.now()) else {"on": N_("Choose today or a day before")}
    wrong |= {name: said for name, text, said in (
        ("attended", held.attended, N_("Write who was there")),
        ("result", held.result, N_("Write what the visit came to"))) if not text.strip()}
    if wrong:
        raise Incomplete("Something is missing. See the fields marked below.", wrong)
    inspection.held_on, inspection.attended, inspection.result = held.on, held.attended.strip(), held.result.strip()
    record.move(work, actor, inspection, Move.VISIT, on=str(held.on), attended=Personal(inspection.attended),
                result=Personal(inspection.result))
    _tell(work, inspection, "held")


def cancel(work: Work, actor: Actor, inspection: Inspection, reason: str) -> None:
    """Cancel a visit for a reason; the party is told where it knew of it."""
    record.require(actor, Permission.INSPECT, inspection)
    if not reason.strip():
        raise Incomplete("Something is missing. See the fields marked below.", {"reason": N_("Write why")})
    record.move(work, actor, inspection, Move.WITHDRAW, reason=Personal(reason.strip()))
    if inspection.announced_at is not None:
        _tell(work, inspection, "cancelled", reason.strip())


def attach(work: Work, actor: Actor, inspection: Inspection, evidence: Evidence) -> None:
    """Keep a photo or paper with the visit; twice is once."""
    record.require(actor, Permission.INSPECT, inspection)
    if inspection.state == "cancelled":
        raise NotNow("This visit was cancelled. Plan a new one, and keep the file with that.")
    if evidence.party_id != inspection.party_id or evidence.state in ("refused", "purged"):
        raise Incomplete("This file cannot be used here. Choose another one.", {"file": N_("Choose another file")})
    if work.rows.scalar(sa.select(InspectionFile.id).where(
            InspectionFile.inspection_id == inspection.id, InspectionFile.evidence_id == evidence.id)) is None:
        work.rows.add(InspectionFile(inspection_id=inspection.id, party_id=inspection.party_id,
                                     evidence_id=evidence.id, linked_by_id=actor.person_id, linked_at=work.now()))
        record.note(work, actor, inspection, "file_attached", evidence=evidence.public_id, digest=evidence.digest)


def _tell(work: Work, inspection: Inspection, what: str, said: str = "") -> None:
    for reader in letters.of_party(work, work.rows.get_one(Party, inspection.party_id)):
        letters.write(work, reader, "inspection", thing=inspection.public_id, visit=inspection, what=what, said=said)
