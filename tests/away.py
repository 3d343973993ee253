"""An approver who is away, and the deputy's actor as a session would load it."""

from dataclasses import replace
from datetime import date, timedelta

from portal.actions import absences, consent
from portal.core.absence import Stated
from portal.core.actor import Actor
from portal.core.readable import day_in
from portal.core.workflow import Move
from portal.models import Absence, Person
from portal.queries import absences as known
from portal.queries import sessions
from portal.store.cellar import Cellar
from tests import reentrusted
from tests.cast import Cast, Member


def today(cellar: Cellar) -> date:
    """The cellar's day in Japan."""
    return day_in(cellar.clock())


def stated(cellar: Cellar, cast: Cast, deputy: Member | None, by: Member | None = None, first: date | None = None
           ) -> Absence:
    """The approver's absence of eleven days from today on, stated by them, unless it is said otherwise."""
    first = first or today(cellar)
    with cellar.work() as work:
        person = work.rows.get_one(Person, cast.approver.person_id)
        said = Stated(first, first + timedelta(days=10), deputy.person_id if deputy else None)
        return absences.state(work, (by or cast.approver).actor, person, said)


def decided(cellar: Cellar, actor: Actor, row: Absence, move: Move) -> None:
    """A decision on an absence by somebody who has just proven who they are."""
    with cellar.work() as work:
        absences.decide(work, replace(actor, has_stepped_up=True),
                        known.one(work.rows, actor, row.public_id), move)


def away(cellar: Cellar, cast: Cast, deputy: Member) -> Absence:
    """The approver is away, and the deputy was confirmed."""
    row = stated(cellar, cast, deputy)
    decided(cellar, cast.administrator.actor, row, Move.CONFIRM)
    return row


def standing(cellar: Cellar, deputy: Member) -> Actor:
    """The deputy as a session that has stepped up would load them now."""
    with cellar.read() as rows:
        found = sessions.principals(rows, deputy.person_id, today(cellar))
    return replace(deputy.actor, stands_in=found, has_stepped_up=True)


def build(cellar: Cellar, cast: Cast, contract_id: str) -> dict[str, str]:
    """A decision that a deputy made for the approver, and an absence that still waits for its confirmation."""
    body = reentrusted.passed(cellar, cast, contract_id)
    row = away(cellar, cast, cast.lead)
    with cellar.work() as work:
        consent.decline(work, standing(cellar, cast.lead), reentrusted.row(work, body), "例")
        found = known.on(work.rows, cast.lead.actor, "reentrustment", body)[0].row.public_id
    decided(cellar, cast.approver.actor, row, Move.END)
    return {"decided": found, "absence": stated(cellar, cast, cast.lead).public_id}
