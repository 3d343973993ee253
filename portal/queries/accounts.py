"""A person's own account: living sessions, recovery codes left."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.models import LoginSession, RecoveryCode
from portal.queries.sessions import ABSOLUTE, IDLE_PARTY


def sessions(rows: Session, actor: Actor, now: datetime) -> list[LoginSession]:
    """Give the actor's own sessions that may still be used, last seen first."""
    return list(rows.scalars(
        sa.select(LoginSession).where(
            LoginSession.person_id == actor.person_id, LoginSession.revoked_at.is_(None),
            LoginSession.started_at > now - ABSOLUTE, LoginSession.seen_at > now - IDLE_PARTY,
        ).order_by(LoginSession.seen_at.desc())))


def codes_left(rows: Session, actor: Actor) -> int:
    """Give how many of the actor's recovery codes were not used yet."""
    return rows.scalar(sa.select(sa.func.count()).where(
        RecoveryCode.person_id == actor.person_id, RecoveryCode.used_at.is_(None))) or 0
