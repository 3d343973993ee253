"""Sessions: begun after proof, touched, stepped up, ended; the cookie's secret is kept hashed."""

import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from portal.actions import record
from portal.core.actor import Actor
from portal.core.errors import NotFound
from portal.models import LoginSession, Person
from portal.queries.sessions import hashed
from portal.store.work import Work


@dataclass(frozen=True, slots=True)
class Browser:
    """What is kept of the browser for the list of sessions."""

    name: str = ""
    address: str = ""


def begin(work: Work, person: Person, party_id: int | None, browser: Browser, *, second_factor: bool) -> str:
    """Begin a session for a person who proved who they are; gives the secret for the cookie."""
    secret = secrets.token_urlsafe(32)
    row = LoginSession(
        id_hash=hashed(secret), person_id=person.id, party_id=party_id, has_second_factor=second_factor,
        started_at=work.now(), seen_at=work.now(), browser=browser.name[:200], address=browser.address[:60],
    )
    work.rows.add(row)
    record.note(work, Actor(person.id, person.name, frozenset()), row, "begun", second_factor=second_factor)
    return secret


def touch(work: Work, session_id: int) -> None:
    """Remember that the session was used now."""
    work.rows.execute(
        sa.update(LoginSession).where(LoginSession.id == session_id).values(seen_at=work.now())
    )


def step_up(work: Work, actor: Actor, session_id: int) -> None:
    """Remember that the person proved again who they are; good for five minutes."""
    row = work.rows.get_one(LoginSession, session_id)
    row.stepped_up_at = work.now()
    record.note(work, actor, row, "stepped_up")


def revoke(work: Work, actor: Actor, public_id: str) -> None:
    """End one of the actor's own sessions; NotFound when it is not theirs."""
    row = work.rows.scalar(
        sa.select(LoginSession).where(
            LoginSession.public_id == public_id, LoginSession.person_id == actor.person_id
        )
    )
    if row is None:
        raise NotFound("This session is not yours or has ended already.")
    row.revoked_at = row.revoked_at or work.now()
    record.note(work, actor, row, "revoked")


def end(work: Work, actor: Actor, session_id: int) -> None:
    """Sign out: end the session in use."""
    row = work.rows.get_one(LoginSession, session_id)
    row.revoked_at = work.now()
    record.note(work, actor, row, "ended")
