"""WHETHER: what a checklist asks of whom, and what is still missing before it can be submitted."""

from collections.abc import Mapping
from datetime import date
from fnmatch import fnmatchcase
from typing import Any, Literal

from msgspec import Struct

from portal.core.answers import Problem, reread
from portal.core.sentences import sentence
from portal.core.templates import Question, Template

What = Literal["unanswered", "invalid", "reason", "not_allowed", "evidence_missing", "evidence_expired"]

UNANSWERED = sentence("Answer this question.")
DECLARE = sentence("Enter the rows, or declare that there are none.")
REASON = sentence("Give the reason why this does not apply.")
MUST_ANSWER = sentence("This question applies to everyone: answer it.")
ATTACH = sentence("Attach the evidence, or say in the comment why you cannot: %(kinds)s")
NOT_YET = sentence("The evidence is not in force yet: attach a current one, or say in the comment why you cannot.")
RENEW = sentence("The evidence expired on %(date)s: attach a current one, or say in the comment why you cannot.")


class Answer(Struct, frozen=True):
    """An answer as kept: the value (or what was typed), a comment, or that the question does not apply."""

    value: Mapping[str, Any] = {}
    comment: str = ""
    not_applicable: bool = False

    @property
    def is_na(self) -> bool:
        """Say whether the question was answered as not applicable, in either way."""
        return self.not_applicable or self.value.get("choice") == "na"


class Held(Struct, frozen=True):
    """A piece of evidence linked to an answer; `stands_in` was accepted in place of the kind asked for."""

    evidence_type: str
    valid_from: date | None = None
    valid_to: date | None = None
    stands_in: bool = False


class Asked(Struct, frozen=True):
    """Who is asked and on which day: kind of party, one person or an organisation, and who answers now."""

    as_of: date
    party_kind: str = ""
    individual: bool = False
    author: Literal["party", "jmdp"] = "party"


class Unmet(Struct, frozen=True):
    """Something that keeps a checklist from being submitted, with a sentence that says what to do."""

    question: str
    what: What
    message: str
    values: Mapping[str, Any] = {}


def visible(template: Template, answers: Mapping[str, Answer], asked: Asked) -> tuple[Question, ...]:
    """Give the questions that concern this party, in order: by kind, short form, and what was answered before."""
    short = asked.individual and any(question.individual for question in template.questions)
    seen: dict[str, Question] = {}
    for question in template.questions:
        if question.party_kinds and asked.party_kind and asked.party_kind not in question.party_kinds:
            continue
        if short and not question.individual:
            continue
        if question.visible_when and not _picked(answers, question.visible_when.question, question):
            continue
        seen[question.id] = question
    return tuple(seen.values())


def _picked(answers: Mapping[str, Answer], other: str, question: Question) -> bool:
    """Say whether the question it hangs on was answered in one of the ways that make it appear."""
    if question.visible_when is None or other not in answers or answers[other].is_na:
        return False
    value = answers[other].value
    picked = {value.get("choice"), *value.get("choices", ())}
    return not picked.isdisjoint(question.visible_when.any_of)


def to_answer(template: Template, answers: Mapping[str, Answer], asked: Asked) -> tuple[Question, ...]:
    """Give the visible questions that the author has to answer; what the portal computes is asked of nobody."""
    return tuple(q for q in visible(template, answers, asked) if q.answered_by == asked.author)


def is_answered(question: Question, answer: Answer | None) -> bool:
    """Say whether there is a readable answer, or a reasoned "not applicable" where that is allowed."""
    if answer is None:
        return False
    if answer.is_na:
        return question.allow_na and bool(answer.comment.strip())
    return bool(answer.value) and "raw" not in answer.value


def unmet(
    template: Template, answers: Mapping[str, Answer], evidence: Mapping[str, tuple[Held, ...]], asked: Asked
) -> list[Unmet]:
    """Give all that is missing before the author's part is complete, in the order of the questions."""
    found: list[Unmet] = []
    for question in to_answer(template, answers, asked):
        answer = answers.get(question.id, Answer())
        wrong = _answer_unmet(question, answer)
        found += wrong
        if not wrong and not answer.is_na:
            found += _evidence_unmet(question, answer, evidence.get(question.id, ()), asked.as_of)
    return found


def _answer_unmet(question: Question, answer: Answer) -> list[Unmet]:
    if answer.is_na:
        if not question.allow_na:
            return [Unmet(question.id, "not_allowed", MUST_ANSWER)]
        return [] if answer.comment.strip() else [Unmet(question.id, "reason", REASON)]
    if not answer.value:
        return [Unmet(question.id, "unanswered", DECLARE if question.answer_type == "table" else UNANSWERED)]
    problems: tuple[Problem, ...] = reread(question, answer.value).problems
    return [Unmet(question.id, "invalid", problem.message, problem.values) for problem in problems]


def _evidence_unmet(question: Question, answer: Answer, held: tuple[Held, ...], as_of: date) -> list[Unmet]:
    """Missing or expired evidence holds up the party unless the comment says why; the reviewer judges that."""
    if not wants_evidence(question, answer, as_of) or answer.comment.strip():
        return []
    fitting = fitting_evidence(question, held)
    if not fitting:
        return [Unmet(question.id, "evidence_missing", ATTACH, {"kinds": question.evidence})]
    if not any(is_current(piece, as_of) for piece in fitting):
        ended = [piece.valid_to for piece in fitting if piece.valid_to and piece.valid_to < as_of]
        message, values = (RENEW, {"date": max(ended)}) if ended else (NOT_YET, {})
        return [Unmet(question.id, "evidence_expired", message, values)]
    return []


def fitting_evidence(question: Question, held: tuple[Held, ...]) -> tuple[Held, ...]:
    """Give the pieces that are of a kind the question asks for, or were accepted in its place."""
    return tuple(piece for piece in held if piece.stands_in or piece.evidence_type in question.evidence)


def is_current(piece: Held, as_of: date) -> bool:
    """Say whether a piece of evidence counts on a day; no end means as long as the thing itself."""
    begun = piece.valid_from is None or piece.valid_from <= as_of
    return begun and (piece.valid_to is None or piece.valid_to >= as_of)


def wants_evidence(question: Question, answer: Answer, as_of: date) -> bool:
    """Say whether this answer must come with evidence, by the question's `evidence_when`."""
    rule, _, pattern = question.evidence_when.partition(":")
    value = answer.value
    if not question.evidence or answer.is_na or not value or "raw" in value:
        return False
    if rule in ("always", "optional", "never"):
        return rule == "always" and not value.get("none")
    if rule == "on_positive":
        return float(value.get("number", 0)) > 0
    if rule == "on_foreign":
        return any(row.get("country", "JP") != "JP" for row in value.get("rows", ()))
    if rule == "when_past":
        return "date" in value and date.fromisoformat(value["date"]) <= as_of
    if rule == "on_choice":
        return any(_fits(code, pattern) for code in (value.get("choice"), *value.get("choices", ())) if code)
    return value.get("choice") == rule.removeprefix("on_")


def _fits(code: str, pattern: str) -> bool:
    """Say whether a choice wants evidence; "any" means every choice but "none"."""
    return code != "none" if pattern == "any" else fnmatchcase(code, pattern)


def foreign_answer(countries: Mapping[str, bool]) -> str:
    """Take the countries of handling and whether each was declared; give none, yes_declared or yes_undeclared."""
    abroad = [declared for country, declared in countries.items() if country != "JP"]
    if not abroad:
        return "none"
    return "yes_declared" if all(abroad) else "yes_undeclared"
