"""Prints and seals the receipt of a submitted version once, and keeps it in the party's space."""

import sqlalchemy as sa

from portal.actions import receipts as acts
from portal.core.actor import SYSTEM
from portal.jobs import sealing
from portal.models import AttestationVersion
from portal.packet import receipt
from portal.packet.gather import receiving
from portal.queries import receipts
from portal.store.cellar import Cellar


def run(cellar: Cellar, version: str) -> None:
    """Print, seal and keep the receipt of one version (public id); one that is kept already is left as it is."""
    asked = sa.select(AttestationVersion).where(AttestationVersion.public_id == version)
    with cellar.read() as rows:
        if receipts.of(rows, SYSTEM, rows.scalars(asked).one()) is not None:
            return
        party, contents = receiving.receipt(rows, version)
    blob, pages = sealing.paper(cellar, party, lambda room: receipt.make(contents, room))
    with cellar.work() as work:
        acts.keep(work, SYSTEM, work.rows.scalars(asked).one(), blob, pages)
