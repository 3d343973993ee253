"""Lists of parties that were handed in as a file."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Public, Versioned


class PartyList(Public, Versioned, Base):
    """A list as it was read, held until somebody takes it into the register or leaves it; `cells` are rows of text."""

    __tablename__ = "party_list"

    name: Mapped[str]
    cells: Mapped[list[list[str]]] = mapped_column(sa.JSON, deferred=True)
    received_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    received_at: Mapped[datetime]
    taken_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    taken_at: Mapped[datetime | None]
    added: Mapped[int] = mapped_column(default=0)
    amended: Mapped[int] = mapped_column(default=0)
