"""What leaves the house: mails with their state and text, jobs with what became of them."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.errors import NotFound
from portal.core.policy import Permission, require
from portal.models import Job, Mail
from portal.queries.visible import GONE

PAGE = 50
MAIL_STATES = ("queued", "sent", "failed", "bounced", "held", "gathered")
JOB_STATES = ("queued", "running", "failed", "done")


def mails(rows: Session, actor: Actor, words: str, state: str, page: int) -> list[Mail]:
    """Give one page of mails, newest first, of a state or of all; one more than a page tells there is a next."""
    require(actor, Permission.READ_OUTBOX)
    asked = sa.select(Mail).order_by(Mail.id.desc()).limit(PAGE + 1).offset((page - 1) * PAGE)
    if state:
        asked = asked.where(Mail.status == state)
    for word in words.split():
        asked = asked.where(sa.or_(Mail.recipient.icontains(word, autoescape=True),
                                   Mail.subject.icontains(word, autoescape=True)))
    return list(rows.scalars(asked))


def mail(rows: Session, actor: Actor, public_id: str) -> Mail:
    """Give one mail; NotFound when there is none."""
    require(actor, Permission.READ_OUTBOX)
    found = rows.scalar(sa.select(Mail).where(Mail.public_id == public_id))
    if found is None:
        raise NotFound(GONE)
    return found


def jobs(rows: Session, actor: Actor, state: str, page: int) -> list[Job]:
    """Give one page of jobs, newest first, of a state or of all; one more than a page tells there is a next."""
    require(actor, Permission.RUN_JOBS)
    asked = sa.select(Job).order_by(Job.id.desc()).limit(PAGE + 1).offset((page - 1) * PAGE)
    return list(rows.scalars(asked.where(Job.status == state) if state else asked))


def job(rows: Session, actor: Actor, public_id: str) -> Job:
    """Give one job; NotFound when there is none."""
    require(actor, Permission.RUN_JOBS)
    found = rows.scalar(sa.select(Job).where(Job.public_id == public_id))
    if found is None:
        raise NotFound(GONE)
    return found


def counts(rows: Session, actor: Actor) -> Mapping[str, int]:
    """Give how many mails and jobs are in the states that somebody should look at."""
    require(actor, Permission.READ_OUTBOX)
    found = rows.execute(sa.select(
        *(sa.select(sa.func.count()).where(Mail.status == state).scalar_subquery().label(f"mail_{state}")
          for state in MAIL_STATES),
        *(sa.select(sa.func.count()).where(Job.status == state).scalar_subquery().label(f"job_{state}")
          for state in JOB_STATES),
    )).one()
    return dict(found._mapping)
