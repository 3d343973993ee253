"""Who at a party answers which section of a checklist, by when: a plan among colleagues, never a right."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Versioned


class SectionPart(Versioned, Base):
    """One section of an attestation in a colleague's hands (担当); nobody's once it was taken back."""

    __tablename__ = "section_part"
    __table_args__ = (
        sa.UniqueConstraint("attestation_id", "section"),
        sa.CheckConstraint("(person_id IS NULL) = (due_on IS NULL)", name="due_with_person"),
    )

    attestation_id: Mapped[int] = mapped_column(sa.ForeignKey("attestation.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    section: Mapped[str] = mapped_column(sa.String(12))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    due_on: Mapped[date | None]
    given_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    given_at: Mapped[datetime]
