"""Reviews, verdicts per question, letters of return, sign-offs and findings."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import workflow
from portal.models.attestation import Attestation, AttestationVersion
from portal.models.base import Base, Public, Versioned, one_of
from portal.models.party import Party

VERDICTS = ("conforms", "return", "finding", "not_applicable")
SEVERITIES = ("critical", "high", "medium", "low")


class Review(Public, Base):
    """One reading of one submitted version by one reviewer; drafts until it is finished once."""

    __tablename__ = "review"
    __table_args__ = (one_of("outcome", ("", "returned", "passed", "released")),)

    attestation_id: Mapped[int] = mapped_column(sa.ForeignKey("attestation.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("attestation_version.id"))
    reviewer_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(sa.String(8), default="")
    letter: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    attestation: Mapped[Attestation] = relationship(lazy="raise")
    version: Mapped[AttestationVersion] = relationship(lazy="raise")


class Verdict(Versioned, Base):
    """The judgement of one question in one review; comment goes to the party, note stays at JMDP.

    One with a draw was accepted in a block after that draw's sample was read.
    """

    __tablename__ = "verdict"
    __table_args__ = (sa.UniqueConstraint("review_id", "question"), one_of("verdict", ("", *VERDICTS)))

    review_id: Mapped[int] = mapped_column(sa.ForeignKey("review.id"))
    attestation_id: Mapped[int] = mapped_column(sa.ForeignKey("attestation.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    question: Mapped[str] = mapped_column(sa.String(12))
    verdict: Mapped[str] = mapped_column(sa.String(14), default="")
    comment: Mapped[str] = mapped_column(default="")
    wish: Mapped[str] = mapped_column(default="")
    suggestion: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    severity: Mapped[str] = mapped_column(sa.String(8), default="")
    due_on: Mapped[date | None]
    judged_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    judged_at: Mapped[datetime]
    draw_id: Mapped[int | None] = mapped_column(sa.ForeignKey("draw.id"), index=True)


class Viewed(Base):
    """What a reviewer looked at: a question of a version, or an evidence file up to its furthest page."""

    __tablename__ = "viewed"
    __table_args__ = (
        sa.Index("ix_viewed_question", "person_id", "version_id", "question", unique=True,
                 sqlite_where=sa.text("evidence_id IS NULL"), postgresql_where=sa.text("evidence_id IS NULL")),
        sa.Index("ix_viewed_evidence", "person_id", "version_id", "evidence_id", unique=True,
                 sqlite_where=sa.text("evidence_id IS NOT NULL"),
                 postgresql_where=sa.text("evidence_id IS NOT NULL")),
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("attestation_version.id"), index=True)
    question: Mapped[str] = mapped_column(sa.String(12), default="")
    evidence_id: Mapped[int | None] = mapped_column(sa.ForeignKey("evidence.id"))
    page: Mapped[int] = mapped_column(default=0)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class Draw(Base):
    """A random sample of a version's unchanged answers of low risk, once a version; never changed.

    `eligible` stands in the order of the checklist, `drawn` in the order of the draw (core/sampling).
    """

    __tablename__ = "draw"
    __table_args__ = (
        sa.CheckConstraint("percent BETWEEN 1 AND 100", name="percent"),
        sa.CheckConstraint("minimum >= 1", name="minimum"),
        sa.CheckConstraint("length(seed) = 64", name="seed"),
    )

    attestation_id: Mapped[int] = mapped_column(sa.ForeignKey("attestation.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("attestation_version.id"), unique=True)
    version_digest: Mapped[str] = mapped_column(sa.String(64))
    percent: Mapped[int]
    minimum: Mapped[int]
    seed: Mapped[str] = mapped_column(sa.String(64))
    eligible: Mapped[list[Any]]
    drawn: Mapped[list[Any]]
    drawn_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    drawn_at: Mapped[datetime]


class SignOff(Base):
    """An approver's signature under one version digest, after stepping up; never changed."""

    __tablename__ = "sign_off"

    attestation_id: Mapped[int] = mapped_column(sa.ForeignKey("attestation.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("attestation_version.id"), unique=True)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("review.id"))
    version_digest: Mapped[str] = mapped_column(sa.String(64))
    approver_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    method: Mapped[str] = mapped_column(sa.String(30))
    conclusion: Mapped[str] = mapped_column(sa.String(20))
    note: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[datetime]


class Finding(Public, Versioned, Base):
    """A finding (指摘事項): opened from an answer or a visit, closed only by a second person."""

    __tablename__ = "finding"
    __table_args__ = (
        one_of("state", [state.value for state in workflow.Finding]),
        one_of("severity", SEVERITIES),
        sa.Index("ix_finding_list", "state", "due_on"),
        sa.Index("ix_finding_opened", "opened_at"), sa.Index("ix_finding_closed", "closed_at"),
    )
    process = "finding"

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    attestation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("attestation.id"), index=True)
    question: Mapped[str] = mapped_column(sa.String(12), default="")
    severity: Mapped[str] = mapped_column(sa.String(8))
    fact: Mapped[str]
    plan: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(sa.String(14), default="open")
    due_on: Mapped[date]
    opened_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    reviewer_ids: Mapped[list[Any]] = mapped_column(default=list)
    inspection_id: Mapped[int | None] = mapped_column(sa.ForeignKey("inspection.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    reply: Mapped[str] = mapped_column(default="", server_default="")
    accepted_until: Mapped[date | None]
    party: Mapped[Party] = relationship(lazy="raise")


class FindingEvidence(Base):
    """The correction of a finding rests on an evidence file."""

    __tablename__ = "finding_evidence"
    __table_args__ = (sa.UniqueConstraint("finding_id", "evidence_id"),)

    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("finding.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    evidence_id: Mapped[int] = mapped_column(sa.ForeignKey("evidence.id"), index=True)
    linked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    linked_at: Mapped[datetime]

