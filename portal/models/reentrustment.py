"""Re-entrustment (再委託): bodies below a party, tier by tier; letters of consent stay for good."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import workflow
from portal.core.reentrusted import OUTERMOST
from portal.core.reentrustment import WAYS
from portal.models.base import Base, Public, Versioned, one_of
from portal.models.contract import Contract
from portal.models.party import Party


class Reentrustment(Public, Versioned, Base):
    """One body that a party re-entrusts to under a contract: directly (tier 2), or under another body of its tree."""

    __tablename__ = "reentrustment"
    __table_args__ = (
        one_of("state", [state.value for state in workflow.Reentrustment]),
        one_of("way", ("", *WAYS)),
        sa.CheckConstraint(f"tier BETWEEN 2 AND {OUTERMOST}", name="tier"),
        sa.CheckConstraint("(tier = 2) = (parent_id IS NULL)", name="below"),
        sa.CheckConstraint("ends_on >= starts_on", name="days"),
        sa.CheckConstraint(
            "state IN ('draft', 'returned', 'taken_back') OR (starts_on IS NOT NULL AND ends_on IS NOT NULL"
            " AND way <> '' AND submitted_at IS NOT NULL)", name="sent_whole"),
        sa.Index("ix_reentrustment_list", "state", "ends_on"),
    )
    process = "reentrustment"

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    contract_id: Mapped[int] = mapped_column(sa.ForeignKey("contract.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("reentrustment.id"), index=True)
    tier: Mapped[int] = mapped_column(default=2)
    name_ja: Mapped[str] = mapped_column(default="")
    name_en: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(sa.String(2), default="", index=True)
    legal_id: Mapped[str] = mapped_column(sa.String(40), default="")
    named_at: Mapped[str] = mapped_column(default="")
    work: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    safeguards: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(sa.String(17), default="draft")
    way: Mapped[str] = mapped_column(sa.String(13), default="")
    conditions: Mapped[str] = mapped_column(default="")
    reply: Mapped[str] = mapped_column(default="")
    opinion: Mapped[str] = mapped_column(default="")
    reviewer_ids: Mapped[list[Any]] = mapped_column(default=list)
    submitted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    submitted_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]
    party: Mapped[Party] = relationship(lazy="raise")
    contract: Mapped[Contract] = relationship(lazy="raise")

    def name(self, language: str) -> str:
        """Give the body's name in a language, or in the other; a draft without any has its number."""
        names = (self.name_en, self.name_ja) if language == "en" else (self.name_ja, self.name_en)
        return names[0] or names[1] or self.number


class ReentrustmentLine(Base):
    """Which data items of one scope line the body is given; the purpose is the line's."""

    __tablename__ = "reentrustment_line"
    __table_args__ = (sa.UniqueConstraint("reentrustment_id", "scope_id"),)

    reentrustment_id: Mapped[int] = mapped_column(sa.ForeignKey("reentrustment.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    scope_id: Mapped[int] = mapped_column(sa.ForeignKey("scope_line.id"), index=True)
    items: Mapped[list[Any]] = mapped_column(default=list)


class ReentrustmentFile(Base):
    """A file that shows what a request says."""

    __tablename__ = "reentrustment_file"
    __table_args__ = (sa.UniqueConstraint("reentrustment_id", "evidence_id"),)

    reentrustment_id: Mapped[int] = mapped_column(sa.ForeignKey("reentrustment.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    evidence_id: Mapped[int] = mapped_column(sa.ForeignKey("evidence.id"), index=True)
    linked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    linked_at: Mapped[datetime]


class ConsentLetter(Base):
    """The printed letter of one consent: its bytes are kept by digest in the party's space and never printed anew."""

    __tablename__ = "consent_letter"

    reentrustment_id: Mapped[int] = mapped_column(sa.ForeignKey("reentrustment.id"), unique=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
    pages: Mapped[int]
    made_at: Mapped[datetime]
