"""Prints the letter of a consent once, and keeps it in the party's space."""

import sqlalchemy as sa

from portal.actions import consent as acts
from portal.core.actor import SYSTEM
from portal.models import Reentrustment
from portal.packet import letter
from portal.packet.gather.consenting import consent
from portal.packet.pressroom import Pressroom
from portal.queries import reentrustment as asked
from portal.store.cellar import Cellar


def run(cellar: Cellar, reentrustment: str) -> None:
    """Print and keep one letter (public id); one that is kept already is left as it is."""
    with cellar.work() as work:
        row = work.rows.scalars(sa.select(Reentrustment).where(Reentrustment.public_id == reentrustment)).one()
        if asked.letter(work.rows, row) is not None:
            return
        language = acts.language_of(work, row)
    with cellar.read() as rows:
        party, given = consent(rows, cellar.catalogue, reentrustment, language)
    with Pressroom(children=1) as room:
        printed = letter.make(given, room)
    blob = cellar.blobs.keep(party, [printed.pdf])
    with cellar.work() as work:
        row = work.rows.scalars(sa.select(Reentrustment).where(Reentrustment.public_id == reentrustment)).one()
        acts.keep_letter(work, SYSTEM, row, acts.Printed(blob.digest, blob.size, printed.pages, language))
