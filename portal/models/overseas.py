"""Statements on recipients abroad (外国提供シート, APPI Art. 28); the newest on a subject counts, none changes."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.overseas import SUBJECTS
from portal.models.base import Base, Public, one_of


class OverseasStatement(Public, Base):
    """A named person's dated statement on one subject of a party's sheet for a country, and until when it holds.

    `said` holds texts by name (core/overseas.ASKED); only a check has an outcome (Art. 28(3)).
    """

    __tablename__ = "overseas_statement"
    __table_args__ = (
        one_of("subject", SUBJECTS), one_of("outcome", ("", "continue", "measures", "stop")),
        sa.CheckConstraint("(subject = 'check') = (outcome <> '')", name="check_outcome"),
        sa.CheckConstraint("valid_to >= made_on", name="days"),
        sa.CheckConstraint("country <> 'JP'", name="abroad"),
        sa.Index("ix_overseas_statement_sheet", "party_id", "country", "subject", "id"),
    )

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    country: Mapped[str] = mapped_column(sa.String(2))
    subject: Mapped[str] = mapped_column(sa.String(12))
    outcome: Mapped[str] = mapped_column(sa.String(8), default="")
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)
    source: Mapped[str]
    evidence_id: Mapped[int | None] = mapped_column(sa.ForeignKey("evidence.id"))
    made_on: Mapped[date]
    valid_to: Mapped[date] = mapped_column(index=True)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]
