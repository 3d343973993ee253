"""Judges lines again: those of one party after a change, and once a day those that the passing of days touches."""

from datetime import date

import sqlalchemy as sa

from portal.actions import rejudging, sharing
from portal.core.actor import SYSTEM
from portal.core.readable import day_in
from portal.jobs import runner
from portal.models import Engagement, Party
from portal.queries import touched
from portal.queries.ground import Known
from portal.store.cellar import Cellar

TOGETHER = 10
"""So many parties are judged in one act: what they stand on is read once, and nobody waits long for the lock."""


def ask(cellar: Cellar) -> None:
    """Ask for today's pass; asked twice on a day in Japan it is one."""
    today = day_in(cellar.clock()).isoformat()
    runner.once(cellar, "judge", f"day:{today}", day=today)


def run(cellar: Cellar, party: str = "", relation: str = "", day: str = "") -> None:
    """Judge the lines of a party (public id), of every party in a relation, or those that a day touches."""
    with cellar.read() as rows:
        if party:
            found = list(rows.scalars(sa.select(Party.id).where(Party.public_id == party)))
        elif relation:
            found = list(rows.scalars(sa.select(Engagement.party_id).where(Engagement.relation == relation).distinct()))
        else:
            edition = cellar.catalogue.digests[sharing.RULES_FILE]
            found = touched.parties(rows, touched.last_pass(rows), date.fromisoformat(day), edition)
    known: Known = {}
    for first in range(0, len(found), TOGETHER):
        with cellar.work() as work:
            rejudging.all_of(work, SYSTEM, found[first:first + TOGETHER], known)
