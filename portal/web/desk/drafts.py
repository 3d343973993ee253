"""Reads the workspace's form: verdict fields are named `QUESTION.field`, JMDP's own answers `own.QUESTION.field`."""

from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from portal.actions.own import OwnDraft
from portal.actions.review import Judgement

TEXTS = ("comment", "wish", "suggestion", "note")
LONGEST = 20_000


@dataclass(slots=True)
class Posted:
    """What was posted, and what could not be read, by question."""

    judgements: list[Judgement] = field(default_factory=list)
    own: list[OwnDraft] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)


def read(form: MultiDict[str, str]) -> Posted:
    """Read all drafts of a form; a day that is not one is told and the rest of its question is kept."""
    posted = Posted()
    for question in sorted({name.removesuffix(".version") for name in form if name.endswith(".version")}):
        posted.judgements.append(_judgement(form, question, posted.problems))
    for question in sorted({name.split(".")[1] for name in form if name.startswith("own.")}):
        raw = {"text": form.get(f"own.{question}.text", ""), "choices": form.getlist(f"own.{question}.choices")}
        posted.own.append(OwnDraft(
            question, raw, form.get(f"own.{question}.comment", "")[:LONGEST], form.get(f"own.{question}.na") == "yes",
        ))
    return posted


def _judgement(form: MultiDict[str, str], question: str, problems: dict[str, str]) -> Judgement:
    texts = {name: form.get(f"{question}.{name}", "").replace("\r\n", "\n")[:LONGEST] for name in TEXTS}
    version = form.get(f"{question}.version", "0")
    day = form.get(f"{question}.due_on", "")
    due = None
    try:
        due = date.fromisoformat(day) if day else None
    except ValueError:
        problems[question] = gettext("Write the day as 2026-11-30.")
    return Judgement(
        question, form.get(f"{question}.verdict", ""), due_on=due, severity=form.get(f"{question}.severity", ""),
        version=int(version) if version.isdigit() else 0, **texts,
    )
