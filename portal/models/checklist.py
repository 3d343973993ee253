"""Checklists in the making, what was said of a published version, and workbooks that parties sent back."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.attestation import Attestation, Template
from portal.models.base import Base, Public, Versioned, one_of
from portal.models.person import Person


class TemplateDraft(Public, Versioned, Base):
    """A checklist being edited (下書き): what would be its next version, at most one a checklist; kept also unfit."""

    __tablename__ = "template_draft"

    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    base_id: Mapped[int | None] = mapped_column(sa.ForeignKey("template.id"))
    body: Mapped[str] = mapped_column(deferred=True)
    begun_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    begun_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    changed_at: Mapped[datetime]
    base: Mapped[Template | None] = relationship(lazy="raise")
    changed_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[changed_by_id])


class TemplateNote(Base):
    """Who published a version of a checklist and why; a version of the library has none."""

    __tablename__ = "template_note"

    template_id: Mapped[int] = mapped_column(sa.ForeignKey("template.id"), unique=True)
    note: Mapped[str]
    published_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    published_by: Mapped[Person] = relationship(lazy="raise")


class Workbook(Public, Versioned, Base):
    """A filled workbook as a party sent it: its reading, how it is understood, and what was taken from it.

    `form` is `own` for the portal's workbook and `sheet` for a sheet of somebody else's; `reading` holds the
    rows as text, `mapping` the columns, marks and questions a person chose.
    """

    __tablename__ = "workbook"
    __table_args__ = (one_of("form", ("own", "sheet")),)

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    attestation_id: Mapped[int] = mapped_column(sa.ForeignKey("attestation.id"), index=True)
    name: Mapped[str]
    digest: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
    form: Mapped[str] = mapped_column(sa.String(5))
    reading: Mapped[str] = mapped_column(deferred=True)
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    received_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    received_at: Mapped[datetime]
    applied_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    applied_at: Mapped[datetime | None]
    taken: Mapped[int] = mapped_column(default=0)
    attestation: Mapped[Attestation] = relationship(lazy="raise")
