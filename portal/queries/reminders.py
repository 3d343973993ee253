"""Who may have to be reminded now, how each request stands, and what became of its letters."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core.actor import SYSTEM
from portal.core.readable import JST, day_in
from portal.core.reminders import REASONS, Standing
from portal.core.workflow import THEIRS
from portal.models import Answer, Attestation, Membership, Person, Reminder, Round
from portal.queries import tasks

MORNING = time(8, 30)
"""When letters go, on the clock of the party's people."""
NEAR, FAR = timedelta(days=45), timedelta(days=60)


def open_now(rows: Session, today: date) -> Sequence[int]:
    """Give the requests that parties have in hand and whose due day lies near enough for a letter, by id."""
    return rows.scalars(sa.select(Attestation.id).where(
        Attestation.state.in_(THEIRS), Attestation.due_on <= today + NEAR, Attestation.due_on >= today - FAR,
    ).order_by(Attestation.id)).all()


def zone(rows: Session, party_id: int) -> ZoneInfo:
    """Give the time zone of a party: that of the first of its people, Japan's where there is nobody."""
    name = rows.scalar(
        sa.select(Person.zone).join(Membership, Membership.person_id == Person.id)
        .where(Membership.party_id == party_id, Membership.is_active, Person.is_active).order_by(Person.id).limit(1))
    return ZoneInfo(name) if name else JST


def is_morning(now: datetime, where: ZoneInfo) -> bool:
    """Say whether it is 08:30 or later there."""
    return now.astimezone(where).time() >= MORNING


def standing(rows: Session, attestation: Attestation, today: date) -> Standing:
    """Give how a request stands; the party, the template are loaded with it."""
    paused = attestation.round_id is not None and rows.scalar(
        sa.select(Round.state).where(Round.id == attestation.round_id)) == "paused"
    active = rows.scalar(sa.select(sa.func.max(Answer.answered_at)).where(
        Answer.attestation_id == attestation.id, Answer.author == "party"))
    is_theirs = attestation.state in THEIRS
    complete = (is_theirs and attestation.answered > 0
                and tasks.sheet(rows, SYSTEM, attestation, today).is_complete)
    return Standing(
        day_in(attestation.requested_at), attestation.due_on, attestation.party.country, is_theirs,
        attestation.state == "withdrawn", paused, attestation.answered > 0,
        attestation.answered / max(attestation.questions, 1), complete, day_in(active) if active else None)


def said(rows: Session, attestation: Attestation) -> list[tuple[Reminder, str]]:
    """Give what became of the letters of a request, each with the English source sentence that says it."""
    return [(row, next(text for code, text in REASONS.items() if code == row.outcome))
            for row in told(rows, attestation)]


def decided(rows: Session, attestation: Attestation) -> set[tuple[date, str]]:
    """Give which rungs of which due day were decided for a request."""
    return {(row.due_on, row.rung) for row in told(rows, attestation)}


def told(rows: Session, attestation: Attestation) -> list[Reminder]:
    """Give what became of the letters of a request, in order."""
    return list(rows.scalars(sa.select(Reminder).where(Reminder.attestation_id == attestation.id)
                             .order_by(Reminder.id)))
