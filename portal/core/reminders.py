"""The reminder ladder: which letters go when before and after a due day, and why one does not; no clock of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from portal.core import offices
from portal.core.entries import Rung
from portal.core.sentences import sentence

QUIET_DAYS = 1
FRESH_DAYS = 3
LATE_DAYS = 3

Code = Literal["sent", "not_theirs", "withdrawn", "paused", "active", "just_asked", "begun", "half_done", "done"]
REASONS: Mapping[Code, str] = {
    "sent": sentence("Goes out."),
    "not_theirs": sentence("Stopped: the party has submitted; the turn is JMDP's."),
    "withdrawn": sentence("Stopped: the request was withdrawn."),
    "paused": sentence("Stopped: the round is paused."),
    "active": sentence("Stopped: somebody at the party worked on it within a day."),
    "just_asked": sentence("Stopped: the party was asked less than three days before."),
    "begun": sentence("Stopped: this letter is for those who have not begun."),
    "half_done": sentence("Stopped: this letter is for those who have answered less than half."),
    "done": sentence("Stopped: everything is answered; the letter about submitting goes instead."),
}
OFFICES = ("to_party", "to_officers", "to_leads", "to_approvers")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a request stands on a day: whose turn it is and how far the party has come."""

    asked_on: date
    due_on: date
    country: str = "JP"
    is_theirs: bool = True
    is_withdrawn: bool = False
    is_paused: bool = False
    has_begun: bool = False
    share: float = 0.0
    is_complete: bool = False
    active_on: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one rung: the day it falls on, and whether it goes out or why not; a sentence for a reader."""

    rung: Rung
    day: date
    code: Code
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def goes(self) -> bool:
        """Whether the letter goes out."""
        return self.code == "sent"

    @property
    def message(self) -> str:
        """The English source sentence of the decision."""
        return REASONS[self.code]


def day_of(rung: Rung, due_on: date, country: str) -> date:
    """Give the day a rung falls on: an open day of the party's country, before the due day an earlier one."""
    day = due_on + timedelta(days=rung.days)
    if rung.days > 0:
        return offices.next_open_day(day, country)
    while rung.days and not offices.is_open(day, country):
        day -= timedelta(days=1)
    return day


def decide(rung: Rung, stands: Standing) -> Decision:
    """Say whether a rung's letter goes out as things stand on its day."""
    day = day_of(rung, stands.due_on, stands.country)
    return Decision(rung, day, _code(rung, stands, day))


def _code(rung: Rung, stands: Standing, day: date) -> Code:
    stops: tuple[tuple[bool, Code], ...] = (
        (stands.is_withdrawn, "withdrawn"),
        (not stands.is_theirs, "not_theirs"),
        (stands.is_paused, "paused"),
        (day < stands.asked_on + timedelta(days=FRESH_DAYS), "just_asked"),
        (rung.only == "untouched" and stands.has_begun, "begun"),
        (rung.only == "below_half" and stands.is_complete, "done"),
        (rung.only == "below_half" and stands.share >= 0.5, "half_done"),
        (rung.days < 0 and not stands.is_complete and stands.active_on is not None
         and stands.active_on >= day - timedelta(days=QUIET_DAYS), "active"),
    )
    return next((code for stopped, code in stops if stopped), "sent")


@dataclass(frozen=True, slots=True)
class Story:
    """A supposed course of a request: what happened on which day, for the simulator."""

    asked_on: date
    due_on: date
    country: str = "JP"
    begun_on: date | None = None
    half_on: date | None = None
    complete_on: date | None = None
    submitted_on: date | None = None
    withdrawn_on: date | None = None
    paused_on: date | None = None

    def on(self, day: date) -> Standing:
        """How the request stands on a day; what happens on that very day is seen the next morning."""
        begun, half, complete, submitted, withdrawn, paused = (
            event is not None and event < day for event in (
                self.begun_on, self.half_on, self.complete_on, self.submitted_on, self.withdrawn_on, self.paused_on))
        acts = [event for event in (self.begun_on, self.half_on, self.complete_on) if event is not None and event < day]
        return Standing(
            self.asked_on, self.due_on, self.country, not submitted, withdrawn, paused, begun or half or complete,
            1.0 if complete else 0.5 if half else 0.0, complete, max(acts, default=None))


def course(ladder: Sequence[Rung], story: Story) -> list[Decision]:
    """Give what becomes of every rung in a supposed course, by day."""
    found = [decide(rung, story.on(day_of(rung, story.due_on, story.country))) for rung in ladder]
    return sorted(found, key=lambda decision: (decision.day, decision.rung.days))


def falling(ladder: Sequence[Rung], due_on: date, country: str, today: date) -> list[Rung]:
    """Give the rungs that fall on a day, at most one for the party and one for each office of JMDP.

    After days in which nothing ran it is the last one missed, up to LATE_DAYS late.
    """
    first = today - timedelta(days=LATE_DAYS)
    last: dict[str, Rung] = {}
    for rung in sorted(ladder, key=lambda rung: rung.days):
        if first <= day_of(rung, due_on, country) <= today:
            last["party" if rung.to in ("to_party", "to_officers") else rung.to] = rung
    return list(last.values())
