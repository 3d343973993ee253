"""What a workbook would change: each of its answers held against what stands, nothing overwritten unasked."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from msgspec import Struct

from portal.core.answer_book import Sent, given, typed
from portal.core.answers import Problem, Reading, read_answer
from portal.core.templates import Question

Standing = Literal["new", "changed", "conflict", "same", "untouched", "closed"]
WOULD = ("new", "changed", "conflict")
"""What can be taken: the first two unless a person says no, a conflict only when a person says yes."""


class Now(Struct, frozen=True):
    """An answer as it stands in the portal; version 0 for none."""

    value: Mapping[str, Any] = {}
    comment: str = ""
    not_applicable: bool = False
    reply: str = ""
    version: int = 0
    is_open: bool = True


class Proposal(Struct, frozen=True):
    """What a workbook says of one question, what would become of it, and what cannot be read in it."""

    question: Question
    standing: Standing
    raw: Mapping[str, Any]
    value: Mapping[str, Any]
    comment: str
    reply: str
    not_applicable: bool
    now: Now
    problems: tuple[Problem, ...] = ()

    @property
    def is_proposed(self) -> bool:
        """Whether it is taken unless a person says no."""
        return self.standing in ("new", "changed")


def propose(questions: Iterable[Question], sent: Iterable[Sent], stands: Mapping[str, Now]) -> list[Proposal]:
    """Hold a workbook against what stands, in the order of the questions; what says nothing is left out."""
    by_id = {row.question: row for row in sent if not row.is_empty}
    return [_one(question, by_id[question.id], stands.get(question.id, Now()))
            for question in questions if question.id in by_id]


def _one(question: Question, sent: Sent, now: Now) -> Proposal:
    """A cell that was emptied takes nothing away: an answer is taken back in the portal, where one sees it."""
    raw, skipped = given(question, sent)
    reading = Reading({}) if skipped else read_answer(question, raw)
    value, problems = reading.value, reading.problems
    if not value and not skipped:
        raw, value, skipped = typed(now.value), now.value, now.not_applicable
    comment, reply = sent.comment.strip() or now.comment, sent.reply.strip() or now.reply
    same = (dict(value), comment, skipped, reply) == (dict(now.value), now.comment, now.not_applicable, now.reply)
    return Proposal(question, "same" if same else _standing(sent, now), raw, value, comment, reply, skipped, now,
                    problems)


def _standing(sent: Sent, now: Now) -> Standing:
    if not sent.is_touched:
        return "untouched"
    if not now.is_open:
        return "closed"
    if not now.version:
        return "new"
    return "changed" if sent.version == now.version else "conflict"
