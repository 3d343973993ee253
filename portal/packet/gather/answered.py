"""Questions, answers, verdicts, the exchange of returns and the findings."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core import checklist
from portal.core.catalogue import Catalogue
from portal.core.frozen import FrozenAnswer
from portal.core.workflow import is_settled
from portal.models import Finding
from portal.packet import answers
from portal.packet.gather.people import People
from portal.packet.gather.wording import answer, state, words
from portal.packet.value import Acted, Words
from portal.queries.reviews import Item, Sheet

VERDICTS: Mapping[str, Literal["conforms", "returned", "finding", "not_applicable", "open"]] = {
    "conforms": "conforms", "return": "returned", "finding": "finding", "not_applicable": "not_applicable",
}
SEVERITIES: Mapping[str, Literal["grave", "high", "medium", "low"]] = {
    "critical": "grave", "high": "high", "medium": "medium", "low": "low",
}
NOTE = Words("内部メモ", "Internal note")


def sections(sheet: Sheet, files: Sequence[answers.File], people: People, catalogue: Catalogue, *,
             internal: bool) -> tuple[answers.Section, ...]:
    """Give the questions under their headings; JMDP's notes and own answers only in a packet that stays here."""
    labels = {section.code: section.label for section in catalogue.sections.section}
    grouped: dict[str, list[answers.Question]] = {}
    for item in sheet.items:
        if item.answer is not None or internal:
            made = question(item, sheet, files, people, internal)
            grouped.setdefault(item.question.section, []).append(made)
    return tuple(answers.Section(title=Words(f"{code}　{labels[code].ja}", f"{code} {labels[code].en}"),
                                 questions=tuple(made)) for code, made in grouped.items())


def question(item: Item, sheet: Sheet, files: Sequence[answers.File], people: People, internal: bool
             ) -> answers.Question:
    """Give one question with its answer, last year's, verdict, exchange, notes and evidence."""
    verdict = item.verdict
    note = verdict.note if verdict and internal else ""
    cited = tuple(answers.Cited(file=file.number) for file in files if item.question.id in file.questions)
    return answers.Question(
        id=item.question.id, text=words(item.question.question), clauses=item.question.clauses,
        answer=_said(item), earlier=_earlier(item, sheet, people),
        verdict=VERDICTS.get(verdict.verdict, "open") if verdict else "open" if item.answer else "conforms",
        reason=verdict.comment if verdict else "", exchange=_exchange(item, people),
        notes=(answers.Turn(at=verdict.judged_at, who=people.named(verdict.judged_by_id, "reviewer"), act=NOTE,
                            text=note),) if verdict and note else (),
        evidence=cited,
    )


def _said(item: Item) -> answers.Answer | None:
    if item.answer is not None:
        return answer(item.question, dict(item.answer.value), item.answer.comment,
                      not_applicable=item.answer.not_applicable)
    if item.own is not None and checklist.is_answered(item.question, checklist.Answer(
            item.own.value, item.own.comment, item.own.is_not_applicable)):
        return answer(item.question, dict(item.own.value), item.own.comment, not_applicable=item.own.is_not_applicable)
    return None


def _earlier(item: Item, sheet: Sheet, people: People) -> answers.Earlier | None:
    last: FrozenAnswer | None = item.last_year
    if last is None:
        return None
    confirmed = None
    if item.answer is not None and item.answer.confirmed:
        at = sheet.version.certified_at
        confirmed = Acted(who=people.named(item.answer.by), at=at)
    return answers.Earlier(
        answer=answer(item.question, dict(last.value), last.comment, not_applicable=last.not_applicable),
        version=str(sheet.attestation.fiscal_year - 1), same=item.kind == "same", confirmed=confirmed,
    )


def _exchange(item: Item, people: People) -> tuple[answers.Turn, ...]:
    turns = [
        answers.Turn(at=turn.at, who=people.named(turn.by, "reviewer"), act=state("attestation", "returned"),
                     text="\n".join(text for text in (turn.comment, turn.wish) if text))
        for turn in item.exchange
    ]
    if turns and item.answer is not None:
        reply = item.answer.reply or _in_words(item)
        turns.append(answers.Turn(at=datetime.fromisoformat(item.answer.at), who=people.named(item.answer.by),
                                  act=state("attestation", "resubmitted"), text=reply))
    return tuple(turns)


def _in_words(item: Item) -> str:
    said = _said(item)
    return "" if said is None else said.text or said.label.ja


def findings(rows: Session, sheet: Sheet, people: People, day: date) -> tuple[answers.Finding, ...]:
    """Give the findings that this attestation opened, where they stand on a day (Japan)."""
    asked = {item.question.id: words(item.question.question) for item in sheet.items}
    return tuple(
        answers.Finding(
            number=row.number, question=row.question, severity=SEVERITIES[row.severity],
            requirement=asked.get(row.question, Words("")), fact=row.fact, response=row.plan, due=row.due_on,
            state=state("finding", row.state), open=not is_settled(row.state, row.accepted_until, day),
        )
        for row in rows.scalars(sa.select(Finding).where(Finding.attestation_id == sheet.attestation.id)
                                .order_by(Finding.number))
    )
