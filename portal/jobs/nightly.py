"""The nightly work, once a day of Japan: what has ended or ends soon, rounds, old uploads, litter, the search index."""

import logging
from datetime import date, timedelta

import sqlalchemy as sa

from portal.actions import expiry, ladder, lapsing, recurring
from portal.core import readable
from portal.core.actor import SYSTEM
from portal.jobs import runner
from portal.models import Attestation, Upload
from portal.queries import reentrustment, rounds
from portal.store import index, whole
from portal.store.cellar import Cellar

PART = 200
LITTER = timedelta(days=2)
"""For so long a file may lie without a row; `Blobs.sweep` asks for a day at least."""
log = logging.getLogger(__name__)


def ask(cellar: Cellar) -> None:
    """Ask for today's nightly work, unless that was done."""
    day = readable.day_in(cellar.clock()).isoformat()
    runner.once(cellar, "nightly", day, day=day)


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
    _lapse(cellar, date.fromisoformat(day))
    _forget(cellar)
    _enter(cellar)
    _sweep(cellar)


def _sweep(cellar: Cellar) -> None:
    """Litter: files that no row names and unfinished uploads, both untouched for days, of acts that came to nothing.

    What a row names is read first: bytes that are kept again meanwhile have a new time and stay.
    """
    with cellar.read() as rows:
        known = set(whole.named(rows))
    swept = cellar.blobs.sweep(lambda party, digest: (party, digest) in known, cellar.clock() - LITTER)
    if swept:
        log.info("%s files that no row names were removed", len(swept))


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


def _lapse(cellar: Cellar, day: date) -> None:
    """Re-entrustments: both sides are told of those that end, and those past their last day are over."""
    with cellar.work() as work:
        lapsing.tell(work, day)
    with cellar.read() as rows:
        over = reentrustment.past_their_day(rows, day)
    for key in over:
        with cellar.work() as work:
            lapsing.lapse(work, key)


def _forget(cellar: Cellar) -> None:
    """Uploads past their time: the row first, so that nobody goes on with them, the pieces after."""
    with cellar.work() as work:
        late = list(work.rows.scalars(sa.select(Upload).where(Upload.expires_at <= work.now())))
        names = [upload.public_id for upload in late]
        for upload in late:
            work.rows.delete(upload)
    for name in names:
        cellar.blobs.stage(name).discard()
