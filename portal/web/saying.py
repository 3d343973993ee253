"""What templates of both faces may ask of questions and answers: words, choices, what was typed, clauses."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask import Flask, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from portal.core import saying
from portal.core.bilingual import Text
from portal.core.checklist import Unmet
from portal.core.evidence.kinds import LIMITS
from portal.core.frozen import FrozenAnswer
from portal.core.sentences import Reader
from portal.core.templates import Question, Section, cite
from portal.models import Answer, Evidence
from portal.queries import tasks
from portal.web import current
from portal.web.languages import language


def said_by(answer: FrozenAnswer | Answer | None, question: Question) -> str:
    """An answer's words with its comment, in the reader's language."""
    if answer is None:
        return saying.NOTHING.get(language())
    skipped = answer.not_applicable if isinstance(answer, FrozenAnswer) else answer.is_not_applicable
    text = saying.answer(question, answer.value, not_applicable=skipped, language=language())
    return f"{text}\n{answer.comment}" if answer.comment else text


def offered(question: Question) -> list[tuple[str, str]]:
    """The answers a question offers, as (code, label) in the reader's language."""
    if question.choices:
        return [(choice.code, choice.label.get(language())) for choice in question.choices]
    codes = ("yes", "no") if question.answer_type == "yes_no" else ("yes", "partial", "no")
    return [(code, saying.YES_NO[code].get(language())) for code in codes]


def typed_text(answer: Answer | None) -> str:
    """What stands in an answer's one-line field: what was typed where it could not be read."""
    if answer is None:
        return ""
    raw = answer.value.get("raw", {}).get("text", "")
    return str(raw or answer.value.get("text") or answer.value.get("number") or answer.value.get("date")
               or answer.value.get("choice") or "")


def typed_rows(answer: Answer | None) -> list[dict[str, Any]]:
    """The rows of a table answer as they stand, also where they could not be read."""
    if answer is None:
        return []
    value = answer.value.get("raw", answer.value)
    return list(value.get("rows", ()))


def cites(clauses: tuple[str, ...]) -> str:
    """The clauses a question rests on, spelled out."""
    sections = current.catalogue().sections
    return ("、" if language() == "ja" else ", ").join(cite(clause, sections, language()) for clause in clauses)


def label(text: Text) -> str:
    """A text of the catalogue in the reader's language."""
    return text.get(language())


def section_of(code: str) -> Section:
    """The heading of a section's code."""
    return next(section for section in current.catalogue().sections.section if section.code == code)


def evidence_label(code: str) -> str:
    """The name of a kind of evidence; nothing for none."""
    kind = current.catalogue().evidence.get(code)
    return kind.label.get(language()) if kind else ""


def gap(unmet: Unmet) -> str:
    """What is missing, as a sentence that says what to do."""
    return str(Reader(language(), gettext, evidence_label).say(unmet))


def file_line(file: Evidence, audience: str) -> dict[str, object]:
    """An evidence file as the line macro wants it."""
    return {
        "url": url_for(f"{audience}.evidence", public_id=file.public_id), "name": file.name, "pages": file.pages,
        "size": file.size, "valid_until": file.valid_to, "digest": file.digest,
    }


def stored(row: tasks.Row, answer: Answer, typed: MultiDict[str, str]) -> dict[str, Any]:
    """What a colleague saved, as the fields that the page has for it and as words, and who they are."""
    name, value = answer.question, answer.value.get("raw", answer.value)
    fields: dict[str, Any] = {f"{name}.comment": answer.comment}
    fields[f"{name}.na"] = "yes" if answer.is_not_applicable else ""
    fields[f"{name}.reply"] = answer.reply
    if row.question.answer_type == "choice_multi":
        fields[f"{name}.choices"] = list(value.get("choices", ()))
    elif row.question.answer_type == "table":
        fields |= _cells(name, value, typed)
    else:
        fields[f"{name}.text"] = typed_text(answer)
    words = "\n".join(part for part in (said_by(answer, row.question), answer.reply) if part)
    return {"fields": fields, "words": words, "who": row.who}


def _cells(name: str, value: dict[str, Any], typed: MultiDict[str, str]) -> dict[str, str]:
    """A table as the cells that a page has for it: those it posted, empty where there is no such row."""
    rows, fields = value.get("rows", ()), {f"{name}.none": "yes" if value.get("none") else ""}
    for key in typed:
        column, _, number = key.removeprefix(f"{name}.").rpartition(".")
        if key.startswith(f"{name}.") and column and number.isdecimal() and len(number) < 5:
            fields[key] = str(rows[int(number)].get(column, "")) if int(number) < len(rows) else ""
    return fields


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed on a page that is given back: the form, and the questions that stood on it."""

    form: MultiDict[str, str]
    sent: Collection[str]

    def holds(self, name: str) -> bool:
        """Whether the page had the question that a field is of."""
        return name.partition(".")[0] in self.sent

    def rows(self, question: str) -> int:
        """How many rows of a table the page had."""
        numbers = [name.rpartition(".")[2] for name in self.form if name.startswith(f"{question}.")]
        return 1 + max((int(one) for one in numbers if one.isdecimal() and len(one) < 5), default=-1)


def posted_or(typed: Typed | None, name: str, stands: str) -> str:
    """What was typed into a field; what stands where the page did not have its question."""
    return stands if typed is None or not typed.holds(name) else typed.form.get(name, "")


def cell_or(typed: Typed | None, name: str, stands: str) -> str:
    """What was typed into a cell; what stands where the page had no such row, so that no row goes away unseen."""
    return stands if typed is None else typed.form.get(name, stands)


def words_against(before: str, after: str) -> list[tuple[str, str]]:
    """A text held against its former self, word by word."""
    return saying.differences(before, after)


def doubled(values: list[str]) -> list[tuple[str, str]]:
    """Values that are their own labels, as choices."""
    return [(value, value) for value in values]


def install(app: Flask) -> None:
    """Give the templates these words."""
    for word in (said_by, offered, typed_text, typed_rows, cites, label, evidence_label, gap, file_line, doubled,
                 words_against):
        app.add_template_filter(word)
    app.add_template_global(section_of, "section_of")
    app.jinja_env.globals["LARGEST_FILE"] = LIMITS.bytes
    app.add_template_global(posted_or, "posted_or")
    app.add_template_global(cell_or, "cell_or")
