"""What is left of an attestation for its party to answer, a page at a time, by sections."""

from collections.abc import Collection, Iterable

from portal.queries.tasks import Row, Section, Sheet, sections


def behind(sheet: Sheet, question: str, most: int) -> list[Section]:
    """Give the first rows that still wait behind a question; those from the start where none does, or for none."""
    places = {row.question.id: place for place, row in enumerate(sheet.rows)}
    start, left = places.get(question, -1), sheet.left
    return sections(([row for row in left if places[row.question.id] > start] or left)[:most])


def only(sheet: Sheet, questions: Collection[str], beside: Iterable[Row]) -> list[Section]:
    """Give the rows of some questions, whether they wait or not, and rows of questions that are asked no longer."""
    return sections([*(row for row in sheet.rows if row.question.id in questions), *beside])
