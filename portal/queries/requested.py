"""What JMDP sees of an attestation that the party has in hand: how far each section is.

The answers themselves are the party's own until it submits them (they are no part of this).
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.models import Attestation
from portal.queries import tasks


@dataclass(frozen=True, slots=True)
class Progress:
    """One section: its code, its state (a word of 'answering') and how many of its questions are complete."""

    code: str
    state: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Requested:
    """An attestation's progress, and whether nothing is missing any more."""

    sections: list[Progress]
    is_complete: bool


def requested(rows: Session, actor: Actor, attestation: Attestation, today: date) -> Requested:
    """Give how far a party is as of a day (Japan); `attestation` comes with its party and template."""
    sheet = tasks.sheet(rows, actor, attestation, today)
    sections = [Progress(one.code, one.state, one.done, len(one.rows)) for one in sheet.sections]
    return Requested(sections, sheet.is_complete)
