"""Uploads under way, as the actor may go on with them."""

from datetime import datetime

from sqlalchemy.orm import Session, joinedload

from portal.core.actor import Actor
from portal.core.errors import NotFound
from portal.models import Upload
from portal.queries.visible import GONE, one


def going(rows: Session, actor: Actor, public_id: str, now: datetime) -> Upload:
    """Give an upload with its party and attestation; NotFound for a foreign or unknown one and after its time."""
    found = one(rows, actor, Upload, public_id, joinedload(Upload.party), joinedload(Upload.attestation))
    if found.evidence_id is None and found.expires_at <= now:
        raise NotFound(GONE)
    return found
