"""Runs one job at a time under a lease, so that a killed worker loses nothing and nothing runs twice at once."""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from portal.models import Job
from portal.store.cellar import Cellar

Handler = Callable[..., None]
LEASE = timedelta(minutes=10)
TRIES = 6
log = logging.getLogger(__name__)


class Later(Exception):
    """The work cannot be done now (a server is down); it is tried again and does not count as a fault."""


def once(cellar: Cellar, kind: str, key: str, **args: Any) -> None:
    """Ask for work that is to be done once for a key; asked again, as each minute, it only looks."""
    with cellar.read() as rows:
        if rows.scalar(sa.select(Job.id).where(Job.key == f"{kind}:{key}")) is not None:
            return
    with cellar.work() as work:
        work.job(kind, key, **args)


def lease(cellar: Cellar, job_id: int) -> tuple[str, Mapping[str, Any], int] | None:
    """Take a due job; gives (kind, args, tries), or None when somebody else has it or it is done."""
    with cellar.work() as work:
        now = work.now()
        free = sa.or_(Job.status == "queued", sa.and_(Job.status == "running", Job.lease_until < now))
        taken = work.rows.execute(
            sa.update(Job).where(Job.id == job_id, free, Job.due_at <= now)
            .values(status="running", lease_until=now + LEASE, tries=Job.tries + 1)
        )
        if getattr(taken, "rowcount", 0) != 1:
            return None
        job = work.rows.get_one(Job, job_id, populate_existing=True)
        return job.kind, job.args, job.tries


def run(cellar: Cellar, kinds: Mapping[str, Handler], job_id: int) -> bool:
    """Run a job to its end or put it back with a longer wait; gives whether it was run at all."""
    if (taken := lease(cellar, job_id)) is None:
        return False
    kind, args, tries = taken
    try:
        kinds[kind](cellar, **args)
    except Exception as error:
        log.exception("job %s (%s) failed at try %s", job_id, kind, tries)
        _put_back(cellar, job_id, tries, error)
    else:
        _finish(cellar, job_id)
    return True


def _finish(cellar: Cellar, job_id: int) -> None:
    with cellar.work() as work:
        job = work.rows.get_one(Job, job_id)
        job.status, job.finished_at, job.lease_until, job.error = "done", work.now(), None, ""


def _put_back(cellar: Cellar, job_id: int, tries: int, error: Exception) -> None:
    with cellar.work() as work:
        job = work.rows.get_one(Job, job_id)
        job.error, job.lease_until = f"{type(error).__name__}: {error}"[:500], None
        if tries >= TRIES and not isinstance(error, Later):
            job.status, job.finished_at = "failed", work.now()
            return
        job.status = "queued"
        job.due_at = work.now() + timedelta(seconds=min(15 * 2**tries, 3600))


def due(cellar: Cellar, limit: int = 100, kind: str = "") -> list[int]:
    """Give the jobs (of one kind) that wait and are due, oldest first, and those whose worker died."""
    now = cellar.clock()
    waiting = sa.or_(
        sa.and_(Job.status == "queued", Job.due_at <= now),
        sa.and_(Job.status == "running", Job.lease_until < now),
    )
    if kind:
        waiting = sa.and_(waiting, Job.kind == kind)
    with cellar.read() as rows:
        return list(rows.scalars(sa.select(Job.id).where(waiting).order_by(Job.id).limit(limit)))


def drain(cellar: Cellar, kinds: Mapping[str, Handler], limit: int = 10_000) -> int:
    """Run due jobs in this process until none is left, for the command line and tests; gives how many ran."""
    done = 0
    while done < limit and (waiting := due(cellar)):
        ran = sum(run(cellar, kinds, job_id) for job_id in waiting)
        if not ran:
            break
        done += ran
    return done
