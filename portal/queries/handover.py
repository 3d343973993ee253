"""A party's handover notes: theirs alone, not even JMDP's people read them."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.models import Attestation, HandoverNote, Person, Template


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it stands: its text, who wrote it when (UTC), and its version (0: never written)."""

    text: str = ""
    who: str = ""
    at: datetime | None = None
    version: int = 0


NONE = Note()


def notes(rows: Session, actor: Actor, attestation: Attestation) -> dict[str, Note]:
    """Give the notes beside the questions of an attestation's checklist, of all years; none for anybody outside."""
    found = rows.execute(_mine(actor, attestation).where(HandoverNote.text != ""))
    return {row[0]: Note(*row[1:]) for row in found}


def note(rows: Session, actor: Actor, attestation: Attestation, question: str) -> Note:
    """Give the note beside one question, an empty one where none was written."""
    row = rows.execute(_mine(actor, attestation).where(HandoverNote.question == question)).first()
    return Note(*row[1:]) if row else NONE


def _mine(actor: Actor, attestation: Attestation) -> sa.Select[str, str, str, datetime, int]:
    """Ask for the notes of the actor's own party: staff and auditors, who may see its rows, get none of these."""
    checklist = sa.select(Template.code).where(Template.id == attestation.template_id).scalar_subquery()
    return (sa.select(HandoverNote.question, HandoverNote.text, Person.name, HandoverNote.written_at,
                      HandoverNote.version)
            .join(Person, Person.id == HandoverNote.written_by_id)
            .where(HandoverNote.party_id == actor.party_id, HandoverNote.party_id == attestation.party_id,
                   HandoverNote.checklist == checklist))
