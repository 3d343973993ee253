"""Forms kept over a sign-in or a step-up: a lost session costs a sign-in, never a word."""

import secrets
from collections.abc import Iterable
from datetime import timedelta

import sqlalchemy as sa

from portal.core.actor import Actor
from portal.core.errors import NotFound
from portal.models import KeptForm
from portal.queries.sessions import hashed
from portal.store.work import Work

LASTS = timedelta(hours=1)
LARGEST = 2_000_000
SECRET_FIELDS = frozenset({"csrf_token", "password", "code"})


def keep(work: Work, person_id: int, path: str, fields: Iterable[tuple[str, str]]) -> str:
    """Keep a form's fields for the person and give a one-time ticket; passwords, codes and files are not kept."""
    kept = [[name, value] for name, value in fields if name.rpartition("-")[2] not in SECRET_FIELDS]
    if sum(len(value) for _, value in kept) > LARGEST:
        kept = []
    ticket = secrets.token_urlsafe(24)
    work.rows.execute(sa.delete(KeptForm).where(KeptForm.expires_at < work.now()))
    work.rows.add(KeptForm(ticket_hash=hashed(ticket), person_id=person_id, path=path, fields=kept,
                           kept_at=work.now(), expires_at=work.now() + LASTS))
    return ticket


def look(work: Work, actor: Actor, ticket: str) -> KeptForm:
    """Give a kept form to the person it was kept for; NotFound for anybody else and after an hour."""
    row = work.rows.scalar(sa.select(KeptForm).where(
        KeptForm.ticket_hash == hashed(ticket), KeptForm.person_id == actor.person_id,
        KeptForm.expires_at > work.now()))
    if row is None:
        raise NotFound("This form is no longer kept. Open the page again from the list.")
    return row
