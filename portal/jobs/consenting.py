"""Prints and seals the letter of a consent once, and keeps it in the party's space."""

import sqlalchemy as sa

from portal.actions import consent as acts
from portal.core.actor import SYSTEM
from portal.jobs import sealing
from portal.models import Reentrustment
from portal.packet import letter
from portal.packet.gather import consenting
from portal.queries import reentrustment as requests
from portal.store.cellar import Cellar


def run(cellar: Cellar, reentrustment: str) -> None:
    """Print, seal and keep one letter (public id); one that is kept already is left as it is."""
    asked = sa.select(Reentrustment).where(Reentrustment.public_id == reentrustment)
    with cellar.read() as rows:
        if requests.letter(rows, rows.scalars(asked).one()) is not None:
            return
        party, contents = consenting.consent(rows, cellar.catalogue, reentrustment)
    blob, pages = sealing.paper(cellar, party, lambda room: letter.make(contents, room))
    with cellar.work() as work:
        acts.keep_letter(work, SYSTEM, work.rows.scalars(asked).one(), blob, pages)
