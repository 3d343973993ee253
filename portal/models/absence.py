"""Absence (不在), decisions by proxy (代決) and their later reading (後閲)."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import workflow
from portal.models.base import Base, Public, Versioned, one_of


class Absence(Public, Versioned, Base):
    """Days (Japan, both counted) on which one of JMDP's people is away; for an approver, who decides meanwhile."""

    __tablename__ = "absence"
    __table_args__ = (
        one_of("state", [state.value for state in workflow.Absence]),
        sa.CheckConstraint("until_on >= from_on", name="days"),
        sa.CheckConstraint("deputy_id <> person_id", name="deputy"),
        sa.CheckConstraint("state <> 'proposed' OR deputy_id IS NOT NULL", name="proposed"),
        sa.Index("ix_absence_person", "person_id", "until_on"), sa.Index("ix_absence_deputy", "deputy_id", "until_on"),
        sa.Index("ix_absence_list", "until_on"),
    )
    process = "absence"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]
    deputy_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(sa.String(8))
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]


class ProxyDecision(Public, Base):
    """One decision in the stead of an absent approver: on which thing, which move, under which digest, if any."""

    __tablename__ = "proxy_decision"
    __table_args__ = (sa.Index("ix_proxy_decision_thing", "noun", "thing"),)

    absence_id: Mapped[int] = mapped_column(sa.ForeignKey("absence.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    noun: Mapped[str] = mapped_column(sa.String(20))
    thing: Mapped[str] = mapped_column(sa.String(26))
    number: Mapped[str] = mapped_column(sa.String(20), default="")
    move: Mapped[str] = mapped_column(sa.String(20))
    digest: Mapped[str] = mapped_column(sa.String(64), default="")
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime]


class LaterReading(Public, Base):
    """The absent approver's reading of a decision once they are back, with what they say to it; never changed."""

    __tablename__ = "later_reading"

    decision_id: Mapped[int] = mapped_column(sa.ForeignKey("proxy_decision.id"), unique=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    read_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    read_at: Mapped[datetime]
    remark: Mapped[str] = mapped_column(default="")
