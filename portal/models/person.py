"""People, what they may be, how they prove who they are, and their sessions."""

from datetime import datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import workflow
from portal.core.posting import MORNING, RHYTHMS
from portal.models.base import Base, Public, one_of
from portal.models.party import Party


class Person(Public, Base):
    """Somebody who can sign in; names are kept as the person writes them."""

    __tablename__ = "person"
    __table_args__ = (one_of("language", ("ja", "en")), one_of("rhythm", RHYTHMS))

    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str]
    name_kana: Mapped[str] = mapped_column(default="")
    name_romaji: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(sa.String(2), default="ja")
    zone: Mapped[str] = mapped_column(sa.String(64), default="Asia/Tokyo")
    has_shortcuts: Mapped[bool] = mapped_column(default=True)
    rhythm: Mapped[str] = mapped_column(sa.String(7), default="instant")
    digest_at: Mapped[time] = mapped_column(default=MORNING)
    password_hash: Mapped[str] = mapped_column(default="")
    totp_secret: Mapped[str] = mapped_column(default="")
    totp_step: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class StaffRole(Base):
    """A JMDP or auditor role that a person holds; a grant names who gave it."""

    __tablename__ = "staff_role"
    __table_args__ = (sa.UniqueConstraint("person_id", "role"),)

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(sa.String(16))
    granted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    granted_at: Mapped[datetime]


class Membership(Base):
    """A person's place at a party: officer or clerk."""

    __tablename__ = "membership"
    __table_args__ = (sa.UniqueConstraint("person_id", "party_id"), one_of("role", ("officer", "clerk")))

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    role: Mapped[str] = mapped_column(sa.String(8))
    title: Mapped[str] = mapped_column(default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    person: Mapped[Person] = relationship(lazy="raise")
    party: Mapped[Party] = relationship(lazy="raise")


class RecoveryCode(Base):
    """A single-use code for a lost second factor, kept as a hash."""

    __tablename__ = "recovery_code"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    used_at: Mapped[datetime | None]


class RoleGrant(Public, Base):
    """An approver's or administrator's role that one administrator proposed and another one decides."""

    __tablename__ = "role_grant"
    __table_args__ = (one_of("state", [state.value for state in workflow.Grant]),)
    process = "grant"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(sa.String(16))
    state: Mapped[str] = mapped_column(sa.String(10), default="proposed")
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise")


class Token(Public, Base):
    """A single-use, purpose-bound token of a mailed link, kept as a hash; used by POST only."""

    __tablename__ = "token"
    __table_args__ = (one_of("purpose", ("invitation", "reset", "setup")),)

    purpose: Mapped[str] = mapped_column(sa.String(12))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"), index=True)
    role: Mapped[str] = mapped_column(sa.String(16), default="")
    name: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(sa.String(2), default="ja")
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class LoginSession(Public, Base):
    """One signed-in browser; the cookie's random id is kept hashed, so a copy of the table signs nobody in."""

    __tablename__ = "login_session"

    id_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    has_second_factor: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    stepped_up_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    device_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    browser: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    person: Mapped[Person] = relationship(lazy="raise")


class ConflictStatement(Base):
    """A reviewer's yearly statement of interest about one party; the newest row counts."""

    __tablename__ = "conflict_statement"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    fiscal_year: Mapped[int]
    has_conflict: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")
    stated_at: Mapped[datetime]


class KeptForm(Base):
    """A form that arrived without a living session or step-up: kept for an hour, given back to the same person only."""

    __tablename__ = "kept_form"

    ticket_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    path: Mapped[str]
    fields: Mapped[list[Any]] = mapped_column(default=list)
    kept_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
