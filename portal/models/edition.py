"""Editions of the policy and of the law table (版), the gap questionnaires they open, the decisions made under them."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Public, Versioned, one_of

KINDS = ("policy", "law")
STANDS = "outcome <> 'refused'"


class Edition(Public, Versioned, Base):
    """An edition that was loaded; it takes force on its day once a second person confirmed it.

    `text` is the policy's own text (empty for a law table, which is a file of the installation), `digest` that of the
    bytes loaded (SHA-256), `changed` the clauses in which it differs from the edition before, `made_by_id` who
    loaded or last marked it, `asked_at` when its gap questionnaire was last sent out.
    """

    __tablename__ = "edition"
    __table_args__ = (
        one_of("kind", KINDS), one_of("outcome", ("", "confirmed", "refused")),
        sa.Index("ix_edition_digest", "kind", "digest", unique=True, sqlite_where=sa.text(STANDS),
                 postgresql_where=sa.text(STANDS)),
        sa.Index("ix_edition_day", "kind", "valid_from", unique=True, sqlite_where=sa.text(STANDS),
                 postgresql_where=sa.text(STANDS)),
    )

    kind: Mapped[str] = mapped_column(sa.String(6))
    name: Mapped[str]
    digest: Mapped[str] = mapped_column(sa.String(64))
    valid_from: Mapped[date]
    text: Mapped[str] = mapped_column(deferred=True)
    changed: Mapped[list[Any]] = mapped_column(default=list)
    note_ja: Mapped[str] = mapped_column(default="")
    note_en: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(sa.String(10), default="")
    reason: Mapped[str] = mapped_column(default="")
    loaded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    loaded_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]

    @property
    def party_id(self) -> None:
        """An edition is JMDP's own: it belongs to no party."""
        return None

    def note(self, language: str) -> str:
        """Give in a language what the edition changes."""
        return self.note_en if language == "en" else self.note_ja


class SignOffEdition(Base):
    """A sign-off was made under an edition; never changed."""

    __tablename__ = "sign_off_edition"
    __table_args__ = (sa.UniqueConstraint("sign_off_id", "edition_id"),)

    sign_off_id: Mapped[int] = mapped_column(sa.ForeignKey("sign_off.id"))
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"), index=True)


class GapChecklist(Base):
    """A checklist that holds only the questions of another one (`code`) which an edition touches."""

    __tablename__ = "gap_checklist"

    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"), index=True)
    template_id: Mapped[int] = mapped_column(sa.ForeignKey("template.id"), unique=True)
    source_id: Mapped[int] = mapped_column(sa.ForeignKey("template.id"))
    code: Mapped[str] = mapped_column(sa.String(12), index=True)
    questions: Mapped[list[Any]] = mapped_column(default=list)


class GapRound(Base):
    """A round that sent out the gap questionnaire of an edition."""

    __tablename__ = "gap_round"

    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"), index=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("round.id"), unique=True)
