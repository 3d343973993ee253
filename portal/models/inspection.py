"""Inspections (実地監査): a visit to a party, planned, announced, held; its files and what came of it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import workflow
from portal.models.base import Base, Public, Versioned, one_of
from portal.models.party import Party


class Inspection(Public, Versioned, Base):
    """One visit: when and where, who comes and who receives, what is looked at, and what it came to."""

    __tablename__ = "inspection"
    __table_args__ = (
        one_of("state", [state.value for state in workflow.Inspection]),
        sa.CheckConstraint("(state = 'held') = (held_on IS NOT NULL)", name="held_with_day"),
        sa.Index("ix_inspection_list", "state", "planned_on"),
    )
    process = "inspection"

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    planned_on: Mapped[date]
    place: Mapped[str]
    points: Mapped[str]
    ours: Mapped[str]
    theirs: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(sa.String(10), default="planned")
    announced_at: Mapped[datetime | None]
    held_on: Mapped[date | None]
    attended: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]
    party: Mapped[Party] = relationship(lazy="raise")


class InspectionFile(Base):
    """A photo or paper of a visit."""

    __tablename__ = "inspection_file"
    __table_args__ = (sa.UniqueConstraint("inspection_id", "evidence_id"),)

    inspection_id: Mapped[int] = mapped_column(sa.ForeignKey("inspection.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    evidence_id: Mapped[int] = mapped_column(sa.ForeignKey("evidence.id"), index=True)
    linked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    linked_at: Mapped[datetime]
