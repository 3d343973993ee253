"""Single-use codes of mailed links: looked up by their hash while they live."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.models import Token
from portal.queries.sessions import hashed


def alive(rows: Session, purpose: str, code: str, now: datetime) -> Token | None:
    """Give the token of a code if it serves this purpose, was not used and has not expired."""
    return rows.scalar(sa.select(Token).where(
        Token.token_hash == hashed(code), Token.purpose == purpose, Token.used_at.is_(None), Token.expires_at > now))
