"""Records of provision and receipt (提供・受領の記録), and how the records of a scope line are kept; never changed."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, Public, one_of
from portal.models.party import Party
from portal.models.scope import ScopeLine

MANNERS = ("each", "batch", "contract")


class RecordSetting(Base):
    """How the records of a line are kept, and what the law wants known beforehand; the newest counts.

    `held_in` is the register of the core system that names the individuals; `ground` is one of APPI Art. 20(2),
    `relied_on` what the provider rests on, `statute` and `article` the law of a provision without consent.
    """

    __tablename__ = "record_setting"
    __table_args__ = (one_of("manner", MANNERS), one_of("relied_on", ("", "consent", "27_1", "27_5")))

    scope_id: Mapped[int] = mapped_column(sa.ForeignKey("scope_line.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    manner: Mapped[str] = mapped_column(sa.String(8))
    held_in: Mapped[str]
    obtained: Mapped[str] = mapped_column(default="")
    ground: Mapped[str] = mapped_column(sa.String(20), default="")
    relied_on: Mapped[str] = mapped_column(sa.String(8), default="")
    statute: Mapped[str] = mapped_column(sa.String(20), default="")
    article: Mapped[str] = mapped_column(default="")
    set_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    set_at: Mapped[datetime]


class Provision(Public, Base):
    """One record of a provision or a receipt, or of a batch of them: references and counts, never individuals.

    `record` is a kind of record of the catalogue, `said` what that kind holds besides; a correction names the record
    it takes the place of.
    """

    __tablename__ = "provision"
    __table_args__ = (
        one_of("manner", MANNERS),
        sa.CheckConstraint("last_on >= first_on", name="period"),
        sa.CheckConstraint("persons > 0", name="persons"),
        sa.Index("ix_provision_list", "last_on", "id"),
        sa.Index("ix_provision_line", "scope_id", "last_on"),
    )

    number: Mapped[str] = mapped_column(sa.String(20), unique=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    scope_id: Mapped[int] = mapped_column(sa.ForeignKey("scope_line.id"))
    record: Mapped[str] = mapped_column(sa.String(30))
    manner: Mapped[str] = mapped_column(sa.String(8))
    first_on: Mapped[date]
    last_on: Mapped[date]
    persons: Mapped[int]
    items: Mapped[list[Any]] = mapped_column(default=list)
    reference: Mapped[str] = mapped_column(sa.String(80), index=True)
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)
    route: Mapped[str] = mapped_column(sa.String(30), default="")
    edition: Mapped[str]
    kept_until: Mapped[date]
    corrects_id: Mapped[int | None] = mapped_column(sa.ForeignKey("provision.id"), unique=True)
    reason: Mapped[str] = mapped_column(default="")
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]
    party: Mapped[Party] = relationship(lazy="raise")
    line: Mapped[ScopeLine] = relationship(lazy="raise")
