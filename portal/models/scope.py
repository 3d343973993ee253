"""Scope lines: what is shared with whom, why, where and on what legal route."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import workflow
from portal.models.base import Base, Public, Versioned, one_of
from portal.models.contract import Contract
from portal.models.party import Engagement


class ScopeLine(Public, Versioned, Base):
    """Engagement × data items × purpose × place × contract clause (policy II.3, II.5, II.6)."""

    __tablename__ = "scope_line"
    __table_args__ = (
        one_of("state", [state.value for state in workflow.Scope]),
        one_of("location", ("JP", "EQ", "OTHER")),
        sa.Index("ix_scope_line_verdict", "verdict", "state"),
    )
    process = "scope"

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    engagement_id: Mapped[int] = mapped_column(sa.ForeignKey("engagement.id"), index=True)
    contract_id: Mapped[int | None] = mapped_column(sa.ForeignKey("contract.id"), index=True)
    clause: Mapped[str] = mapped_column(default="")
    items: Mapped[list[Any]] = mapped_column(default=list)
    purpose: Mapped[str] = mapped_column(sa.String(8))
    location: Mapped[str] = mapped_column(sa.String(5), default="JP", index=True)
    country: Mapped[str] = mapped_column(sa.String(2), default="JP")
    means: Mapped[str] = mapped_column(default="")
    retention: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(sa.String(10), default="draft")
    verdict: Mapped[str] = mapped_column(sa.String(10), default="INCOMPLETE")
    judged_at: Mapped[datetime | None]
    route: Mapped[str] = mapped_column(sa.String(30), default="")
    judged_under: Mapped[str] = mapped_column(sa.String(64), default="", server_default="")
    needs_decision: Mapped[bool] = mapped_column(default=False, server_default=sa.false(), index=True)
    decision_id: Mapped[int | None]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[datetime]
    engagement: Mapped[Engagement] = relationship(lazy="raise")
    contract: Mapped[Contract | None] = relationship(lazy="raise")


class ScopeCell(Base):
    """So many lines share an item for a purpose, on a route, to a place, in a state; kept by the database itself.

    See store/tallies: no page counts the register.
    """

    __tablename__ = "scope_cell"
    __table_args__ = (sa.UniqueConstraint("item", "purpose", "route", "location", "state"),)

    item: Mapped[str] = mapped_column(sa.String(40))
    purpose: Mapped[str] = mapped_column(sa.String(8))
    route: Mapped[str] = mapped_column(sa.String(30))
    location: Mapped[str] = mapped_column(sa.String(5))
    state: Mapped[str] = mapped_column(sa.String(10))
    lines: Mapped[int]


class ScopeWarning(Base):
    """What contradicts on a line, by kind; renewed whenever the line is judged (see core/straying)."""

    __tablename__ = "scope_warning"
    __table_args__ = (sa.Index("ix_scope_warning_kind", "kind", "id"),)

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    scope_id: Mapped[int] = mapped_column(sa.ForeignKey("scope_line.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(16))
    message: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    found_at: Mapped[datetime]
    line: Mapped[ScopeLine] = relationship(lazy="raise")


class ScopeStatement(Base):
    """A named person's dated statement of one fact or precondition of a line; the newest counts."""

    __tablename__ = "scope_statement"
    __table_args__ = (
        one_of("value", ("yes", "no", "unknown")),
        sa.Index("ix_scope_statement_line", "scope_id", "fact"),
    )

    scope_id: Mapped[int] = mapped_column(sa.ForeignKey("scope_line.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    fact: Mapped[str] = mapped_column(sa.String(40))
    value: Mapped[str] = mapped_column(sa.String(8))
    note: Mapped[str] = mapped_column(default="")
    evidence_id: Mapped[int | None] = mapped_column(sa.ForeignKey("evidence.id"))
    valid_to: Mapped[date | None]
    stated_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    stated_at: Mapped[datetime]


class ScopeDecision(Base):
    """What the law table said when somebody decided, with the edition it was said under; never changed."""

    __tablename__ = "scope_decision"

    scope_id: Mapped[int] = mapped_column(sa.ForeignKey("scope_line.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    act: Mapped[str] = mapped_column(sa.String(12))
    verdict: Mapped[str] = mapped_column(sa.String(10))
    route: Mapped[str] = mapped_column(sa.String(30), default="")
    rules: Mapped[list[Any]] = mapped_column(default=list)
    judgement: Mapped[dict[str, Any]] = mapped_column(default=dict)
    edition: Mapped[str]
    edition_digest: Mapped[str] = mapped_column(sa.String(64))
    reason: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime]
