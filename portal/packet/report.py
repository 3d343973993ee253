"""What a check of a packet found: single statements in both languages, and one answer drawn from them."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal

from portal.packet.speech import pgettext
from portal.packet.value import Words

State = Literal["holds", "changed", "unknown", "note"]
SHAPES = {"holds": "○", "changed": "×", "unknown": "？", "note": "・"}


class Answer(IntEnum):
    """The one answer, also the exit status of the command."""

    WHOLE = 0
    CHANGED = 1
    UNJUDGED = 2


@dataclass(frozen=True)
class Statement:
    """One thing that was looked at, and how it stands."""

    state: State
    words: Words


@dataclass
class Report:
    """All statements of one check, in the order they were made."""

    statements: list[Statement] = field(default_factory=list)

    def say(self, state: State, words: Words) -> None:
        """Add one statement."""
        self.statements.append(Statement(state, words))

    @property
    def answer(self) -> Answer:
        """Give changed if anything is, unjudged if anything could not be judged, whole otherwise."""
        states = {statement.state for statement in self.statements}
        if "changed" in states:
            return Answer.CHANGED
        return Answer.WHOLE if "holds" in states and "unknown" not in states else Answer.UNJUDGED

    def lines(self) -> list[str]:
        """Give the report as lines of text, each in Japanese and English, the answer first."""
        verdict = {
            Answer.WHOLE: pgettext("packet", "Whole: nothing in this file was changed since it was sealed."),
            Answer.CHANGED: pgettext("packet", "Changed: this is not the file that was sealed."),
            Answer.UNJUDGED: pgettext("packet", "Could not be judged; the reasons stand below."),
        }[self.answer]
        told = [f"{SHAPES[one.state]} {one.words.ja} / {one.words.en}" for one in self.statements]
        return [f"{verdict.ja} / {verdict.en}", *told]
