"""Reminders: each rung of the ladder is decided once for each due day, sent or stopped, and kept either way."""

import sqlalchemy as sa

from portal.actions import letters, record
from portal.core import reminders
from portal.core.actor import SYSTEM, Role
from portal.core.entries import Rung
from portal.core.readable import day_in
from portal.models import Attestation, Membership, Party, Person, Reminder
from portal.queries import reminders as found
from portal.queries import tasks
from portal.store.work import Work


def look(work: Work, attestation_id: int) -> list[Reminder]:
    """Look at one request on the party's morning; gives the reminders that were decided now."""
    attestation = work.rows.scalars(sa.select(Attestation).where(
        Attestation.id == attestation_id).options(*tasks.WITH_ALL)).one()
    where = found.zone(work.rows, attestation.party_id)
    if not found.is_morning(work.now(), where):
        return []
    today = day_in(work.now(), where)
    falling = reminders.falling(work.catalogue.ladder, attestation.due_on, attestation.party.country, today)
    decided = found.decided(work.rows, attestation) if falling else set()
    fresh = [rung for rung in falling if (attestation.due_on, rung.code) not in decided]
    if not fresh:
        return []
    stands = found.standing(work.rows, attestation, today)
    return [_keep(work, attestation, rung, stands) for rung in fresh]


def _keep(work: Work, attestation: Attestation, rung: Rung, stands: reminders.Standing) -> Reminder:
    decision = reminders.decide(rung, stands)
    count = _send(work, attestation, rung, stands) if decision.goes else 0
    row = Reminder(attestation_id=attestation.id, party_id=attestation.party_id, due_on=attestation.due_on,
                   rung=rung.code, outcome=decision.code, letters=count, decided_at=work.now())
    work.rows.add(row)
    if decision.goes:
        record.note(work, SYSTEM, attestation, "reminded", rung=rung.code, letters=count)
    return row


def _send(work: Work, attestation: Attestation, rung: Rung, stands: reminders.Standing) -> int:
    readers = _readers(work, attestation.party, rung)
    for reader in readers:
        letters.write(
            work, reader, rung.text, thing=attestation.public_id, attestation=attestation,
            title=attestation.template.title(reader.language), party=attestation.party.name(reader.language),
            days=abs(rung.days), complete=stands.is_complete, decides=rung.to == "to_approvers",
            questions=attestation.questions)
    return len(readers)


def _readers(work: Work, party: Party, rung: Rung) -> list[letters.Reader]:
    """Whom a rung is for; a party without an officer is written to as a whole."""
    if rung.to == "to_leads":
        return letters.of_role(work, Role.LEAD)
    if rung.to == "to_approvers":
        return letters.of_role(work, Role.APPROVER)
    everybody = letters.of_party(work, party)
    if rung.to == "to_party":
        return everybody
    officers = set(work.rows.scalars(
        sa.select(Person.id).join(Membership, Membership.person_id == Person.id)
        .where(Membership.party_id == party.id, Membership.role == Role.OFFICER.value, Membership.is_active)))
    return [reader for reader in everybody if reader.person_id in officers] or everybody
