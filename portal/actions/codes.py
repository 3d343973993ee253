"""Single-use codes of links and of the console: random, kept hashed, bound to one purpose, used up by one act."""

import secrets
from datetime import timedelta

import sqlalchemy as sa

from portal.core.errors import NotFound
from portal.models import Token
from portal.queries.sessions import hashed
from portal.queries.tokens import alive
from portal.store.work import Work

BITS = 192


def renew(work: Work, row: Token, lasts: timedelta) -> str:
    """Give a token a fresh code and life; gives the code, which is kept nowhere."""
    code = secrets.token_urlsafe(BITS // 8)
    row.token_hash, row.used_at = hashed(code), None
    row.made_at, row.expires_at = work.now(), work.now() + lasts
    work.rows.add(row)
    return code


def use(work: Work, purpose: str, code: str, gone: str) -> Token:
    """Use a code up and give its token; NotFound with the sentence `gone` when it is not alive for this purpose."""
    row = alive(work.rows, purpose, code.strip(), work.now())
    if row is None:
        raise NotFound(gone)
    taken = work.rows.execute(
        sa.update(Token).where(Token.id == row.id, Token.used_at.is_(None)).values(used_at=work.now()))
    if getattr(taken, "rowcount", 0) != 1:
        raise NotFound(gone)
    return row
