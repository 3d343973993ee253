"""Workbooks of an attestation: what goes out, what came back, and what it would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.orm import Session, joinedload

from portal.core import answer_book, check_sheet, checklist, merging
from portal.core.actor import Actor
from portal.core.answer_book import Sent
from portal.core.check_sheet import Item, Layout
from portal.core.merging import Now, Proposal
from portal.core.sheet import Book
from portal.core.templates import Question
from portal.core.workflow import THEIRS
from portal.models import Answer, Attestation, Workbook
from portal.queries import forms
from portal.queries.visible import visible_to

WITH_ALL = (joinedload(Workbook.attestation).joinedload(Attestation.party),
            joinedload(Workbook.attestation).joinedload(Attestation.template))


@dataclass(frozen=True, slots=True)
class View:
    """A workbook as it is looked at: what it would change and, for a foreign sheet, how it is understood."""

    workbook: Workbook
    book: Book
    questions: Sequence[Question]
    proposals: list[Proposal]
    layout: Layout | None = None
    items: list[Item] = field(default_factory=list)
    meant: Mapping[int, str] = field(default_factory=dict)
    marks: Mapping[str, int] = field(default_factory=dict)

    def of(self, *standings: str) -> list[Proposal]:
        """Give the proposals that stand so."""
        return [proposal for proposal in self.proposals if proposal.standing in standings]


def asked(rows: Session, attestation: Attestation, today: date) -> list[Question]:
    """Give every question the party may come to answer, those that hang on another answer too."""
    template = forms.template(rows, attestation.template_id)
    free = replace(template, questions=tuple(replace(row, visible_when=None) for row in template.questions))
    who = checklist.Asked(today, attestation.party.kind, attestation.party.is_individual)
    return [template.question(row.id) for row in checklist.to_answer(free, {}, who)]


def stands(rows: Session, attestation: Attestation, questions: Sequence[Question]) -> dict[str, Now]:
    """Give the answers to these questions as they stand, by question; none is open once the party has submitted."""
    in_hand = attestation.state in THEIRS
    found = rows.scalars(sa.select(Answer).where(Answer.attestation_id == attestation.id, Answer.author == "party"))
    return {question.id: Now(is_open=in_hand) for question in questions} | {
        row.question: Now(row.value, row.comment, row.is_not_applicable, row.reply, row.version,
                          row.is_open and in_hand) for row in found}


def listing(rows: Session, actor: Actor, attestation: Attestation) -> list[Workbook]:
    """Give the workbooks that came back for an attestation, newest first."""
    return list(rows.scalars(
        sa.select(Workbook).where(Workbook.attestation_id == attestation.id, visible_to(actor, Workbook.party_id))
        .order_by(Workbook.id.desc())))


def view(rows: Session, workbook: Workbook, today: date) -> View:
    """Give what a workbook says, held against what stands now."""
    body = rows.scalars(sa.select(Workbook.reading).where(Workbook.id == workbook.id)).one()
    book = msgspec.json.decode(body, type=Book)
    questions = asked(rows, workbook.attestation, today)
    now = stands(rows, workbook.attestation, questions)
    if workbook.form == "own":
        filled = answer_book.read(book, forms.template(rows, workbook.attestation.template_id))
        return View(workbook, book, questions, merging.propose(questions, filled.sent if filled else (), now))
    return _foreign(workbook, book, questions, now)


def _foreign(workbook: Workbook, book: Book, questions: Sequence[Question], now: Mapping[str, Now]) -> View:
    chosen: Mapping[str, Any] = workbook.mapping
    layout = check_sheet.guess(book)
    if "sheet" in chosen:
        layout = Layout(chosen["sheet"], chosen["head"], chosen["columns"])
    sheet = book.sheet(layout.sheet) if layout else None
    if layout is None or sheet is None:
        return View(workbook, book, questions, [])
    items, by_id = check_sheet.items(sheet, layout), {question.id: question for question in questions}
    meant = {int(row): id for row, id in chosen.get("questions", {}).items() if id in by_id}
    meant = meant if "questions" in chosen else check_sheet.match(items, questions)
    said: list[Sent] = list(check_sheet.sent(items, meant, by_id, chosen.get("marks", {})))
    return View(workbook, book, questions, merging.propose(questions, said, now), layout, items, meant,
                check_sheet.to_explain(items, meant, by_id))
