"""Uploads under way: a file announced for a question, its bytes coming in pieces (tus 1.0)."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.attestation import Attestation
from portal.models.base import Base, Public
from portal.models.evidence import Evidence
from portal.models.party import Party


class Upload(Public, Base):
    """One resumable upload; `evidence` is set once all bytes are there, and the pieces are gone then."""

    __tablename__ = "upload"

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    attestation_id: Mapped[int] = mapped_column(sa.ForeignKey("attestation.id"), index=True)
    question: Mapped[str] = mapped_column(sa.String(12))
    begun_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    name: Mapped[str]
    size: Mapped[int] = mapped_column(sa.BigInteger)
    evidence_type: Mapped[str] = mapped_column(sa.String(20), default="")
    valid_to: Mapped[date | None]
    begun_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    evidence_id: Mapped[int | None] = mapped_column(sa.ForeignKey("evidence.id"))
    party: Mapped[Party] = relationship(lazy="raise")
    attestation: Mapped[Attestation] = relationship(lazy="raise")
    evidence: Mapped[Evidence | None] = relationship(lazy="raise")
