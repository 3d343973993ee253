"""Texts of mails written by an administrator over the shipped ones: saved as versions, and back by one act."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.actions import record
from portal.core import mailproof
from portal.core.actor import Actor
from portal.core.errors import Incomplete, Stale
from portal.core.occasions import LANGUAGES
from portal.core.policy import Permission
from portal.models import MailText
from portal.queries import mailtexts
from portal.store.work import STALE, Work


@dataclass(frozen=True, slots=True)
class Typed:
    """A text as it was typed, over the version number that its writer saw."""

    subject: str
    body: str
    seen: int


def save(work: Work, actor: Actor, occasion: str, typed: Mapping[str, Typed]) -> int:
    """Keep the texts of an occasion by language, each that differs from what stands as a version; gives how many.

    Incomplete for a text that cannot be used (core/mailproof); Stale when another version stands than the writer saw.
    """
    record.require(actor, Permission.EDIT_MAIL_TEXT)
    wrong: dict[str, str] = {}
    changed = []
    for language, text in typed.items():
        stands = mailtexts.stands(work.rows, occasion, language)
        subject, body = text.subject.strip(), text.body.replace("\r\n", "\n").strip("\n") + "\n"
        if (subject, body.strip()) == (stands.subject, stands.body.strip()):
            continue
        if stands.number != text.seen:
            raise Stale(STALE, stands)
        found = mailproof.problems(mailtexts.shipped(occasion, language), subject, body)
        wrong |= {f"{one.place}_{language}": one.sentence for one in found}
        changed.append(MailText(occasion=occasion, language=language, subject=subject, body=body,
                                number=stands.number + 1))
    if wrong:
        raise Incomplete("The text cannot be used yet.", wrong)
    for row in changed:
        _keep(work, actor, row)
        record.note(work, actor, row, "saved", occasion=occasion, language=row.language, number=row.number)
    return len(changed)


def restore(work: Work, actor: Actor, occasion: str) -> int:
    """Go back to the shipped texts of an occasion in both languages; gives how many were written over."""
    record.require(actor, Permission.EDIT_MAIL_TEXT)
    stood = {language: mailtexts.stands(work.rows, occasion, language) for language in LANGUAGES}
    written = {language: text for language, text in stood.items() if not text.is_shipped}
    for language, text in written.items():
        row = MailText(occasion=occasion, language=language, subject="", body="", is_shipped=True,
                       number=text.number + 1)
        _keep(work, actor, row)
        record.note(work, actor, row, "restored", occasion=occasion, language=language, number=row.number)
    return len(written)


def _keep(work: Work, actor: Actor, row: MailText) -> None:
    row.made_by_id, row.made_at = actor.person_id, work.now()
    work.rows.add(row)
