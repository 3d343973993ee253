"""What a party has to do: its attestations, and one attestation section by section, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.core import checklist
from portal.core.actor import Actor
from portal.core.frozen import FrozenAnswer
from portal.core.templates import Question, Template
from portal.core.workflow import THEIRS
from portal.models import Answer, AnswerEvidence, Attestation, Evidence, Person, Review, Verdict
from portal.queries import evidence, forms, versions
from portal.queries.visible import visible_to

WITH_ALL = (joinedload(Attestation.party), joinedload(Attestation.template))


@dataclass(slots=True)
class Row:
    """One question as the party meets it: answer, last year's, evidence, what was returned, what is missing."""

    question: Question
    answer: Answer | None = None
    last: FrozenAnswer | None = None
    may_confirm: bool = False
    evidence: list[Evidence] = field(default_factory=list)
    returned: Verdict | None = None
    gaps: list[checklist.Unmet] = field(default_factory=list)
    offered: list[Evidence] = field(default_factory=list)
    who: str = ""
    recalled: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the answer may be changed now, as far as the question itself goes."""
        return self.answer is None or self.answer.is_open

    @property
    def must_fix(self) -> bool:
        """Whether it was returned and has not been answered again since."""
        return self.returned is not None and (
            self.answer is None or self.answer.answered_at <= self.returned.judged_at)

    @property
    def is_done(self) -> bool:
        """Whether it is answered, complete, and waits for no correction."""
        return self.answer is not None and not self.gaps and not self.must_fix

    @property
    def is_bare(self) -> bool:
        """Whether nothing was answered yet; a comment alone is no answer."""
        return self.answer is None or not (self.answer.value or self.answer.is_not_applicable)

    @property
    def again(self) -> list[Evidence]:
        """The offered files on which last year's answer to this question rested."""
        before = {piece.id for piece in self.last.evidence} if self.last else set()
        return [file for file in self.offered if file.public_id in before]

    @property
    def may_recall(self) -> bool:
        """Whether last year's comment may be taken over: the question reads as it did, and no comment stands yet."""
        return bool(self.recalled) and self.is_open and not self.returned and not (self.answer and self.answer.comment)


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its rows; its state is a word of 'answering'."""

    code: str
    rows: list[Row]

    @property
    def done(self) -> int:
        """How many of its questions are answered and complete."""
        return sum(row.is_done for row in self.rows)

    @property
    def fixes(self) -> int:
        """How many of its questions were returned and still wait."""
        return sum(row.must_fix for row in self.rows)

    @property
    def state(self) -> str:
        """'fix', 'done', 'doing' or 'todo'."""
        if self.fixes:
            return "fix"
        if self.done == len(self.rows):
            return "done"
        return "doing" if any(row.answer for row in self.rows) else "todo"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One attestation as its party meets it."""

    attestation: Attestation
    template: Template
    sections: list[Section]
    review: Review | None

    @property
    def rows(self) -> list[Row]:
        """All rows in order."""
        return [row for section in self.sections for row in section.rows]

    @property
    def left(self) -> list[Row]:
        """The rows that still wait for the party, in order; none while it has nothing in hand."""
        return [row for row in self.rows if row.is_open and not row.is_done] if self.is_open else []

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing for certification."""
        return all(section.state == "done" for section in self.sections)

    @property
    def is_open(self) -> bool:
        """Whether the party has it in hand."""
        return self.attestation.state in THEIRS

    def section(self, code: str) -> Section | None:
        """The section of a code, or None."""
        return next((section for section in self.sections if section.code == code), None)

    def after(self, code: str) -> Section | None:
        """The next section that still waits for something, or None when none of those behind does."""
        codes = [section.code for section in self.sections]
        return next((section for section in self.sections[codes.index(code) + 1:] if section.state != "done"), None)

    def fix_beside(self, code: str) -> Question | None:
        """The first returned question outside a section that was not answered again, or None."""
        return next((row.question for row in self.rows if row.must_fix and row.question.section != code), None)


def listing(rows: Session, actor: Actor) -> tuple[list[Attestation], list[Attestation]]:
    """Give the party's attestations: (to do, due first; all others, newest first), at most 100 of the latter."""
    mine = sa.select(Attestation).options(*WITH_ALL).where(visible_to(actor, Attestation.party_id))
    todo = mine.where(Attestation.state.in_(THEIRS)).order_by(Attestation.due_on, Attestation.id)
    past = mine.where(Attestation.state.not_in(THEIRS)).order_by(Attestation.id.desc()).limit(100)
    return list(rows.scalars(todo)), list(rows.scalars(past))


def sheet(rows: Session, actor: Actor, attestation: Attestation, today: date) -> Sheet:
    """Give an attestation section by section, with what is missing as of a day (Japan)."""
    template = forms.template(rows, attestation.template_id)
    answers = {row.question: row for row in rows.scalars(
        sa.select(Answer).where(Answer.attestation_id == attestation.id, Answer.author == "party"))}
    given = {name: checklist.Answer(row.value, row.comment, row.is_not_applicable) for name, row in answers.items()}
    asked = checklist.Asked(today, attestation.party.kind, attestation.party.is_individual)
    files = _evidence(rows, attestation)
    review = _returned_review(rows, attestation)
    found = {question.id: Row(question, answers.get(question.id), evidence=files[question.id])
             for question in checklist.to_answer(template, given, asked)}
    held = {name: tuple(checklist.Held(f.evidence_type, f.valid_from, f.valid_to) for f in pieces)
            for name, pieces in files.items()}
    for gap in checklist.unmet(template, given, held, asked):
        found[gap.question].gaps.append(gap)
    _add_offered(rows, actor, attestation, found, today)
    _add_last(rows, actor, attestation, found)
    _add_returns(rows, review, found)
    _add_names(rows, found)
    return Sheet(attestation, template, sections(found.values()), review)


def sections(rows: Iterable[Row]) -> list[Section]:
    """Give rows by their sections, in their order."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.question.section, []).append(row)
    return [Section(code, found) for code, found in grouped.items()]


def _evidence(rows: Session, attestation: Attestation) -> defaultdict[str, list[Evidence]]:
    files: defaultdict[str, list[Evidence]] = defaultdict(list)
    for question, file in rows.execute(
        sa.select(AnswerEvidence.question, Evidence).join(Evidence, Evidence.id == AnswerEvidence.evidence_id)
        .where(AnswerEvidence.attestation_id == attestation.id).order_by(AnswerEvidence.id)
    ):
        files[question].append(file)
    return files


def _add_offered(rows: Session, actor: Actor, attestation: Attestation, found: Mapping[str, Row], today: date) -> None:
    """Files of a kind the question asks for that the party has already and that have not ended."""
    if attestation.state not in THEIRS:
        return
    for file in evidence.usable(rows, actor, attestation.party_id):
        for row in found.values():
            current = file.valid_to is None or file.valid_to >= today
            held = {piece.digest for piece in row.evidence}
            if current and file.evidence_type in row.question.evidence and file.digest not in held:
                row.offered.append(file)


def _returned_review(rows: Session, attestation: Attestation) -> Review | None:
    if attestation.state != "returned":
        return None
    return rows.scalar(
        sa.select(Review).where(Review.attestation_id == attestation.id, Review.outcome == "returned")
        .order_by(Review.id.desc()).limit(1)
    )


def _add_returns(rows: Session, review: Review | None, found: Mapping[str, Row]) -> None:
    if review is None:
        return
    for verdict in rows.scalars(
        sa.select(Verdict).where(Verdict.review_id == review.id, Verdict.verdict == "return")
    ):
        if verdict.question in found:
            found[verdict.question].returned = verdict


def _add_last(rows: Session, actor: Actor, attestation: Attestation, found: Mapping[str, Row]) -> None:
    """Last year's accepted answers; never confirmable where critical, reworded, or resting on expired evidence."""
    version = versions.last_of(rows, actor, attestation.previous_id)
    body = versions.body(version)
    if version is None or body is None:
        return
    template_id = rows.scalar(sa.select(Attestation.template_id).where(Attestation.id == version.attestation_id))
    before = {question.id: question for question in forms.template(rows, template_id or 0).questions}
    for name, answer in body.by_question().items():
        row = found.get(name)
        if row is None:
            continue
        row.last = answer
        reads_the_same = before.get(name) == row.question
        row.recalled = answer.comment if reads_the_same else ""
        said_nothing = row.is_bare and (row.answer is None or row.answer.comment in ("", answer.comment))
        row.may_confirm = (
            said_nothing and row.question.criticality != "critical" and reads_the_same
            and all(not piece.valid_to or date.fromisoformat(piece.valid_to) >= attestation.due_on
                    for piece in answer.evidence)
        )


def _add_names(rows: Session, found: Mapping[str, Row]) -> None:
    wanted = {row.answer.answered_by_id for row in found.values() if row.answer}
    names = {person.id: person.name for person in rows.scalars(sa.select(Person).where(Person.id.in_(wanted)))}
    for row in found.values():
        row.who = names.get(row.answer.answered_by_id or 0, "") if row.answer else ""
