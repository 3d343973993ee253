"""The nightly work, once a day of Japan: evidence that ended, rounds and contracts, old uploads, the search index."""

from datetime import date

import sqlalchemy as sa

from portal.actions import expiry, ladder, recurring
from portal.core import readable
from portal.core.actor import SYSTEM
from portal.models import Attestation, Job, Upload
from portal.queries import rounds
from portal.store import index
from portal.store.cellar import Cellar

PART = 200


def ask(cellar: Cellar) -> None:
    """Ask for today's nightly work, unless that was done."""
    day = readable.day_in(cellar.clock()).isoformat()
    with cellar.read() as rows:
        if rows.scalar(sa.select(Job.id).where(Job.key == f"nightly:{day}")) is not None:
            return
    with cellar.work() as work:
        work.job("nightly", day, day=day)


def run(cellar: Cellar, day: str) -> None:
    """Do the nightly work of a day (ISO); done again it finds nothing left to do."""
    with cellar.read() as rows:
        found = expiry.touched(rows, date.fromisoformat(day))
    for attestation in found:
        with cellar.work() as work:
            expiry.renew(work, SYSTEM, work.rows.get_one(Attestation, attestation))
    _recur(cellar, date.fromisoformat(day))
    with cellar.work() as work:
        ladder.tell(work, date.fromisoformat(day))
    _forget(cellar)
    _enter(cellar)


def _enter(cellar: Cellar) -> None:
    """What the search does not know yet, as after an upgrade, a part at a time."""
    while True:
        with cellar.work() as work:
            found = index.missing(work.rows, PART)
            index.write(work.rows, found)
        if not found:
            return


def _recur(cellar: Cellar, day: date) -> None:
    """Begin each round whose turn has come, each in an act of its own."""
    with cellar.read() as rows:
        due = rounds.recurring(rows, day)
    for public_id in due:
        with cellar.work() as work:
            recurring.again(work, rounds.one_of(work.rows, public_id))


def _forget(cellar: Cellar) -> None:
    """Uploads past their time: the row first, so that nobody goes on with them, the pieces after."""
    with cellar.work() as work:
        late = list(work.rows.scalars(sa.select(Upload).where(Upload.expires_at <= work.now())))
        names = [upload.public_id for upload in late]
        for upload in late:
            work.rows.delete(upload)
    for name in names:
        cellar.blobs.stage(name).discard()
