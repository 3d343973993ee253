"""Sessions: begun after proof, touched, stepped up, ended; the cookie's secret is kept hashed."""

import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from portal.actions import letters, record
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
    device: str = ""


def begin(work: Work, person: Person, party_id: int | None, browser: Browser, *, second_factor: bool) -> str:
    """Begin a session for a person who proved who they are; gives the secret for the cookie."""
    secret = secrets.token_urlsafe(32)
    row = LoginSession(
        id_hash=hashed(secret), person_id=person.id, party_id=party_id, has_second_factor=second_factor,
        started_at=work.now(), seen_at=work.now(), browser=browser.name[:200], address=browser.address[:60],
        device_hash=hashed(browser.device) if browser.device else "",
    )
    if _is_new_device(work, row):
        letters.notice(work, person, "new_device", browser=row.browser, from_address=row.address)
    work.rows.add(row)
    record.note(work, Actor(person.id, person.name, frozenset()), row, "begun", second_factor=second_factor)
    return secret


def touch(work: Work, session_id: int) -> None:
    """Remember that the session was used now."""
    work.rows.execute(
        sa.update(LoginSession).where(LoginSession.id == session_id).values(seen_at=work.now())
    )


def step_up(work: Work, actor: Actor, session_id: int) -> str:
    """Remember that the person proved again who they are, good for five minutes; gives a new secret for the cookie."""
    row = work.rows.get_one(LoginSession, session_id)
    row.stepped_up_at = work.now()
    record.note(work, actor, row, "stepped_up")
    return _renewed(row)


def prove_second_factor(work: Work, actor: Actor, session_id: int) -> str:
    """Remember that this session has shown the second factor; gives a new secret for the cookie."""
    row = work.rows.get_one(LoginSession, session_id)
    row.has_second_factor, row.stepped_up_at = True, work.now()
    record.note(work, actor, row, "second_factor_shown")
    return _renewed(row)


def move_to(work: Work, actor: Actor, session_id: int, party_id: int | None) -> str:
    """Go on at another of the person's places; gives a new secret for the cookie, the step-up does not go along."""
    row = work.rows.get_one(LoginSession, session_id)
    row.party_id, row.stepped_up_at = party_id, None
    record.note(work, actor, row, "moved")
    return _renewed(row)


def _renewed(row: LoginSession) -> str:
    secret = secrets.token_urlsafe(32)
    row.id_hash = hashed(secret)
    return secret


def _is_new_device(work: Work, row: LoginSession) -> bool:
    """Whether the person signed in before, but never from this browser."""
    earlier = sa.select(LoginSession.id).where(LoginSession.person_id == row.person_id).limit(1)
    known = earlier.where(LoginSession.device_hash == row.device_hash)
    return bool(row.device_hash) and work.rows.scalar(earlier) is not None and work.rows.scalar(known) is None


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


def revoke_all(work: Work, actor: Actor, person_id: int, but: int = 0) -> int:
    """End every session of a person but one, after a changed password or a lost account; gives how many."""
    ended = work.rows.execute(
        sa.update(LoginSession).where(LoginSession.person_id == person_id, LoginSession.id != but,
                                      LoginSession.revoked_at.is_(None)).values(revoked_at=work.now()))
    count = int(getattr(ended, "rowcount", 0))
    record.note(work, actor, work.rows.get_one(Person, person_id), "sessions_ended", count=count)
    return count


def end(work: Work, actor: Actor, session_id: int) -> None:
    """Sign out: end the session in use."""
    row = work.rows.get_one(LoginSession, session_id)
    row.revoked_at = work.now()
    record.note(work, actor, row, "ended")
