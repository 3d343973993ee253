"""Rounds that come again: begun by the day's work in the name of who started them, for those whose check is due."""

from dataclasses import replace
from datetime import timedelta

from portal.actions import letters, rounds
from portal.core.actor import Role
from portal.core.dates import add_months
from portal.core.readable import day_in
from portal.models import Round
from portal.queries import choosing
from portal.store.work import Work


def again(work: Work, going: Round) -> Round | None:
    """Begin the round that follows one; None where nobody leads it any more or nobody is due, told to the leads."""
    today = day_in(work.now())
    wanted, actor = wanted_of(going), rounds.starter(work, going)
    targets = []
    if actor is not None:
        shift = going.due_on - day_in(going.started_at)
        wanted = replace(wanted, due_on=today + max(shift, timedelta(days=1)), by_cadence=True)
        targets = [rounds.Target(row.party.id, row.template.id, row.due_on)
                   for row in choosing.candidates(work.rows, actor, wanted, today) if not row.asked_as]
    months, going.next_on, going.repeat_months = going.repeat_months, None, 0
    if actor is None or not targets:
        going.repeat_months, going.next_on = months, add_months(today, months)
        for reader in letters.of_role(work, Role.LEAD):
            letters.write(work, reader, "round_empty", round=going, has_lead=actor is not None)
        return None
    plan = rounds.Plan(going.title, wanted.due_on, going.template_id, going.business_days, going.note, months,
                       dict(going.wanted))
    return rounds.begin(work, actor, plan, targets)


def wanted_of(going: Round) -> choosing.Wanted:
    """Give the filter with which a round was begun."""
    kept = {name: going.wanted.get(name, "") for name in ("words", "kind", "country", "tier", "template", "lead")}
    return choosing.Wanted(going.due_on, business_days=going.business_days,
                           chosen=tuple(going.wanted.get("chosen", ())), **kept)
