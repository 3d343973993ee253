"""Reads a section's form: fields are named `QUESTION.field`, a table's cells `QUESTION.column.row`."""

from collections.abc import Iterable
from typing import Any

from werkzeug.datastructures import MultiDict

from portal.actions.attest import Draft
from portal.core.templates import Question

ROWS = 20
LONGEST = 20_000


def drafts(form: MultiDict[str, str], questions: Iterable[Question]) -> list[Draft]:
    """Give the drafts of the questions that the form holds, each with the version that the person saw."""
    seen = versions(form.get("version", ""))
    return [draft(form, question, seen.get(question.id)) for question in questions if question.id in seen]


def versions(text: str) -> dict[str, int]:
    """Read the versions a person saw: `LAB-01:2 LAB-02:0`; what is not of that form is left out."""
    pairs = (pair.rpartition(":") for pair in text.split(" "))
    return {name: int(number) for name, _, number in pairs if name and number.isdecimal() and len(number) < 10}


def draft(form: MultiDict[str, str], question: Question, version: int | None) -> Draft:
    """Give one draft as it was typed, cut at the longest text that is kept."""
    name = question.id
    return Draft(
        question=name, raw=raw(form, question), comment=form.get(f"{name}.comment", "")[:LONGEST],
        not_applicable=form.get(f"{name}.na") == "yes", reply=form.get(f"{name}.reply", "")[:LONGEST],
        version=version,
    )


def raw(form: MultiDict[str, str], question: Question) -> dict[str, Any]:
    """Give what was typed or picked, in the form that core/answers reads."""
    name = question.id
    if question.answer_type == "choice_multi":
        return {"choices": form.getlist(f"{name}.choices")}
    if question.answer_type == "table":
        rows = _rows(form, question)
        return {"rows": [row for row in rows if any(row.values())], "none": form.get(f"{name}.none") == "yes",
                "shown": len(rows)}
    return {"text": form.get(f"{name}.text", "")[:LONGEST + 1]}


def _rows(form: MultiDict[str, str], question: Question) -> list[dict[str, str]]:
    """Every row that the page had, the empty ones too."""
    rows = []
    for number in range(ROWS * 25):
        cells = {column.code: form.get(f"{question.id}.{column.code}.{number}") for column in question.columns}
        if all(cell is None for cell in cells.values()):
            break
        rows.append({code: cell.strip() for code, cell in cells.items() if cell is not None})
    return rows
