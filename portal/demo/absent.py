"""The approver's absences in the demo: one that is over, with a decision by proxy to be read later, and one to come."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from portal.actions import absences
from portal.core.absence import Stated
from portal.core.actor import Actor
from portal.core.readable import day_in
from portal.core.workflow import Move
from portal.models import Person
from portal.queries import sessions
from portal.store.cellar import Cellar


def deputy(cellar: Cellar, staff: Mapping[str, Actor]) -> Actor:
    """Let the approver be away for two days, and give the lead as who decides in their stead on the first."""
    lead, approver = staff["lead"], staff["approver"]
    with cellar.work() as work:
        today, person = day_in(work.now()), work.rows.get_one(Person, approver.person_id)
        row = absences.state(work, approver, person, Stated(today, today + timedelta(days=1), lead.person_id))
        work.rows.flush()
        absences.decide(work, staff["administrator"], row, Move.CONFIRM)
        later = today + timedelta(days=17)
        absences.state(work, approver, person, Stated(later, later + timedelta(days=4), lead.person_id))
        work.rows.flush()
        return replace(lead, stands_in=sessions.principals(work.rows, lead.person_id, today))
