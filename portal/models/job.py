"""What leaves the house after the commit: jobs and mails as rows; and what was already done once."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Public, one_of


class Job(Public, Base):
    """A piece of night work; `key` makes asking twice the same as once."""

    __tablename__ = "job"
    __table_args__ = (
        one_of("status", ("queued", "running", "done", "failed")),
        sa.Index("ix_job_due", "status", "due_at"),
    )

    kind: Mapped[str] = mapped_column(sa.String(30))
    key: Mapped[str] = mapped_column(sa.String(120), unique=True)
    args: Mapped[dict[str, Any]] = mapped_column(default=dict)
    status: Mapped[str] = mapped_column(sa.String(8), default="queued")
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    made_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")


class Mail(Public, Base):
    """A mail of the outbox; no state of the work depends on its being sent.

    A single-use code of a link stands in `sealed`, not in the body, and is gone once the mail is.
    `held` waits for its reader's digest; `gathered` went out in it (`carried_by_id`). `failed`: deferred for too long.
    """

    __tablename__ = "mail"
    __table_args__ = (
        one_of("status", ("queued", "sent", "failed", "bounced", "held", "gathered")),
        sa.Index("ix_mail_due", "status", "id"),
        sa.Index("ix_mail_thing", "thing", "party_id"),
    )

    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(sa.String(20))
    thing: Mapped[str] = mapped_column(sa.String(40), default="")
    recipient: Mapped[str] = mapped_column(sa.String(254))
    language: Mapped[str] = mapped_column(sa.String(2), default="ja")
    subject: Mapped[str]
    body: Mapped[str]
    sealed: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(sa.String(8), default="queued")
    tries: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    queued_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    carried_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mail.id"))
    error: Mapped[str] = mapped_column(default="")


class Once(Base):
    """An idempotency key: the same form sent twice gives the first answer again."""

    __tablename__ = "once"
    __table_args__ = (sa.UniqueConstraint("person_id", "key"),)

    person_id: Mapped[int]
    key: Mapped[str] = mapped_column(sa.String(64))
    result: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]


class Rate(Base):
    """Tries counted per window, for sign-in limits that hold over several web processes."""

    __tablename__ = "rate"

    key: Mapped[str] = mapped_column(sa.String(160), unique=True)
    count: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Counter(Base):
    """The last number given in a series, for people to read (A-2026-0001)."""

    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(sa.String(20), unique=True)
    last: Mapped[int]
