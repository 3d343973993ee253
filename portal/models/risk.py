"""Risk (リスク): tiers that differ from what the facts give, ratings and acceptances; ratings and acceptances stay."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Public, Versioned, one_of

TIERS = ("critical", "high", "medium", "low")
GRADES = ("inherent_likelihood", "inherent_impact", "residual_likelihood", "residual_impact")


class TierProposal(Public, Versioned, Base):
    """A tier that differs from the computed one, with its reason; it counts once a second person confirms it."""

    __tablename__ = "tier_proposal"
    __table_args__ = (one_of("tier", TIERS), one_of("outcome", ("", "confirmed", "refused")))

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    tier: Mapped[str] = mapped_column(sa.String(8))
    computed: Mapped[str] = mapped_column(sa.String(8))
    reason: Mapped[str]
    outcome: Mapped[str] = mapped_column(sa.String(10), default="")
    note: Mapped[str] = mapped_column(default="")
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]


class RiskRating(Base):
    """One rating of a party, from 1 to 5 each: before measures (inherent) and with them (residual)."""

    __tablename__ = "risk_rating"
    __table_args__ = tuple(sa.CheckConstraint(f"{grade} BETWEEN 1 AND 5", name=grade) for grade in GRADES)

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    inherent_likelihood: Mapped[int]
    inherent_impact: Mapped[int]
    residual_likelihood: Mapped[int]
    residual_impact: Mapped[int]
    note: Mapped[str]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]


class RiskAcceptance(Base):
    """An approver accepted the residual risk of one rating, until a day; another rating makes it stale."""

    __tablename__ = "risk_acceptance"

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    rating_id: Mapped[int] = mapped_column(sa.ForeignKey("risk_rating.id"))
    until: Mapped[date]
    reason: Mapped[str]
    accepted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    accepted_at: Mapped[datetime]
