"""Evidence (証跡): a file by digest with its kind, period, state and page images."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import workflow
from portal.models.base import Base, Public, one_of
from portal.models.party import Party


class Evidence(Public, Base):
    """One uploaded file; the bytes lie under the party and digest, never in the database."""

    __tablename__ = "evidence"
    __table_args__ = (
        one_of("state", [state.value for state in workflow.Evidence]),
        one_of("scan", ("clean", "infected", "not_scanned")),
        sa.Index("ix_evidence_digest", "party_id", "digest"),
    )
    process = "evidence"

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    name: Mapped[str]
    ascii_name: Mapped[str]
    mime: Mapped[str] = mapped_column(sa.String(100))
    kind: Mapped[str] = mapped_column(sa.String(8), default="")
    size: Mapped[int] = mapped_column(sa.BigInteger)
    digest: Mapped[str] = mapped_column(sa.String(64))
    evidence_type: Mapped[str] = mapped_column(sa.String(20), default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None] = mapped_column(index=True)
    read_valid_to: Mapped[date | None]
    state: Mapped[str] = mapped_column(sa.String(12), default="quarantined")
    scan: Mapped[str] = mapped_column(sa.String(12), default="not_scanned")
    scan_detail: Mapped[str] = mapped_column(default="")
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    pages: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(default="")
    uploaded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    uploaded_at: Mapped[datetime]
    superseded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("evidence.id"))
    party: Mapped[Party] = relationship(lazy="raise")


class PageImage(Base):
    """The picture of one page, kept as a blob of the same party."""

    __tablename__ = "page_image"
    __table_args__ = (sa.UniqueConstraint("evidence_id", "page"),)

    evidence_id: Mapped[int] = mapped_column(sa.ForeignKey("evidence.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    page: Mapped[int]
    digest: Mapped[str] = mapped_column(sa.String(64))
    mime: Mapped[str] = mapped_column(sa.String(20), default="image/webp")
    width: Mapped[int]
    height: Mapped[int]
