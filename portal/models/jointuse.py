"""The joint-use notice (共同利用の公表文): the one being written, those published, and the yearly looks."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, Public, Versioned
from portal.models.person import Person


class JointUseDraft(Versioned, Base):
    """What the next notice would say; there is at most one. `made_by_id` is who changed it last."""

    __tablename__ = "joint_use_draft"
    __table_args__ = (sa.CheckConstraint("id = 1", name="only_one"),)

    matters_ja: Mapped[dict[str, Any]] = mapped_column(default=dict)
    matters_en: Mapped[dict[str, Any]] = mapped_column(default=dict)
    party_kinds: Mapped[list[Any]] = mapped_column(default=list)
    parties: Mapped[list[Any]] = mapped_column(default=list)
    items: Mapped[list[Any]] = mapped_column(default=list)
    purposes: Mapped[list[Any]] = mapped_column(default=list)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]
    made_by: Mapped[Person] = relationship(lazy="raise")

    @property
    def party_id(self) -> None:
        """A notice is JMDP's own: it belongs to no party."""
        return None


class JointUseNotice(Public, Base):
    """A notice as published (APPI Art. 27(5)(iii), policy II.5): its matters in both languages; never changed.

    `parties` holds party codes, the other lists codes of the catalogue; `basis` says why items or scope could change.
    """

    __tablename__ = "joint_use_notice"

    number: Mapped[int] = mapped_column(unique=True)
    matters_ja: Mapped[dict[str, Any]] = mapped_column(default=dict)
    matters_en: Mapped[dict[str, Any]] = mapped_column(default=dict)
    party_kinds: Mapped[list[Any]] = mapped_column(default=list)
    parties: Mapped[list[Any]] = mapped_column(default=list)
    items: Mapped[list[Any]] = mapped_column(default=list)
    purposes: Mapped[list[Any]] = mapped_column(default=list)
    basis: Mapped[str] = mapped_column(default="")
    effective_on: Mapped[date] = mapped_column(index=True)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    published_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    published_at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(sa.String(64))


class JointUseReview(Base):
    """Somebody looked at a notice again and found it still right (yearly, a JMDP rule)."""

    __tablename__ = "joint_use_review"

    notice_id: Mapped[int] = mapped_column(sa.ForeignKey("joint_use_notice.id"), index=True)
    note: Mapped[str]
    reviewed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    reviewed_at: Mapped[datetime]
