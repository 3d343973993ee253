"""What can be searched: parties, bodies below them, questions, answers, files, findings, comments; kept with acts."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base

NOUNS = ("party", "reentrusted", "question", "answer", "evidence", "finding", "comment")


class Pieces(sa.types.TypeDecorator[str]):
    """Pieces of a text, joined by spaces: a text on SQLite, where FTS5 reads it, an array on PostgreSQL."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """An array on PostgreSQL."""
        kind: sa.types.TypeEngine[Any] = postgresql.ARRAY(sa.Text()) if dialect.name == "postgresql" else sa.Text()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> Any:
        """Write the pieces."""
        return (value or "").split() if dialect.name == "postgresql" else value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> str | None:
        """Read the pieces."""
        return " ".join(value) if isinstance(value, list) else value


class SearchEntry(Base):
    """One thing that can be found; `thing` and `place` are its address, `folded` is compared, `body` is shown."""

    __tablename__ = "search_entry"

    source: Mapped[str] = mapped_column(sa.String(40), unique=True)
    noun: Mapped[str] = mapped_column(sa.String(12))
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"), index=True)
    thing: Mapped[str] = mapped_column(sa.String(40))
    place: Mapped[str] = mapped_column(sa.String(12), default="")
    title: Mapped[str]
    body: Mapped[str]
    folded: Mapped[str]
    pieces: Mapped[str] = mapped_column(Pieces(), deferred=True)
