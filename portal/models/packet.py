"""Packets (監査資料): the kept signed PDF, its digests and its state."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import workflow
from portal.models.attestation import Attestation, AttestationVersion
from portal.models.base import Base, Public, new_code, one_of


class Packet(Public, Base):
    """One printed, signed and kept proof; `audience` decides whether internal notes are inside."""

    __tablename__ = "packet"
    __table_args__ = (
        one_of("state", [state.value for state in workflow.Packet]),
        one_of("audience", ("internal", "party")),
    )
    process = "packet"

    number: Mapped[str] = mapped_column(sa.String(24), unique=True)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True, default=new_code)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    attestation_id: Mapped[int] = mapped_column(sa.ForeignKey("attestation.id"), index=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("attestation_version.id"))
    audience: Mapped[str] = mapped_column(sa.String(8))
    state: Mapped[str] = mapped_column(sa.String(10), default="queued")
    progress: Mapped[int] = mapped_column(default=0)
    stage: Mapped[str] = mapped_column(sa.String(20), default="")
    error: Mapped[str] = mapped_column(default="")
    as_of: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    kept_at: Mapped[datetime | None]
    pages: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    level: Mapped[str] = mapped_column(sa.String(12), default="")
    manifest_digest: Mapped[str] = mapped_column(sa.String(64), default="")
    unsigned_digest: Mapped[str] = mapped_column(sa.String(64), default="")
    sealed_digest: Mapped[str] = mapped_column(sa.String(64), default="", index=True)
    attestation: Mapped[Attestation] = relationship(lazy="raise")
    version: Mapped[AttestationVersion] = relationship(lazy="raise")
