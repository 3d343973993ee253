"""What became of letters: those that did not arrive, contacts by other means, daily digests, texts of mails."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.posting import MEANS, OUTCOMES
from portal.models.base import Base, Public, Versioned, one_of
from portal.models.job import Mail
from portal.models.party import Party


class Undelivered(Public, Versioned, Base):
    """A letter to a party that did not arrive, as a task; open while its outcome is empty."""

    __tablename__ = "undelivered"
    __table_args__ = (one_of("outcome", ("", *OUTCOMES)), sa.Index("ix_undelivered_open", "outcome", "id"))

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    mail_id: Mapped[int] = mapped_column(sa.ForeignKey("mail.id"), index=True)
    said: Mapped[str]
    opened_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(sa.String(10), default="")
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    settled_at: Mapped[datetime | None]
    mail: Mapped[Mail] = relationship(lazy="raise")
    party: Mapped[Party] = relationship(lazy="raise")


class ContactNote(Base):
    """JMDP told a party something by telephone or post: on which day, whom, who did it, and what was said."""

    __tablename__ = "contact_note"
    __table_args__ = (one_of("means", MEANS),)

    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    attestation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("attestation.id"), index=True)
    means: Mapped[str] = mapped_column(sa.String(9))
    on: Mapped[date] = mapped_column("told_on")
    spoken_to: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]


class Digest(Base):
    """The one digest of a person for a day of their own calendar, and the mail that carries it."""

    __tablename__ = "digest"
    __table_args__ = (sa.UniqueConstraint("person_id", "day"),)

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    day: Mapped[date]
    mail_id: Mapped[int] = mapped_column(sa.ForeignKey("mail.id"))
    made_at: Mapped[datetime]


class MailText(Base):
    """One version of the text of an occasion in a language, with names in braces; the newest counts.

    A version that `is_shipped` goes back to the text that came with the portal.
    """

    __tablename__ = "mail_text"
    __table_args__ = (
        one_of("language", ("ja", "en")), sa.UniqueConstraint("occasion", "language", "number"),
        sa.CheckConstraint("number > 0", name="number"), sa.CheckConstraint("is_shipped = (body = '')", name="body"),
    )

    occasion: Mapped[str] = mapped_column(sa.String(20))
    language: Mapped[str] = mapped_column(sa.String(2))
    number: Mapped[int]
    subject: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    is_shipped: Mapped[bool] = mapped_column(default=False)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]
