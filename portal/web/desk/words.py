"""What the desk's templates may ask of an answer: its words, its differences, its evidence as a line."""

from flask import Flask

from portal.core import saying
from portal.core.entries import Phrase
from portal.core.templates import Section
from portal.models import Attestation, Party
from portal.queries.reviews import Item, Sheet, Turn, exceptions, wants_evidence
from portal.web import current
from portal.web.languages import language
from portal.web.saying import said_by

APPROVAL = frozenset({"awaiting_approval", "signed_off"})


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


def comments(turns: list[Turn]) -> list[dict[str, object]]:
    """Earlier rounds of a question as a thread."""
    return [
        {"who": turn.who, "at": turn.at, "private": False, "theirs": False,
         "text": "\n".join(text for text in (turn.comment, turn.wish) if text)}
        for turn in turns
    ]


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


def letter_language(party: Party) -> str:
    """The language in which a party is written to: Japanese in Japan, English elsewhere."""
    return "ja" if party.location == "JP" else "en"


def door(row: Attestation) -> str:
    """The page of an attestation: its approval, its workspace once something was submitted, else its request."""
    if row.state in APPROVAL:
        return "desk.approval"
    return "desk.review" if row.version_no else "desk.attestation"


def phrases() -> tuple[Phrase, ...]:
    """The usual reasons for a return, in the order of their keys."""
    return current.catalogue().phrases


def install(app: Flask) -> None:
    """Give the templates these words."""
    for word in (said, against_last_year, against_earlier, was_corrected, lacks_evidence,
                 comments, own_said, own_typed, by_section, exceptions, problem_links, problem_items,
                 letter_language):
        app.add_template_filter(word)
    app.add_template_global(phrases, "phrases")
    app.add_template_global(door, "door")
