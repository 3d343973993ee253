"""What in an answer opens a finding: the `finding_when` rules of a question, judged on a day."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct

from portal.core.checklist import Answer, Held, fitting_evidence, is_current, wants_evidence
from portal.core.dates import add_months
from portal.core.sentences import sentence
from portal.core.templates import Question


class Trigger(Struct, frozen=True):
    """One rule that an answer met, with an English source sentence and the values for its places."""

    rule: str
    message: str
    values: Mapping[str, Any] = {}


class Seen(Struct, frozen=True):
    """An answer as it is judged: the evidence linked to it, the day, and the figures agreed or known.

    Figures: agreed_days, agreed_years (contract), reported_in_time (incidents told to JMDP in time),
    current_version (of the explanation papers).
    """

    answer: Answer
    held: tuple[Held, ...]
    as_of: date
    figures: Mapping[str, Any] = {}


ANSWERED_NO = sentence("The answer is no.")
ANSWERED_PARTLY = sentence("The answer is partly.")
ANSWERED_YES = sentence("The answer is yes.")
EMPTY = sentence("Nothing is stated.")
NO_EVIDENCE = sentence("The evidence asked for is missing.")
EXPIRED = sentence("The evidence has expired.")
TOO_OLD = sentence("The date is more than %(months)s months ago.")
PAST = sentence("The date has passed.")
LESS = sentence("The figure is below %(limit)s.")
GREATER = sentence("The figure is above %(limit)s.")
UNREPORTED = sentence("There were %(number)s events, of which %(limit)s were reported to JMDP in time.")
CHOSEN = sentence("This choice opens a finding.")
NO_CONSENT = sentence("Row %(row)s has no consent number.")
UNDECLARED_ABROAD = sentence("Row %(row)s names a place abroad that was not declared.")
OLD_VERSION = sentence("The version in use is not the current one (%(current)s).")
NOT_PROVEN = sentence("The date has passed without evidence.")
YES_UNPROVEN = sentence("The answer is yes without evidence.")

Rule = Callable[[Question, Seen, str], tuple[str, Mapping[str, Any]] | None]


def opens_finding(question: Question, seen: Seen) -> tuple[Trigger, ...]:
    """Give every rule of the question that the answer meets; none for "not applicable" or where nothing is wrong."""
    if seen.answer.is_na:
        return ()
    found = []
    for rule in question.finding_when:
        name, _, limit = rule.partition(":")
        if told := RULES[name](question, seen, limit):
            found.append(Trigger(rule, *told))
    return tuple(found)


def _chose(code: str, message: str) -> Rule:
    return lambda question, seen, limit: (message, {}) if seen.answer.value.get("choice") == code else None


def _day(seen: Seen) -> date | None:
    return date.fromisoformat(seen.answer.value["date"]) if "date" in seen.answer.value else None


def _proven(question: Question, seen: Seen) -> bool:
    return any(is_current(piece, seen.as_of) for piece in fitting_evidence(question, seen.held))


def _empty(question: Question, seen: Seen, limit: str) -> tuple[str, Mapping[str, Any]] | None:
    return None if seen.answer.value else (EMPTY, {})


def _undeclared(question: Question, seen: Seen, limit: str) -> tuple[str, Mapping[str, Any]] | None:
    value = seen.answer.value
    return None if value.get("rows") or value.get("none") else (EMPTY, {})


def _missing(question: Question, seen: Seen, limit: str) -> tuple[str, Mapping[str, Any]] | None:
    wanted = wants_evidence(question, seen.answer, seen.as_of)
    return (NO_EVIDENCE, {}) if wanted and not fitting_evidence(question, seen.held) else None


def _expired(question: Question, seen: Seen, limit: str) -> tuple[str, Mapping[str, Any]] | None:
    return (EXPIRED, {}) if fitting_evidence(question, seen.held) and not _proven(question, seen) else None


def _older(question: Question, seen: Seen, limit: str) -> tuple[str, Mapping[str, Any]] | None:
    day = _day(seen)
    return (TOO_OLD, {"months": int(limit)}) if day and add_months(day, int(limit)) < seen.as_of else None


def _past(question: Question, seen: Seen, limit: str) -> tuple[str, Mapping[str, Any]] | None:
    day = _day(seen)
    return (PAST, {}) if day and day < seen.as_of else None


def _past_unproven(question: Question, seen: Seen, limit: str) -> tuple[str, Mapping[str, Any]] | None:
    day = _day(seen)
    return (NOT_PROVEN, {}) if day and day <= seen.as_of and not _proven(question, seen) else None


def _limit(seen: Seen, limit: str) -> Decimal | None:
    """Give the limit a rule names: a figure, or one known elsewhere (nothing where none was agreed)."""
    figure = limit if limit.isdigit() else seen.figures.get(limit, 0 if limit == "reported_in_time" else None)
    return None if figure is None else Decimal(str(figure))


def _less(question: Question, seen: Seen, limit: str) -> tuple[str, Mapping[str, Any]] | None:
    least, number = _limit(seen, limit), seen.answer.value.get("number")
    return (LESS, {"limit": least}) if number and least is not None and Decimal(number) < least else None


def _greater(question: Question, seen: Seen, limit: str) -> tuple[str, Mapping[str, Any]] | None:
    most, number = _limit(seen, limit), seen.answer.value.get("number")
    if number is None or most is None or Decimal(number) <= most:
        return None
    return (UNREPORTED if limit == "reported_in_time" else GREATER), {"limit": most, "number": Decimal(number)}


def _chosen(question: Question, seen: Seen, limit: str) -> tuple[str, Mapping[str, Any]] | None:
    value = seen.answer.value
    return (CHOSEN, {"choice": limit}) if limit in (value.get("choice"), *value.get("choices", ())) else None


def _unapproved(question: Question, seen: Seen, limit: str) -> tuple[str, Mapping[str, Any]] | None:
    column = next(column.code for column in question.columns if column.kind == "approval")
    rows = enumerate(seen.answer.value.get("rows", ()), 1)
    return next(((NO_CONSENT, {"row": number}) for number, row in rows if not row.get(column)), None)


def _undeclared_abroad(question: Question, seen: Seen, limit: str) -> tuple[str, Mapping[str, Any]] | None:
    rows = enumerate(seen.answer.value.get("rows", ()), 1)
    abroad = (number for number, row in rows if row.get("country", "JP") != "JP" and row.get("declared") != "yes")
    return next(((UNDECLARED_ABROAD, {"row": number}) for number in abroad), None)


def _old_version(question: Question, seen: Seen, limit: str) -> tuple[str, Mapping[str, Any]] | None:
    current = seen.figures.get("current_version")
    stated = seen.answer.value.get("text")
    return (OLD_VERSION, {"current": current}) if current and stated and stated != current else None


def _yes_unproven(question: Question, seen: Seen, limit: str) -> tuple[str, Mapping[str, Any]] | None:
    return (YES_UNPROVEN, {}) if seen.answer.value.get("choice") == "yes" and not _proven(question, seen) else None


RULES: dict[str, Rule] = {
    "no": _chose("no", ANSWERED_NO),
    "partial": _chose("partial", ANSWERED_PARTLY),
    "yes": _chose("yes", ANSWERED_YES),
    "empty": _empty,
    "empty_undeclared": _undeclared,
    "evidence_missing": _missing,
    "evidence_expired": _expired,
    "older_than_months": _older,
    "past": _past,
    "date_past_without_evidence": _past_unproven,
    "less_than": _less,
    "greater_than": _greater,
    "choice_in": _chosen,
    "row_without_approval": _unapproved,
    "undeclared_foreign": _undeclared_abroad,
    "not_current_version": _old_version,
    "yes_without_evidence": _yes_unproven,
}
