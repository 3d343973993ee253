"""Judges lines again: those of one party after a change, and once a day those that the passing of days touches."""

from datetime import date

import sqlalchemy as sa

from portal.actions import rejudging, sharing
from portal.core.actor import SYSTEM
from portal.core.readable import day_in
from portal.jobs import runner
from portal.models import Engagement, Party, ScopeLine
from portal.queries import touched
from portal.store.cellar import Cellar


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
    for party_id in found:
        _party(cellar, party_id)


def _party(cellar: Cellar, party_id: int) -> None:
    with cellar.work() as work:
        for line in work.rows.scalars(sa.select(ScopeLine).where(
                ScopeLine.party_id == party_id, ScopeLine.state != "ended").order_by(ScopeLine.id)).all():
            rejudging.again(work, SYSTEM, line)
