"""Upkeep by the administrator: jobs tried again, mails sent again, the ledger proven."""

import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from portal.actions import delivery, record
from portal.core.actor import Actor
from portal.core.errors import NotNow
from portal.core.policy import Permission
from portal.models import Job, Mail
from portal.store.work import Work

SHOWN = 50


def try_again(work: Work, actor: Actor, job: Job) -> None:
    """Put a failed job back into the queue; NotNow for any other."""
    record.require(actor, Permission.RUN_JOBS)
    if job.status != "failed":
        raise NotNow("This job has not failed. Reload the page to see where it stands.")
    work.again(job)
    record.note(work, actor, job, "tried_again", kind=job.kind)


def send_again(work: Work, actor: Actor, mail: Mail) -> None:
    """Send a mail again that bounced or failed; one whose link is used up needs a new invitation instead."""
    record.require(actor, Permission.RUN_JOBS)
    delivery.queue_again(work, actor, mail)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the ledger found: entries, root (hex) and faults in words."""

    size: int
    root: str
    faults: tuple[str, ...]


def ask_proof(work: Work, actor: Actor) -> Job:
    """Ask for a check of the whole ledger; while one is under way, that one."""
    record.require(actor, Permission.READ_LEDGER)
    running = work.rows.scalar(sa.select(Job).where(Job.kind == "verify", Job.status.in_(("queued", "running"))))
    if running is not None:
        return running
    key = secrets.token_hex(8)
    return work.job("verify", key, asked=key)


def verified(work: Work, actor: Actor, job: Job, found: Checked) -> None:
    """Keep what a check found with its job, and in the ledger."""
    lines = [f"{found.size} {found.root}", *found.faults[:SHOWN]]
    job.result = "\n".join(lines)
    record.note(work, actor, job, "verified", size=found.size, faults=len(found.faults))
