"""Absence (不在): stated by the person or an administrator; who decides meanwhile is confirmed by another one."""

import sqlalchemy as sa

from portal.actions import letters, record
from portal.actions.roles import STEP_UP
from portal.core import absence
from portal.core.absence import Stated
from portal.core.actor import Actor, Role
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete, NotNow
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.workflow import Move
from portal.models import Absence, LaterReading, Person, ProxyDecision, StaffRole
from portal.queries import absences
from portal.store.work import Work


def state(work: Work, actor: Actor, person: Person, said: Stated) -> Absence:
    """State that a person is away; a deputy decides in their stead once another administrator has confirmed it.

    Incomplete names what is wrong with the days or the deputy, by field.
    """
    work.hold(person)  # two statements at once would both find the days free
    row = Absence(person_id=person.id, from_on=said.from_on, until_on=said.until_on, deputy_id=said.deputy_id,
                  state="proposed" if said.deputy_id else "standing", made_by_id=actor.person_id, made_at=work.now())
    record.require(actor, Permission.STATE_ABSENCE, row)
    today = day_in(work.now())
    wrong = absence.wrong(said, today, absences.taken(work.rows, person.id, today)) or _deputy(work, person, said)
    if wrong:
        raise Incomplete("Something is missing. See the fields marked below.", wrong)
    work.rows.add(row)
    record.note(work, actor, row, "recorded", person=person.public_id, first=str(row.from_on), last=str(row.until_on),
                deputy=row.deputy_id)
    if row.deputy_id:
        for reader in letters.of_role(work, Role.ADMINISTRATOR):
            if reader.person_id not in (actor.person_id, person.id, row.deputy_id):
                _write(work, reader, row, "proposed")
    return row


def decide(work: Work, actor: Actor, row: Absence, move: Move) -> None:
    """Confirm or refuse a deputy (another administrator than who stated it), or end an absence at once.

    The person and the deputy are told by mail. NeedsStepUp when the proof of sign-in is older than five minutes.
    """
    if move is Move.CONFIRM:
        record.require(actor, Permission.CONFIRM_DEPUTY, row)
        record.require_proof(actor, STEP_UP)
    if row.until_on < day_in(work.now()):
        raise NotNow("These days are over. State the absence anew if it is still needed.")
    record.move(work, actor, row, move)
    row.decided_by_id, row.decided_at = actor.person_id, work.now()
    if row.deputy_id:
        for key in (row.person_id, row.deputy_id):
            if key != actor.person_id:
                _write(work, letters.of_person(work.rows.get_one(Person, key)), row, row.state)


def read_later(work: Work, actor: Actor, decision: ProxyDecision, remark: str) -> LaterReading:
    """Keep that the absent approver has read a decision since (後閲); read twice, the first reading stands."""
    record.require(actor, Permission.READ_LATER, decision)
    found = work.rows.scalar(sa.select(LaterReading).where(LaterReading.decision_id == decision.id))
    if found is not None:
        return found
    row = LaterReading(decision_id=decision.id, party_id=decision.party_id, read_by_id=actor.person_id,
                       read_at=work.now(), remark=remark.strip())
    work.rows.add(row)
    record.note(work, actor, row, "recorded", of=decision.thing, move=decision.move, remark=Personal(row.remark))
    return row


def _deputy(work: Work, person: Person, said: Stated) -> dict[str, str]:
    """What is wrong with the deputy that was named, if anything."""
    if said.deputy_id is None:
        return {}
    held = set(work.rows.scalars(sa.select(StaffRole.role).where(StaffRole.person_id == person.id)))
    if Role.APPROVER.value not in held:
        return {"deputy_id": N_("Only an approver has decisions to leave to a deputy. Choose “No deputy”")}
    if all(deputy.id != said.deputy_id for deputy in absences.deputies(work.rows)) or said.deputy_id == person.id:
        return {"deputy_id": N_("Choose one of the people offered, and somebody else than the absent person")}
    return {}


def _write(work: Work, reader: letters.Reader, row: Absence, what: str) -> None:
    person = work.rows.get_one(Person, row.person_id)
    deputy = work.rows.get_one(Person, row.deputy_id)
    letters.write(work, reader, "deputy", thing=row.public_id, what=what, person=person.name, deputy=deputy.name,
                  first=row.from_on, last=row.until_on)
