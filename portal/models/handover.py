"""What a party's people leave for whoever answers next year: a note beside a question, theirs alone."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Versioned


class HandoverNote(Versioned, Base):
    """A party's note (引継ぎメモ) beside a question of a checklist, of any version and year; '' once taken away."""

    __tablename__ = "handover_note"
    __table_args__ = (sa.UniqueConstraint("party_id", "checklist", "question"),)

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    checklist: Mapped[str] = mapped_column(sa.String(12))
    question: Mapped[str] = mapped_column(sa.String(12))
    text: Mapped[str]
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    written_at: Mapped[datetime]
