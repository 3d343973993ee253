"""Assessments: decisions and checks of a relation that are no checklist; the newest of a kind counts, none changes."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.assessing import KINDS
from portal.models.base import Base, Public, one_of
from portal.models.party import Engagement


class Assessment(Public, Base):
    """One decision or check: of which kind, on which day, with what outcome, until when, under which number.

    A selection or an approval of a recipient comes before sharing; checks are made on paper or on the spot, of
    equivalent measures abroad (APPI Art. 28(3)), or of JMDP's own measures (Art. 23).
    """

    __tablename__ = "assessment"
    __table_args__ = (
        one_of("kind", KINDS), sa.CheckConstraint("until IS NULL OR until >= made_on", name="days"),
        sa.Index("ix_assessment_engagement", "engagement_id", "kind", "made_on"),
    )

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    engagement_id: Mapped[int] = mapped_column(sa.ForeignKey("engagement.id"))
    kind: Mapped[str] = mapped_column(sa.String(12))
    made_on: Mapped[date]
    until: Mapped[date | None]
    passed: Mapped[bool]
    reference: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]
    engagement: Mapped[Engagement] = relationship(lazy="raise")
