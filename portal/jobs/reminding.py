"""Looks every half hour at what parties have in hand: at 08:30 of their own clock the letter of the day goes out."""

from datetime import UTC, datetime

from portal.actions import remind
from portal.core.readable import day_in
from portal.jobs import runner
from portal.queries import reminders
from portal.store.cellar import Cellar


def slot(now: datetime) -> str:
    """Give the half hour of a moment, in UTC."""
    at = now.astimezone(UTC)
    return f"{at:%Y-%m-%dT%H}:{'00' if at.minute < 30 else '30'}"


def ask(cellar: Cellar) -> None:
    """Ask for the look of this half hour; asked again it is one job."""
    key = slot(cellar.clock())
    runner.once(cellar, "remind", key, slot=key)


def run(cellar: Cellar, slot: str) -> None:
    """Look at every open request, each in an act of its own: what was sent stays sent whatever comes after."""
    with cellar.read() as rows:
        found = reminders.open_now(rows, day_in(cellar.clock()))
    for attestation_id in found:
        with cellar.work() as work:
            remind.look(work, attestation_id)
