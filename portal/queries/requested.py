"""What JMDP sees of an attestation that the party has in hand: how far each section is and which letters went out.

The answers themselves are the party's own until it submits them (they are no part of this).
"""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.models import Attestation, Mail
from portal.queries import tasks
from portal.queries.visible import visible_to

LETTERS = 50


@dataclass(frozen=True, slots=True)
class Progress:
    """One section: its code, its state (a word of 'answering') and how many of its questions are complete."""

    code: str
    state: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Requested:
    """An attestation's progress, whether nothing is missing any more, and its newest letters."""

    sections: list[Progress]
    is_complete: bool
    letters: list[Mail]


def requested(rows: Session, actor: Actor, attestation: Attestation, today: date) -> Requested:
    """Give how far a party is as of a day (Japan); `attestation` comes with its party and template."""
    sheet = tasks.sheet(rows, actor, attestation, today)
    letters = rows.scalars(
        sa.select(Mail).where(Mail.thing == attestation.public_id, Mail.party_id == attestation.party_id,
                              visible_to(actor, Mail.party_id)).order_by(Mail.id.desc()).limit(LETTERS))
    sections = [Progress(one.code, one.state, one.done, len(one.rows)) for one in sheet.sections]
    return Requested(sections, sheet.is_complete, list(letters))
