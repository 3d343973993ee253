"""Looks every half hour whose digest is due: at the reader's chosen time of their own clock it goes out."""

import sqlalchemy as sa

from portal.actions import digests
from portal.jobs import runner
from portal.jobs.reminding import slot as half_hour
from portal.models import Mail
from portal.store.cellar import Cellar


def ask(cellar: Cellar) -> None:
    """Ask for the look of this half hour; asked again it is one job."""
    key = half_hour(cellar.clock())
    runner.once(cellar, "digest", key, slot=key)


def run(cellar: Cellar, slot: str) -> None:
    """Make every digest that is due, each in an act of its own: what went out stays out whatever comes after."""
    with cellar.read() as rows:
        found = rows.scalars(sa.select(Mail.person_id).where(
            Mail.status == "held", Mail.person_id.is_not(None)).distinct().order_by(Mail.person_id)).all()
    for person_id in found:
        with cellar.work() as work:
            digests.send(work, person_id or 0)
