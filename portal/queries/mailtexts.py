"""Texts of mails: the shipped ones opened for writing, and what was written over them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core import mailproof, mailtext
from portal.core.actor import Actor
from portal.core.errors import NotFound
from portal.core.mailtext import Opened
from portal.core.occasions import FIXED, LANGUAGES, OCCASIONS
from portal.core.policy import Permission, require
from portal.models import MailText, Person
from portal.queries.visible import GONE

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "mail"
KEPT = 50


@dataclass(frozen=True, slots=True)
class Stands:
    """The text of an occasion in a language as it stands, and the number of the newest version (0: none was made)."""

    subject: str
    body: str
    number: int = 0
    is_shipped: bool = True


@dataclass(frozen=True, slots=True)
class Side:
    """What stands of an occasion in one language: its newest version (0: none), since when, by whom, whether it fits.

    One that does not fit is not sent: the shipped text goes out in its place.
    """

    number: int = 0
    at: datetime | None = None
    who: str = ""
    is_shipped: bool = True
    fits: bool = True


@cache
def shipped(occasion: str, language: str) -> Opened:
    """Give a shipped text opened for writing; NotFound where the occasion has none that may be written."""
    if occasion not in OCCASIONS or occasion in FIXED or language not in LANGUAGES:
        raise NotFound(GONE)
    found = mailtext.opened((FOLDER / f"{occasion}.{language}.txt").read_text(encoding="utf-8"), language)
    if found is None:
        raise NotFound(GONE)
    return found


def newest(rows: Session, occasion: str, language: str) -> MailText | None:
    """Give the newest version written for an occasion, or None."""
    return rows.scalar(sa.select(MailText).where(MailText.occasion == occasion, MailText.language == language)
                       .order_by(MailText.number.desc()).limit(1))


def fits(row: MailText) -> bool:
    """Say whether a version can be used; after an upgrade it may name what the shipped text no longer has."""
    return row.is_shipped or not mailproof.problems(shipped(row.occasion, row.language), row.subject, row.body)


def stands(rows: Session, occasion: str, language: str) -> Stands:
    """Give the text that counts, with names in braces; NotFound where the occasion has none to write."""
    text, row = shipped(occasion, language), newest(rows, occasion, language)
    if row is None or row.is_shipped:
        return Stands(text.subject, text.body, row.number if row else 0)
    return Stands(row.subject, row.body, row.number, is_shipped=False)


def listing(rows: Session, actor: Actor) -> Mapping[str, Mapping[str, Side]]:
    """Give what stands of each occasion that may be written, by language."""
    require(actor, Permission.EDIT_MAIL_TEXT)
    last = sa.select(sa.func.max(MailText.id)).group_by(MailText.occasion, MailText.language)
    found = rows.execute(sa.select(MailText, Person.name).join(Person, Person.id == MailText.made_by_id)
                         .where(MailText.id.in_(last), MailText.occasion.in_(set(OCCASIONS) - FIXED)))
    made = {(row.occasion, row.language): Side(row.number, row.made_at, who, row.is_shipped, fits(row))
            for row, who in found}
    return {name: {language: made.get((name, language), Side()) for language in LANGUAGES}
            for name in OCCASIONS if name not in FIXED}


def unfit(rows: Session, actor: Actor) -> int:
    """Give how many texts cannot be used as they were written, so that the shipped ones are sent."""
    return sum(not side.fits for sides in listing(rows, actor).values() for side in sides.values())


def versions(rows: Session, actor: Actor, occasion: str) -> Sequence[tuple[MailText, str]]:
    """Give the newest versions of an occasion in both languages, each with who made it."""
    require(actor, Permission.EDIT_MAIL_TEXT)
    found = rows.execute(
        sa.select(MailText, Person.name).join(Person, Person.id == MailText.made_by_id)
        .where(MailText.occasion == occasion).order_by(MailText.id.desc()).limit(KEPT))
    return [(row, name) for row, name in found]
