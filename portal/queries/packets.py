"""Packets as they lie in the store."""

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.core.actor import Actor
from portal.models import Attestation, Packet
from portal.queries.visible import visible_to

PAGE = 50
WITH_ALL = (
    joinedload(Packet.attestation).joinedload(Attestation.party),
    joinedload(Packet.attestation).joinedload(Attestation.template),
    joinedload(Packet.version),
)


def listing(rows: Session, actor: Actor, of: str = "", page: int = 1) -> list[Packet]:
    """Give one page of packets, newest first, of one attestation (public id) or of all the actor may see."""
    asked = (
        sa.select(Packet).options(*WITH_ALL).where(visible_to(actor, Packet.party_id))
        .order_by(Packet.id.desc()).limit(PAGE + 1).offset((page - 1) * PAGE)
    )
    if not actor.is_staff:
        asked = asked.where(Packet.audience == "party")
    if of:
        asked = asked.join(Attestation, Attestation.id == Packet.attestation_id).where(Attestation.public_id == of)
    return list(rows.scalars(asked))
