"""Searches that a person keeps under a name: a page of the desk and its filters, never a free address."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.saved import PAGES
from portal.models.base import Base, Public, Versioned, one_of


class SavedView(Public, Versioned, Base):
    """A saved view (保存した検索条件): a person's own, or shared by them with all of JMDP's staff."""

    __tablename__ = "saved_view"
    __table_args__ = (
        one_of("page", PAGES),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 60", name="title"),
        sa.UniqueConstraint("person_id", "title"),
        sa.Index("ix_saved_view_shared", "is_shared", "page"),
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    page: Mapped[str] = mapped_column(sa.String(20))
    title: Mapped[str]
    query: Mapped[dict[str, Any]] = mapped_column(default=dict)
    place: Mapped[int]
    is_shared: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
