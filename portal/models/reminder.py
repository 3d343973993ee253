"""What became of each letter of the reminder ladder: sent, or stopped and why."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class Reminder(Base):
    """One rung of the ladder for one request and due day, decided once; `outcome` is a code of core/reminders."""

    __tablename__ = "reminder"
    __table_args__ = (sa.UniqueConstraint("attestation_id", "due_on", "rung"),)

    attestation_id: Mapped[int] = mapped_column(sa.ForeignKey("attestation.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    due_on: Mapped[date]
    rung: Mapped[str] = mapped_column(sa.String(8))
    outcome: Mapped[str] = mapped_column(sa.String(12))
    letters: Mapped[int] = mapped_column(default=0)
    decided_at: Mapped[datetime]
