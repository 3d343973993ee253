"""Reads the workspace's form: verdict fields are named `QUESTION.field`, JMDP's own answers `own.QUESTION.field`."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from portal.actions.looking import Looked
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
    looked: Looked = field(default_factory=Looked)

    def looked_at(self, judged: Collection[str]) -> Looked:
        """Give the marks, but of questions that were judged in the same post: judging has marked them."""
        return Looked({name: on for name, on in self.looked.questions.items() if name not in judged},
                      self.looked.files)


def read(form: MultiDict[str, str]) -> Posted:
    """Read all drafts of a form; a day that is not one is told and the rest of its question is kept."""
    posted = Posted()
    for question in sorted({name.removesuffix(".version") for name in form if name.endswith(".version")}):
        posted.judgements.append(_judgement(form, question, posted.problems))
    posted.looked = _looked(form, [judgement.question for judgement in posted.judgements])
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


def _looked(form: MultiDict[str, str], questions: list[str]) -> Looked:
    """The marks of the posted questions (`ID.viewed`) and their opened files (`ID.read`: public id, colon, page)."""
    files: dict[str, int] = {}
    for question in questions:
        for text in form.getlist(f"{question}.read"):
            file, _, page = text.partition(":")
            files[file] = max(files.get(file, 0), int(page) if page.isdigit() and len(page) < 6 else 0)
    return Looked({question: form.get(f"{question}.viewed") == "yes" for question in questions}, files)
