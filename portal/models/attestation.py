"""Checklist templates, rounds, and attestations with their answers and frozen versions."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import workflow
from portal.models.base import Base, Public, Versioned, one_of
from portal.models.evidence import Evidence
from portal.models.party import Party


class Template(Public, Base):
    """One version of a checklist (点検票); immutable once an attestation rests on it."""

    __tablename__ = "template"
    __table_args__ = (sa.UniqueConstraint("code", "version"),)

    code: Mapped[str] = mapped_column(sa.String(12))
    version: Mapped[int]
    title_ja: Mapped[str]
    title_en: Mapped[str]
    body: Mapped[str] = mapped_column(deferred=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    published_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]

    def title(self, language: str) -> str:
        """Give the title in a language."""
        return self.title_en if language == "en" else self.title_ja


class Round(Public, Versioned, Base):
    """A supervision round (定期点検): whom it asks for which checklist, due when; recurring where it says so."""

    __tablename__ = "round"
    __table_args__ = (one_of("state", [state.value for state in workflow.Round]),)
    process = "round"

    title: Mapped[str]
    fiscal_year: Mapped[int]
    template_id: Mapped[int | None] = mapped_column(sa.ForeignKey("template.id"))
    due_on: Mapped[date]
    business_days: Mapped[int] = mapped_column(default=0, server_default="0")
    note: Mapped[str] = mapped_column(default="", server_default="")
    wanted: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    repeat_months: Mapped[int] = mapped_column(default=0, server_default="0")
    next_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(sa.String(9), default="opening", server_default="open")
    started_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    started_at: Mapped[datetime]


class RoundParty(Base):
    """A party that a round asks for a checklist: asked once (`attestation_id`), or why it was not (`refusal`)."""

    __tablename__ = "round_party"
    __table_args__ = (sa.UniqueConstraint("round_id", "party_id", "template_id"),)

    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    template_id: Mapped[int] = mapped_column(sa.ForeignKey("template.id"))
    due_on: Mapped[date]
    attestation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("attestation.id"), unique=True)
    refusal: Mapped[dict[str, Any]] = mapped_column(default=dict)
    is_settled: Mapped[bool] = mapped_column(default=False)


class Attestation(Public, Versioned, Base):
    """What a party submits: its answers to one checklist, certified by a named officer."""

    __tablename__ = "attestation"
    __table_args__ = (
        one_of("state", [state.value for state in workflow.Attestation]),
        sa.Index("ix_attestation_desk", "state", "due_on", "id", "reviewer_id", "party_id"),
        sa.Index("ix_attestation_due", "due_on", "id"),
        sa.Index("ix_attestation_open", "party_id", "state", "due_on"),
        sa.Index("ix_attestation_party", "party_id", "fiscal_year"),
    )
    process = "attestation"

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    template_id: Mapped[int] = mapped_column(sa.ForeignKey("template.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(sa.ForeignKey("round.id"), index=True)
    previous_id: Mapped[int | None] = mapped_column(sa.ForeignKey("attestation.id"))
    fiscal_year: Mapped[int]
    due_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(sa.String(18), default="requested")
    requested_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    requested_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    signed_off_at: Mapped[datetime | None]
    version_no: Mapped[int] = mapped_column(default=0)
    preparer_ids: Mapped[list[Any]] = mapped_column(default=list)
    reviewer_ids: Mapped[list[Any]] = mapped_column(default=list)
    reviewer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    answered: Mapped[int] = mapped_column(default=0)
    questions: Mapped[int] = mapped_column(default=0)
    evidences: Mapped[int] = mapped_column(default=0)
    party: Mapped[Party] = relationship(lazy="raise")
    template: Mapped[Template] = relationship(lazy="raise")


class Answer(Versioned, Base):
    """One answer as it stands now; a draft is kept even when it is not valid."""

    __tablename__ = "answer"
    __table_args__ = (sa.UniqueConstraint("attestation_id", "question"), one_of("author", ("party", "jmdp")))

    attestation_id: Mapped[int] = mapped_column(sa.ForeignKey("attestation.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    question: Mapped[str] = mapped_column(sa.String(12))
    author: Mapped[str] = mapped_column(sa.String(5), default="party")
    value: Mapped[dict[str, Any]] = mapped_column(default=dict)
    comment: Mapped[str] = mapped_column(default="")
    is_not_applicable: Mapped[bool] = mapped_column(default=False)
    is_open: Mapped[bool] = mapped_column(default=True)
    reply: Mapped[str] = mapped_column(default="")
    confirmed_version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("attestation_version.id"))
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    answered_at: Mapped[datetime]
    attestation: Mapped[Attestation] = relationship(lazy="raise")


class AnswerEvidence(Base):
    """An answer rests on an evidence file; one file serves many answers and years."""

    __tablename__ = "answer_evidence"
    __table_args__ = (sa.UniqueConstraint("attestation_id", "question", "evidence_id"),)

    attestation_id: Mapped[int] = mapped_column(sa.ForeignKey("attestation.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    question: Mapped[str] = mapped_column(sa.String(12))
    evidence_id: Mapped[int] = mapped_column(sa.ForeignKey("evidence.id"), index=True)
    linked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    linked_at: Mapped[datetime]
    evidence: Mapped[Evidence] = relationship(lazy="raise")


class AttestationVersion(Public, Base):
    """A submitted version: canonical JSON of all answers and evidence digests, certified; never changed."""

    __tablename__ = "attestation_version"
    __table_args__ = (sa.UniqueConstraint("attestation_id", "number"),)

    attestation_id: Mapped[int] = mapped_column(sa.ForeignKey("attestation.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    number: Mapped[int]
    body: Mapped[str] = mapped_column(deferred=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    certified_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    certified_name: Mapped[str]
    certified_title: Mapped[str]
    certified_at: Mapped[datetime]
    attestation: Mapped[Attestation] = relationship(lazy="raise")
