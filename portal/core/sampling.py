"""Sampling before a block is accepted: which answers may stand in it, and a draw that anybody can repeat from its seed.

Only unchanged answers of low risk may be accepted as a block, and only after a random part of them was read one by one.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Literal

from msgspec import Struct

from portal.core.checklist import Answer, Held, wants_evidence
from portal.core.findings import Seen, opens_finding
from portal.core.frozen import FrozenAnswer, same
from portal.core.templates import Question

Why = Literal[
    "", "own", "new", "not_accepted", "changed", "reworded", "critical", "answer", "evidence", "returned", "finding",
    "verdict", "tier",
]
FIGURES = frozenset({"less_than", "greater_than", "not_current_version"})
BARRED_TIERS = frozenset({"critical"})
"""Tiers whose answers are always read one by one."""
PASSING = "conforms"


class Rule(Struct, frozen=True):
    """How many are drawn: a share in per cent, rounded up, but at least so many."""

    percent: int = 10
    minimum: int = 3


class File(Struct, frozen=True):
    """An evidence file under an answer as it stands now."""

    state: str
    evidence_type: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


class Candidate(Struct, frozen=True):
    """An answer and all that decides whether it may stand in a block; `before` is last year's wording."""

    question: Question
    before: Question | None
    answer: FrozenAnswer | None
    last: FrozenAnswer | None
    files: tuple[File, ...] = ()
    was_accepted: bool = False
    was_returned: bool = False
    has_finding: bool = False
    is_remarked: bool = False
    tier: str = ""


def size(rule: Rule, number: int) -> int:
    """Give how many of so many are drawn, never more than there are."""
    return min(number, max(rule.minimum, -(-number * rule.percent // 100)))


def ordered(seed: str, digest: str, questions: Iterable[str]) -> tuple[str, ...]:
    """Give the questions in the order of SHA-256 over seed, version digest and code, each on a line of its own."""
    return tuple(sorted(set(questions), key=lambda code: (sha256(f"{seed}\n{digest}\n{code}".encode()).digest(), code)))


def drawn(rule: Rule, seed: str, digest: str, questions: Iterable[str]) -> tuple[str, ...]:
    """Give the questions that the seed draws from the eligible ones, in the order of the draw."""
    order = ordered(seed, digest, questions)
    return order[:size(rule, len(order))]


def is_enough(rule: Rule, number: int) -> bool:
    """Say whether so many eligible answers leave any for a block once the sample is drawn."""
    return size(rule, number) < number


def why_not(candidate: Candidate, until: date) -> Why:
    """Give why an answer must be read by itself, '' where it may stand in a block; evidence must hold until a day."""
    answer, last = candidate.answer, candidate.last
    if answer is None or answer.author != "party":
        return "own"
    if last is None or candidate.before is None:
        return "new"
    reasons: Mapping[Why, bool] = {
        "tier": candidate.tier in BARRED_TIERS,
        "changed": not same(last, answer),
        "not_accepted": not candidate.was_accepted,
        "reworded": candidate.before != candidate.question,
        "critical": candidate.question.criticality == "critical",
        "returned": candidate.was_returned,
        "finding": candidate.has_finding,
        "verdict": candidate.is_remarked,
        "evidence": not _is_proven(candidate, answer, until),
        "answer": not _is_good(candidate, answer, until),
    }
    return next((code for code, holds in reasons.items() if holds), "")


def _is_proven(candidate: Candidate, answer: FrozenAnswer, until: date) -> bool:
    """Whether every file was accepted and holds until the day, and the evidence asked for is there."""
    given = Answer(answer.value, answer.comment, answer.not_applicable)
    if not candidate.files and wants_evidence(candidate.question, given, until):
        return False
    return all(file.state == "accepted" and (file.valid_to is None or file.valid_to >= until)
               for file in candidate.files)


def _is_good(candidate: Candidate, answer: FrozenAnswer, until: date) -> bool:
    """Whether the answer is well and no rule of its question opens a finding, or could by a figure not known here."""
    given = Answer(answer.value, answer.comment, answer.not_applicable)
    question = candidate.question
    if given.is_na:
        return False
    if question.good in ("yes", "no") and given.value.get("choice") != question.good:
        return False
    if any(_asks_a_figure(rule) for rule in question.finding_when):
        return False
    held = tuple(Held(file.evidence_type, file.valid_from, file.valid_to) for file in candidate.files)
    return not opens_finding(question, Seen(given, held, until))


def _asks_a_figure(rule: str) -> bool:
    """Whether a rule compares with a figure that only other rows hold; of incidents reported, none is known as none."""
    name, _, limit = rule.partition(":")
    return name in FIGURES and not limit.isdigit() and limit != "reported_in_time"
