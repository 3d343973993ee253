"""Receipts of submitted versions, as far as an actor may see their party."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.models import AttestationVersion, Receipt
from portal.queries.visible import visible_to


def of(rows: Session, actor: Actor, version: AttestationVersion) -> Receipt | None:
    """Give the kept receipt of a version, None while there is none or for an actor who may not see it."""
    return rows.scalar(sa.select(Receipt).where(
        Receipt.version_id == version.id, visible_to(actor, Receipt.party_id)))
