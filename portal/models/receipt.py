"""Receipts (受領書): the sealed PDF that says which version of whose answers came in when."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class Receipt(Base):
    """The receipt of one submitted version, printed and sealed once, never changed."""

    __tablename__ = "receipt"

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("attestation_version.id"), unique=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
    pages: Mapped[int]
    made_at: Mapped[datetime]
