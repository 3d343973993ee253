"""Contracts as chains of terms: a renewal is a new term and never overwrites."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, Public, Versioned, one_of
from portal.models.evidence import Evidence
from portal.models.party import Engagement

MODES = ("forbidden", "prior_consent", "named_consent", "prior_notice", "later_notice", "free")
STANDINGS = ("met", "equivalent", "waived", "missing")


class Contract(Public, Versioned, Base):
    """One agreement (契約・覚書・委嘱状) under an engagement; `items` are those it names, none where it names none.

    `lines` are the scope lines under it that have not ended, counted by the database itself (store/tallies).
    """

    __tablename__ = "contract"
    __table_args__ = (
        one_of("reentrustment_mode", MODES),
        sa.Index("ix_contract_unused", "id", sqlite_where=sa.text("lines = 0"), postgresql_where=sa.text("lines = 0")),
    )

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    engagement_id: Mapped[int] = mapped_column(sa.ForeignKey("engagement.id"), index=True)
    number: Mapped[str] = mapped_column(sa.String(40), unique=True)
    title: Mapped[str]
    kind: Mapped[str] = mapped_column(sa.String(20), default="contract")
    reentrustment_mode: Mapped[str] = mapped_column(sa.String(20), default="prior_consent")
    notice_days_party: Mapped[int] = mapped_column(default=90)
    notice_days_jmdp: Mapped[int] = mapped_column(default=90)
    governing_law: Mapped[str] = mapped_column(sa.String(2), default="JP")
    items: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    created_at: Mapped[datetime]
    lines: Mapped[int] = mapped_column(default=0, server_default="0")
    engagement: Mapped[Engagement] = relationship(lazy="raise")


class ContractTerm(Base):
    """One term of the chain: the first, a renewal, or an amendment."""

    __tablename__ = "contract_term"
    __table_args__ = (
        sa.UniqueConstraint("contract_id", "number"),
        one_of("kind", ("first", "renewal", "amendment")),
        sa.CheckConstraint("ends_on >= starts_on", name="dates"),
    )

    contract_id: Mapped[int] = mapped_column(sa.ForeignKey("contract.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(10), default="first")
    signed_on: Mapped[date | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    note: Mapped[str] = mapped_column(default="")
    contract: Mapped[Contract] = relationship(lazy="raise")


class ContractClause(Base):
    """How one of the 22 clauses stands: met, equivalent, waived or missing, and where."""

    __tablename__ = "contract_clause"
    __table_args__ = (sa.UniqueConstraint("contract_id", "clause"), one_of("standing", STANDINGS))

    contract_id: Mapped[int] = mapped_column(sa.ForeignKey("contract.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    clause: Mapped[str] = mapped_column(sa.String(12))
    standing: Mapped[str] = mapped_column(sa.String(12), default="missing")
    place: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    waived_by: Mapped[str] = mapped_column(default="", server_default="")
    waived_until: Mapped[date | None]


class ContractFile(Base):
    """A file of the contract; the file itself is evidence of the party's space."""

    __tablename__ = "contract_file"

    contract_id: Mapped[int] = mapped_column(sa.ForeignKey("contract.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    evidence_id: Mapped[int] = mapped_column(sa.ForeignKey("evidence.id"))
    evidence: Mapped[Evidence] = relationship(lazy="raise")
