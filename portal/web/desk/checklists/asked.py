"""Turns the form of a question into the question and back; rows of choices and columns are named `choice.code.0`."""

from collections.abc import Iterable, Iterator
from typing import Any

from werkzeug.datastructures import MultiDict

from portal.core.bilingual import Text
from portal.core.checklist_words import COLUMN_KINDS
from portal.core.rulefit import WITH_LIMIT
from portal.core.templates import Checklist, Choice, Column, Question, Shown
from portal.core.wellmade import DUE_DAYS
from portal.web.desk.checklists.forms import HeadForm, NewForm, QuestionForm

MOST = 60
CHOICE = ("code", "ja", "en")
COLUMN = ("code", "ja", "en", "kind", "required", "choices")


def question(form: QuestionForm, posted: MultiDict[str, str], stands: Question | None) -> Question:
    """Give the question that a form says; lists keep the order in which they stood, and a number stays."""
    guide, unit = bilingual(form, "guide"), bilingual(form, "unit")
    level = form.criticality.data
    evidence, findings, kinds = (
        (stands.evidence, stands.finding_when, stands.party_kinds) if stands else ((), (), ()))
    return Question(
        id=stands.id if stands else (form.id.data or "").strip().upper(), section=form.section.data,
        clauses=split(form.clauses.data), question=bilingual(form, "question"), answer_type=form.answer_type.data,
        answered_by=form.answered_by.data, allow_na=form.allow_na.data,
        evidence=ordered(form.evidence.data, evidence), evidence_when=evidence_when(form),
        validity_months=form.validity_months.data or 0, criticality=level,
        finding_when=ordered(finding_rules(form), findings), due_days=DUE_DAYS[level],
        choices=tuple(choices(posted)), columns=tuple(columns(posted)), unit=unit if unit.ja or unit.en else None,
        maximum=form.maximum.data, good=form.good.data or None, visible_when=shown(form),
        party_kinds=ordered(form.party_kinds.data, kinds), individual=form.individual.data,
        guide=guide if guide.ja or guide.en else None,
    )


def ordered(chosen: Iterable[str] | None, stood: tuple[str, ...]) -> tuple[str, ...]:
    """What was chosen, first in the order in which it stood before, then what is new."""
    picked = list(dict.fromkeys(chosen or ()))
    return (*(item for item in stood if item in picked), *(item for item in picked if item not in stood))


def bilingual(form: NewForm | QuestionForm | HeadForm, name: str) -> Text:
    """The two fields of a text."""
    ja, en = ((form[f"{name}_{lang}"].data or "").replace("\r\n", "\n").strip() for lang in ("ja", "en"))
    return Text(ja, en)


def split(text: str | None) -> tuple[str, ...]:
    """Codes with commas or spaces between."""
    return tuple((text or "").replace("、", ",").replace(",", " ").split())


def evidence_when(form: QuestionForm) -> str:
    """The rule on evidence, with the choice it names."""
    rule = form.evidence_when.data
    return f"{rule}:{(form.evidence_choice.data or '').strip()}" if rule == "on_choice" else str(rule)


def finding_rules(form: QuestionForm) -> Iterator[str]:
    """The rules that open a finding: those ticked, then those with a limit, one for each limit."""
    yield from form.findings.data or ()
    for name in sorted(WITH_LIMIT):
        yield from (f"{name}:{limit}" for limit in split(form[name].data))


def shown(form: QuestionForm) -> Shown | None:
    """On which answers to which question it hangs, if it does."""
    other = form.visible_question.data
    return Shown(other, split(form.visible_answers.data)) if other else None


def rows(posted: MultiDict[str, str], name: str, fields: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of a small table in the form, empty ones left out."""
    for number in range(MOST):
        cells = {field: posted.get(f"{name}.{field}.{number}", "").strip() for field in fields}
        if cells.get("code") or cells.get("ja") or cells.get("en"):
            yield cells


def choices(posted: MultiDict[str, str]) -> Iterator[Choice]:
    """The choices typed."""
    return (Choice(row["code"], Text(row["ja"], row["en"])) for row in rows(posted, "choice", CHOICE))


def columns(posted: MultiDict[str, str]) -> Iterator[Column]:
    """The columns typed; a column's own choices are lines of `code | 日本語 | English`."""
    for row in rows(posted, "column", COLUMN):
        own = tuple(_line(line) for line in row["choices"].splitlines() if line.strip())
        kind: Any = row["kind"] if row["kind"] in COLUMN_KINDS else "text"
        yield Column(row["code"], Text(row["ja"], row["en"]), kind, row["required"] == "yes", own)


def _line(line: str) -> Choice:
    code, ja, en = (*(piece.strip() for piece in line.replace("｜", "|").split("|")), "", "")[:3]
    return Choice(code, Text(ja, en))


def choice_rows(question: Question | None) -> list[dict[str, str]]:
    """The choices of a question as the form's rows."""
    return [{"code": row.code, "ja": row.label.ja, "en": row.label.en} for row in question.choices] if question else []


def column_rows(question: Question | None) -> list[dict[str, str]]:
    """The columns of a question as the form's rows."""
    return [{
        "code": row.code, "ja": row.label.ja, "en": row.label.en, "kind": row.kind,
        "required": "yes" if row.required else "",
        "choices": "\n".join(f"{own.code} | {own.label.ja} | {own.label.en}" for own in row.choices),
    } for row in (question.columns if question else ())]


def fields(question: Question) -> dict[str, Any]:
    """A question as the values of its form."""
    limits: dict[str, list[str]] = {name: [] for name in WITH_LIMIT}
    for rule in question.finding_when:
        name, _, limit = rule.partition(":")
        if name in limits:
            limits[name].append(limit)
    rule, _, pattern = question.evidence_when.partition(":")
    guide, unit = question.guide or Text("", ""), question.unit or Text("", "")
    return {
        "id": question.id, "section": question.section, "clauses": ", ".join(question.clauses),
        "question_ja": question.question.ja, "question_en": question.question.en, "guide_ja": guide.ja,
        "guide_en": guide.en, "answer_type": question.answer_type, "answered_by": question.answered_by,
        "allow_na": question.allow_na, "good": question.good or "", "unit_ja": unit.ja, "unit_en": unit.en,
        "maximum": question.maximum, "evidence": list(question.evidence), "evidence_when": rule,
        "evidence_choice": pattern, "validity_months": question.validity_months, "criticality": question.criticality,
        "findings": [rule for rule in question.finding_when if rule.partition(":")[0] not in WITH_LIMIT],
        **{name: ", ".join(found) for name, found in limits.items()},
        "visible_question": question.visible_when.question if question.visible_when else "",
        "visible_answers": ", ".join(question.visible_when.any_of) if question.visible_when else "",
        "party_kinds": list(question.party_kinds), "individual": question.individual,
    }


def head(form: HeadForm, stands: Checklist) -> Checklist:
    """Give the head that a form says; code and kind stay."""
    return Checklist(stands.code, stands.kind, bilingual(form, "title"), bilingual(form, "intro"),
                     ordered(form.party_kinds.data, stands.party_kinds), form.interval_months.data or 0)


def head_fields(stands: Checklist) -> dict[str, Any]:
    """A head as the values of its form."""
    return {"title_ja": stands.title.ja, "title_en": stands.title.en, "intro_ja": stands.intro.ja,
            "intro_en": stands.intro.en, "party_kinds": list(stands.party_kinds),
            "interval_months": stands.interval_months}
