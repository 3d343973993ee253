"""A forgotten password: the same answer for every address, then a mailed single-use code, good for 30 minutes."""

import secrets
from datetime import timedelta

import sqlalchemy as sa

from portal.actions import codes, credentials, letters, record, sessions
from portal.core.actor import Actor
from portal.core.errors import N_
from portal.models import Person, Token
from portal.queries import places
from portal.store.work import Work

LASTS = timedelta(minutes=30)
GONE = N_("This link was used already or has expired. Ask for another one.")


def ask(work: Work, email: str) -> None:
    """Take a request; a worker sees whether the address is known, so that known and unknown cost the same here."""
    work.job("reset", secrets.token_hex(12), email=email.strip().lower()[:254])


def send(work: Work, email: str) -> None:
    """Mail a code to a person who may sign in; nothing for anybody else."""
    person = places.person(work.rows, email)
    if person is None or not person.is_active or not person.password_hash:
        return
    row = Token(purpose="reset", email=person.email, person_id=person.id)
    code = codes.renew(work, row, LASTS)
    record.note(work, Actor(0, "", frozenset()), person, "reset_asked")
    letters.write_link(work, letters.of_person(person), "reset", code, until=row.expires_at)


def finish(work: Work, code: str, password: str) -> Person:
    """Use a code up and set the password; every session ends, the second factor stays; NotFound for a dead code."""
    row = codes.use(work, "reset", code, GONE)
    person = work.rows.get_one(Person, row.person_id)
    work.rows.execute(sa.delete(Token).where(Token.person_id == person.id, Token.used_at.is_(None)))
    actor = Actor(person.id, person.name, frozenset())
    credentials.set_password(work, actor, person, password)
    sessions.revoke_all(work, actor, person.id)
    letters.notice(work, person, "password_reset")
    return person
