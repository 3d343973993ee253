"""Proves the whole ledger when asked: the result stands with the job and is itself an entry."""

import sqlalchemy as sa

from portal.actions import upkeep
from portal.core.actor import SYSTEM
from portal.models import Job
from portal.store import keys, proof
from portal.store.cellar import Cellar, outside


def run(cellar: Cellar, asked: str) -> None:
    """Recompute everything from the first entry and keep what was found with the job asked for under this key."""
    with cellar.read() as rows:
        found = proof.check(rows, keys.log_key(cellar.settings.keys), outside(cellar.settings))
    with cellar.work() as work:
        job = work.rows.scalars(sa.select(Job).where(Job.key == f"verify:{asked}")).one()
        upkeep.verified(work, SYSTEM, job, upkeep.Checked(found.size, found.root.hex(), tuple(found.faults)))
