"""Asks the parties of a round, some at a time, so that a worker that dies leaves no half request."""

import sqlalchemy as sa

from portal.actions import rounds
from portal.models import Round
from portal.store.cellar import Cellar


def run(cellar: Cellar, round: str) -> None:
    """Ask every party of a round that was not asked yet; run again it goes on where it was."""
    left = True
    while left:
        with cellar.work() as work:
            going = work.rows.scalars(sa.select(Round).where(Round.public_id == round)).one()
            left = rounds.ask_next(work, going)
