"""What the desk's templates may ask of an answer: its words, its differences, its evidence as a line."""

from flask import Flask, url_for

from portal.core import saying
from portal.core.frozen import FrozenAnswer
from portal.core.templates import Question, Section, cite
from portal.models import Attestation, Evidence
from portal.queries.reviews import Item, Sheet, Turn, exceptions, wants_evidence
from portal.web import current
from portal.web.languages import language


def said_by(answer: FrozenAnswer | None, question: Question) -> str:
    """An answer's words with its comment, in the reader's language."""
    if answer is None:
        return saying.NOTHING.get(language())
    text = saying.answer(question, answer.value, not_applicable=answer.not_applicable, language=language())
    return f"{text}\n{answer.comment}" if answer.comment else text


def said(item: Item) -> str:
    """This year's answer."""
    return said_by(item.answer, item.question)


def against_last_year(item: Item) -> list[tuple[str, str]]:
    """This year's answer held against last year's."""
    return saying.differences(said_by(item.last_year, item.question), said(item))


def against_earlier(item: Item) -> list[tuple[str, str]]:
    """The corrected answer held against the one that was returned."""
    return saying.differences(said_by(item.earlier, item.question), said(item))


def was_corrected(item: Item) -> bool:
    """Whether the answer reads otherwise than before the return."""
    return item.earlier is not None and said_by(item.earlier, item.question) != said(item)


def lacks_evidence(item: Item, attestation: Attestation) -> bool:
    """Whether evidence is asked for and none is attached."""
    return not item.evidence and wants_evidence(item, attestation)


def file_line(file: Evidence, audience: str) -> dict[str, object]:
    """An evidence file as the line macro wants it."""
    return {
        "url": url_for(f"{audience}.evidence", public_id=file.public_id), "name": file.name, "pages": file.pages,
        "size": file.size, "valid_until": file.valid_to, "digest": file.digest,
    }


def comments(turns: list[Turn]) -> list[dict[str, object]]:
    """Earlier rounds of a question as a thread."""
    return [
        {"who": turn.who, "at": turn.at, "private": False, "theirs": False,
         "text": "\n".join(text for text in (turn.comment, turn.wish) if text)}
        for turn in turns
    ]


def offered(question: Question) -> list[tuple[str, str]]:
    """The answers a question offers, as (code, label) in the reader's language."""
    if question.choices:
        return [(choice.code, choice.label.get(language())) for choice in question.choices]
    codes = ("yes", "no") if question.answer_type == "yes_no" else ("yes", "partial", "no")
    return [(code, saying.YES_NO[code].get(language())) for code in codes]


def own_said(item: Item) -> str:
    """JMDP's own answer in words."""
    if item.own is None:
        return saying.NOTHING.get(language())
    return saying.answer(item.question, item.own.value, not_applicable=item.own.is_not_applicable, language=language())


def own_typed(item: Item) -> str:
    """JMDP's own answer as it stands in its field: what was typed where it could not be read."""
    if item.own is None:
        return ""
    value = item.own.value
    raw = value.get("raw", {}).get("text", "")
    return str(raw or value.get("text") or value.get("number") or value.get("date") or "")


def cites(clauses: tuple[str, ...]) -> str:
    """The clauses a question rests on, spelled out."""
    sections = current.catalogue().sections
    return ("、" if language() == "ja" else ", ").join(cite(clause, sections, language()) for clause in clauses)


def by_section(sheet: Sheet) -> list[tuple[Section, list[Item]]]:
    """The items under their headings, in the order of the checklist."""
    labels = {section.code: section for section in current.catalogue().sections.section}
    grouped: dict[str, list[Item]] = {}
    for item in sheet.items:
        grouped.setdefault(item.question.section, []).append(item)
    return [(labels[code], items) for code, items in grouped.items()]


def problem_links(problems: dict[str, str], page: str) -> list[tuple[str, str, str]]:
    """Problems by question, for a page that stands beside the workspace."""
    return [("outcome" if name in ("", "outcome", "due_on") else name, name, text) for name, text in problems.items()]


def problem_items(problems: dict[str, str]) -> list[tuple[str, str, str]]:
    """Problems by question as the error summary wants them."""
    return [(name or "main", name, text) for name, text in problems.items()]


def install(app: Flask) -> None:
    """Give the templates these words."""
    for word in (said, said_by, against_last_year, against_earlier, was_corrected, lacks_evidence, file_line,
                 comments, offered, own_said, own_typed, cites, by_section, exceptions, problem_links, problem_items):
        app.add_template_filter(word)
