"""Which rules fit which questions: when evidence may be asked for, and what may open a finding."""

from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from portal.core.bilingual import Text
from portal.core.sentences import sentence
from portal.core.templates import Question

YES_NO = ("yes_no", "yes_no_partial_na")
CHOICES = ("choice", "choice_multi")
ANY = (*YES_NO, *CHOICES, "date", "number", "text", "table")



class Rule(NamedTuple):
    """A rule in words, and the types of answer it fits."""

    words: Text
    fits: tuple[str, ...]


EVIDENCE_RULES = {
    "always": Rule(Text("常に", "Always"), ANY),
    "optional": Rule(Text("あれば（任意）", "If there is any (optional)"), ANY),
    "never": Rule(Text("求めない", "Never"), ANY),
    "on_yes": Rule(Text("「はい」のとき", "When the answer is yes"), YES_NO),
    "on_partial": Rule(Text("「一部」のとき", "When the answer is partly"), YES_NO[1:]),
    "on_positive": Rule(Text("1以上のとき", "When the number is above 0"), ("number",)),
    "on_foreign": Rule(Text("国外の行があるとき", "When a row names a place abroad"), ("table",)),
    "when_past": Rule(Text("その日が過ぎたとき", "When the date has passed"), ("date",)),
    "on_choice": Rule(Text("特定の選択肢のとき", "When one of these is chosen"), CHOICES),
}
"""When evidence may be asked for."""

FINDING_RULES = {
    "no": Rule(Text("「いいえ」である", "The answer is no"), YES_NO),
    "partial": Rule(Text("「一部」である", "The answer is partly"), YES_NO[1:]),
    "yes": Rule(Text("「はい」である", "The answer is yes"), YES_NO),
    "empty": Rule(Text("記載がない", "Nothing is stated"), ANY),
    "empty_undeclared": Rule(Text("行も「ない」の申告もない", "Neither rows nor a declaration of none"), ("table",)),
    "evidence_missing": Rule(Text("証跡がない", "The evidence is missing"), ANY),
    "evidence_expired": Rule(Text("証跡の期限が切れている", "The evidence has expired"), ANY),
    "older_than_months": Rule(Text("日付が次の月数より前である", "The date is more months ago than"), ("date",)),
    "past": Rule(Text("日付が過ぎている", "The date has passed"), ("date",)),
    "date_past_without_evidence": Rule(Text("期日後も証跡がない", "The date has passed without evidence"), ("date",)),
    "less_than": Rule(Text("次の値より小さい", "The number is below"), ("number",)),
    "greater_than": Rule(Text("次の値より大きい", "The number is above"), ("number",)),
    "choice_in": Rule(Text("次の選択肢である", "This is chosen"), CHOICES),
    "row_without_approval": Rule(Text("承諾番号のない行がある", "A row has no consent number"), ("table",)),
    "undeclared_foreign": Rule(Text("申告のない国外の行がある", "A row names an undeclared place abroad"), ("table",)),
    "not_current_version": Rule(Text("現行の版ではない", "It is not the current version"), ("text",)),
    "yes_without_evidence": Rule(Text("「はい」に有効な証跡がない", "Yes without valid evidence"), YES_NO),
}
"""What may open a finding; the rules themselves are `portal.core.findings`."""

WITH_LIMIT = {"older_than_months", "less_than", "greater_than", "choice_in"}
FIGURES = {"agreed_days", "agreed_years", "reported_in_time"}

RULE_UNKNOWN = sentence("There is no such rule: %(rule)s")
RULE_UNFIT = sentence("This rule does not fit the type of answer: %(rule)s")
RULE_LIMIT = sentence("Give this rule a limit that exists: %(rule)s")
RULE_COLUMN = sentence("This rule needs a column that the table does not have: %(rule)s")

Misfit = tuple[str, Mapping[str, Any]]


def offered(question: Question) -> tuple[str, ...]:
    """Give the codes a question offers as answers, on which another question may hang."""
    if question.answer_type in YES_NO:
        return ("yes", "no") if question.answer_type == "yes_no" else ("yes", "partial", "no")
    return tuple(choice.code for choice in question.choices)


def evidence_misfit(question: Question) -> Misfit | None:
    """Give why the rule on evidence does not fit its question, as a sentence with its values, or nothing."""
    rule, _, pattern = question.evidence_when.partition(":")
    if rule not in EVIDENCE_RULES:
        return RULE_UNKNOWN, {"rule": rule}
    if question.answer_type not in EVIDENCE_RULES[rule].fits:
        return RULE_UNFIT, {"rule": EVIDENCE_RULES[rule].words}
    if rule == "on_foreign" and "country" not in {column.code for column in question.columns}:
        return RULE_COLUMN, {"rule": EVIDENCE_RULES[rule].words}
    if bool(pattern) is not (rule == "on_choice"):
        return RULE_LIMIT, {"rule": EVIDENCE_RULES[rule].words}
    if pattern not in ("", "any") and not any(fnmatchcase(choice.code, pattern) for choice in question.choices):
        return RULE_LIMIT, {"rule": EVIDENCE_RULES[rule].words}
    return None


COLUMNS: dict[str, Callable[[Question], bool]] = {
    "row_without_approval": lambda question: "approval" in {column.kind for column in question.columns},
    "undeclared_foreign": lambda question: {"country", "declared"} <= {column.code for column in question.columns},
}


def _limit_holds(question: Question, name: str, limit: str) -> bool:
    if name == "choice_in":
        return question.choice(limit) is not None
    return not limit or limit.isdecimal() or (limit in FIGURES and name != "older_than_months")


def finding_misfit(question: Question, rule: str) -> Misfit | None:
    """Give why a rule that opens a finding does not fit its question, as a sentence with its values, or nothing."""
    name, _, limit = rule.partition(":")
    if name not in FINDING_RULES:
        return RULE_UNKNOWN, {"rule": name}
    if question.answer_type not in FINDING_RULES[name].fits:
        return RULE_UNFIT, {"rule": FINDING_RULES[name].words}
    if bool(limit) is not (name in WITH_LIMIT) or not _limit_holds(question, name, limit):
        return RULE_LIMIT, {"rule": FINDING_RULES[name].words}
    if name in COLUMNS and not COLUMNS[name](question):
        return RULE_COLUMN, {"rule": FINDING_RULES[name].words}
    return None
