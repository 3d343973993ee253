"""Parties (相手先), their other names and contacts, and the relations JMDP has with them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, Public, Versioned, one_of


class Party(Public, Versioned, Base):
    """A body or person that JMDP shares personal data with (policy II.11)."""

    __tablename__ = "party"
    __table_args__ = (
        one_of("status", ("candidate", "active", "suspended", "ended")),
        one_of("location", ("JP", "EQ", "OTHER")),
        one_of("tier", ("critical", "high", "medium", "low", "none")),
        sa.Index("ix_party_list", "name_ja", "id"),
    )

    code: Mapped[str] = mapped_column(sa.String(20), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(40), index=True)
    name_ja: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    name_kana: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(sa.String(2), default="JP", index=True)
    location: Mapped[str] = mapped_column(sa.String(5), default="JP", index=True)
    corporate_number: Mapped[str] = mapped_column(sa.String(13), default="", index=True)
    ion: Mapped[str] = mapped_column(sa.String(12), default="")
    address: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    is_fictional: Mapped[bool] = mapped_column(default=False)
    is_individual: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(sa.String(12), default="active", index=True)
    tier: Mapped[str] = mapped_column(sa.String(8), default="none", index=True)
    tier_reason: Mapped[str] = mapped_column(default="")
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"), index=True)
    lead_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    search_text: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]

    def name(self, language: str) -> str:
        """Give the name in a language; the Japanese one where there is no English name."""
        return self.name_en or self.name_ja if language == "en" else self.name_ja

    @property
    def party_id(self) -> int:
        """The party that a party belongs to is itself."""
        return self.id


class PartyAlias(Base):
    """Another name of a party: the policy's, the body's own, a former one."""

    __tablename__ = "party_alias"

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    name: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    party: Mapped[Party] = relationship(lazy="raise")


class Contact(Base):
    """A person to write to or call at a party; not necessarily one who signs in."""

    __tablename__ = "contact"

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(sa.String(2), default="ja")
    party: Mapped[Party] = relationship(lazy="raise")


class Engagement(Public, Base):
    """One relation of JMDP with a party (委託 / 共同利用 / 第三者提供 …)."""

    __tablename__ = "engagement"

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    relation: Mapped[str] = mapped_column(sa.String(24))
    title: Mapped[str] = mapped_column(default="")
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    party: Mapped[Party] = relationship(lazy="raise")
