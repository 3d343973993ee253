"""Supervision rounds (定期点検): begun by the lead, sent out by a job, extended, paused or withdrawn as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from portal.actions import attest, record
from portal.core.actor import Actor, Role
from portal.core.dates import add_months, fiscal_year
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete, NotNow, Refusal
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.workflow import THEIRS, Move
from portal.models import Attestation, Party, Person, Round, RoundParty, StaffRole, Template
from portal.store.work import Work

BATCH = 20
CADENCES = (0, 6, 12, 24)
WITHDRAWN = N_("The round was withdrawn before this party was asked.")
NOT_LEAD = N_("Who started this round no longer leads supervision. Start it again yourself.")


@dataclass(frozen=True, slots=True)
class Target:
    """One party, the checklist it is asked for, and its own due day."""

    party_id: int
    template_id: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Plan:
    """What a round is: its name, checklist (none: by kind of party), due day, note, and how it was chosen."""

    title: str
    due_on: date
    template_id: int | None = None
    business_days: int = 0
    note: str = ""
    repeat_months: int = 0
    wanted: Mapping[str, Any] = field(default_factory=dict)


def begin(work: Work, actor: Actor, plan: Plan, targets: Sequence[Target]) -> Round:
    """Begin a round; a job asks the parties afterwards, and goes on where it was cut off."""
    record.require(actor, Permission.REQUEST)
    _complete(work, plan, targets)
    today = day_in(work.now())
    made = Round(
        title=plan.title.strip(), fiscal_year=fiscal_year(today), template_id=plan.template_id, due_on=plan.due_on,
        business_days=plan.business_days, note=plan.note.strip(), wanted=dict(plan.wanted),
        repeat_months=plan.repeat_months, started_by_id=actor.person_id, started_at=work.now(),
        next_on=add_months(today, plan.repeat_months) if plan.repeat_months else None,
    )
    work.rows.add(made)
    work.rows.flush()
    work.rows.add_all(RoundParty(round_id=made.id, party_id=target.party_id, template_id=target.template_id,
                                 due_on=target.due_on) for target in targets)
    record.note(work, actor, made, "begun", parties=len(targets), due=plan.due_on.isoformat(),
                repeat_months=plan.repeat_months)
    work.job("round", made.public_id, round=made.public_id)
    return made


def _complete(work: Work, plan: Plan, targets: Sequence[Target]) -> None:
    wrong = {}
    if not plan.title.strip():
        wrong["title"] = N_("Enter a name for the round")
    if plan.due_on <= day_in(work.now()):
        wrong["due_on"] = N_("Choose a day to come")
    if plan.repeat_months not in CADENCES:
        wrong["repeat_months"] = N_("Choose one of the intervals offered")
    if not targets:
        wrong["pick"] = N_("Choose at least one party")
    if wrong:
        raise Incomplete("The round cannot begin yet. See the fields marked below.", wrong)


def starter(work: Work, going: Round) -> Actor | None:
    """Give who started a round as an actor, or None where that person no longer leads."""
    person = work.rows.get_one(Person, going.started_by_id)
    leads = work.rows.scalar(sa.select(StaffRole.id).where(
        StaffRole.person_id == person.id, StaffRole.role == Role.LEAD.value))
    return Actor(person.id, person.name, frozenset({Role.LEAD})) if leads and person.is_active else None


def ask_next(work: Work, going: Round) -> bool:
    """Ask the next parties of a round; gives whether any may be left. One that cannot be asked is told on its row."""
    waiting = list(work.rows.scalars(
        sa.select(RoundParty).where(RoundParty.round_id == going.id, ~RoundParty.is_settled)
        .order_by(RoundParty.id).limit(BATCH)))
    actor = starter(work, going)
    for row in waiting:
        row.is_settled = True
        try:
            if actor is None:
                raise NotNow(NOT_LEAD)
            row.attestation_id = _ask(work, actor, going, row)
        except Refusal as refusal:
            row.refusal = {"message": refusal.message, "values": refusal.values}
    if waiting:
        return True
    if going.state == "opening" and actor is not None:
        record.move(work, actor, going, Move.ACTIVATE)
    return False


def _ask(work: Work, actor: Actor, going: Round, row: RoundParty) -> int:
    template = work.rows.get_one(Template, row.template_id)
    made = attest.request(work, actor, work.rows.get_one(Party, row.party_id), attest.Asked(
        template, going.fiscal_year, row.due_on, going.note, going.id))
    return made.id


def pause(work: Work, actor: Actor, going: Round, reason: str) -> None:
    """Pause a round: parties may go on answering, reminders rest until it is resumed."""
    record.move(work, actor, going, Move.STOP, reason=Personal(_said(reason)))


def resume(work: Work, actor: Actor, going: Round) -> None:
    """Resume a paused round."""
    record.move(work, actor, going, Move.RESUME)


def extend(work: Work, actor: Actor, going: Round, due_on: date, picked: Sequence[str] = ()) -> int:
    """Put off the due day of the picked attestations of a round (none picked: all in the parties' hands); tell them.

    Those that are due later already stay as they are; gives how many were put off.
    """
    record.require(actor, Permission.REQUEST, going)
    if due_on <= day_in(work.now()):
        raise Incomplete("Choose a day to come.", {"due_on": N_("Choose a day to come")})
    found = [row for row in _theirs(work, going)
             if row.due_on < due_on and (not picked or row.public_id in picked)]
    for attestation in found:
        attest.extend(work, actor, attestation, due_on)
    if not picked:
        going.due_on = max(going.due_on, due_on)
    record.note(work, actor, going, "extended", due=due_on.isoformat(), attestations=len(found))
    return len(found)


def withdraw(work: Work, actor: Actor, going: Round, reason: str) -> int:
    """Withdraw a round with its requests that are not submitted, and tell the parties why; gives how many."""
    said = _said(reason)
    record.move(work, actor, going, Move.WITHDRAW, reason=Personal(said))
    going.repeat_months, going.next_on = 0, None
    for row in work.rows.scalars(sa.select(RoundParty).where(
            RoundParty.round_id == going.id, ~RoundParty.is_settled)):
        row.is_settled, row.refusal = True, {"message": WITHDRAWN, "values": {}}
    found = _theirs(work, going)
    for attestation in found:
        attest.withdraw(work, actor, attestation, said)
    return len(found)


def rest(work: Work, actor: Actor, going: Round) -> None:
    """End the recurrence of a round; what is under way goes on."""
    record.require(actor, Permission.REQUEST, going)
    going.repeat_months, going.next_on = 0, None
    record.note(work, actor, going, "ended")


def _said(reason: str) -> str:
    if not reason.strip():
        raise Incomplete("Write the reason.", {"reason": N_("Write the reason")})
    return reason.strip()


def _theirs(work: Work, going: Round) -> list[Attestation]:
    return list(work.rows.scalars(
        sa.select(Attestation).where(Attestation.round_id == going.id, Attestation.state.in_(THEIRS))
        .order_by(Attestation.id)))
