"""Attestations (点検票への回答): asked for by the lead, answered as drafts, certified and frozen by an officer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.actions import letters, record
from portal.core import answers, checklist
from portal.core.actor import Actor
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete, NotNow, Stale
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.templates import Question
from portal.core.workflow import THEIRS, Move
from portal.models import Answer, Attestation, Party, Template
from portal.queries import forms
from portal.store.work import STALE, Work


@dataclass(frozen=True, slots=True)
class Asked:
    """What the lead asks for: which checklist, for which year, due when, with which note."""

    template: Template
    fiscal_year: int
    due_on: date
    note: str = ""
    round_id: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One answer as typed, `raw` None for as it stands; `version` the one seen, 0 for none yet, None for not asked."""

    question: str
    raw: Mapping[str, Any] | None
    comment: str = ""
    not_applicable: bool = False
    reply: str = ""
    version: int | None = None


def request(work: Work, actor: Actor, party: Party, asked: Asked) -> Attestation:
    """Ask a party for an attestation and tell it by mail; Incomplete when one is open or the day is past."""
    record.require(actor, Permission.REQUEST, party)
    if asked.due_on <= day_in(work.now()):
        raise Incomplete("Choose a due day that is still to come.", {"due_on": N_("Choose a day to come")})
    if asked.template.retired_at is not None:
        raise Incomplete("This version of the checklist is no longer asked. Choose the present one.",
                         {"template": N_("Choose a checklist in use")})
    going = work.rows.scalar(sa.select(Attestation.number).where(
        Attestation.party_id == party.id, Attestation.template_id == asked.template.id,
        Attestation.fiscal_year == asked.fiscal_year, Attestation.state != "withdrawn"))
    if going:
        raise Incomplete("This party was asked for this checklist this year already (%(number)s).",
                         {"template": N_("Already asked for this year")}, number=going)
    year = asked.fiscal_year
    made = Attestation(
        number=work.numbered("A", year), party_id=party.id, template_id=asked.template.id,
        round_id=asked.round_id, previous_id=_previous(work, party, asked), fiscal_year=year, due_on=asked.due_on,
        note=asked.note.strip(), requested_by_id=actor.person_id, requested_at=work.now(),
        questions=forms.count(work.rows, asked.template.id),
    )
    work.rows.add(made)
    record.note(work, actor, made, "requested", template=asked.template.code, due=asked.due_on.isoformat(), year=year)
    letters.requested(work, made, asked.note.strip())
    return made


def _previous(work: Work, party: Party, asked: Asked) -> int | None:
    """The last signed-off attestation of the same checklist, or the one it is a part of, to confirm from."""
    return work.rows.scalar(
        sa.select(Attestation.id).join(Template, Template.id == Attestation.template_id)
        .where(Attestation.party_id == party.id,
               sa.or_(Template.code == asked.template.code, Template.code.in_(forms.sources(asked.template.id))),
               Attestation.signed_off_at.is_not(None), Attestation.fiscal_year <= asked.fiscal_year)
        .order_by(Attestation.fiscal_year.desc(), Attestation.id.desc()).limit(1)
    )


def save(work: Work, actor: Actor, attestation: Attestation, draft: Draft) -> Answer:
    """Keep one draft, valid or not; Stale with what stands when a colleague was first, nothing is overwritten."""
    work.hold(attestation)
    question = _questions(work, attestation).get(draft.question)
    if question is None:
        raise Incomplete("There is no such question in this checklist. Reload the page.")
    return _keep(work, actor, attestation, Change(question, draft, _stands(work.rows, attestation, draft.question)))


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands after many drafts: each question's version, and the rows of those where a colleague was first."""

    versions: Mapping[str, int]
    theirs: Mapping[str, Answer]


def save_changed(work: Work, actor: Actor, attestation: Attestation, drafts: Sequence[Draft]) -> Saved:
    """Keep the drafts that say something else than what stands, in a fixed number of reads, however many there are."""
    work.hold(attestation)
    questions, theirs = _questions(work, attestation), {}
    known = [draft for draft in drafts if draft.question in questions]
    rows = {row.question: row for row in work.rows.scalars(sa.select(Answer).where(
        Answer.attestation_id == attestation.id, Answer.question.in_([draft.question for draft in known])))}
    for draft in known:
        change = Change(questions[draft.question], draft, rows.get(draft.question))
        if not change.is_new:
            continue
        try:
            rows[draft.question] = _keep(work, actor, attestation, change)
        except Stale as clash:
            if isinstance(clash.theirs, Answer):
                theirs[draft.question] = clash.theirs
    return Saved({draft.question: _version(rows.get(draft.question)) for draft in known}, theirs)


@dataclass(frozen=True, slots=True)
class Change:
    """A draft beside what stands."""

    question: Question
    draft: Draft
    row: Answer | None

    @property
    def value(self) -> dict[str, Any]:
        """What was typed, as it is kept."""
        stands = self.row.value if self.row else {}
        if self.draft.raw is None:
            return dict(stands)
        typed = answers.with_rows_beyond(self.draft.raw, stands)
        return dict(answers.read_answer(self.question, typed).value)

    @property
    def is_new(self) -> bool:
        """Whether the draft says something else than what stands; nothing typed to nothing kept says the same."""
        row, draft = self.row, self.draft
        stands = (row.value, row.comment, row.is_not_applicable, row.reply) if row else ({}, "", False, "")
        return stands != (self.value, draft.comment.strip(), draft.not_applicable, draft.reply.strip())


def _keep(work: Work, actor: Actor, attestation: Attestation, change: Change) -> Answer:
    record.require(actor, Permission.ANSWER, attestation)
    row, draft = change.row, change.draft
    if attestation.state not in THEIRS or (row is not None and not row.is_open):
        raise NotNow("This answer is closed: it was submitted or accepted already.")
    if draft.version is not None and _version(row) != draft.version:
        raise Stale(STALE, theirs=row)
    if row is None:
        row = Answer(attestation_id=attestation.id, party_id=attestation.party_id, question=change.question.id)
        work.rows.add(row)
    row.value = change.value
    row.comment, row.is_not_applicable = draft.comment.strip(), draft.not_applicable
    row.reply, row.confirmed_version_id = draft.reply.strip(), None
    sign(work, actor, attestation, row)
    record.note(work, actor, attestation, "answer_saved", question=change.question.id, revision=row.version)
    return row


def _version(row: Answer | None) -> int:
    return row.version if row else 0


def sign(work: Work, actor: Actor, attestation: Attestation, row: Answer) -> None:
    """Remember who answered when, UTC; the first answer starts the work, and the count of answers is kept."""
    row.answered_by_id, row.answered_at = actor.person_id, work.now()
    attestation.preparer_ids = sorted({*attestation.preparer_ids, actor.person_id})
    work.rows.flush()
    if attestation.state == "requested":
        record.move(work, actor, attestation, Move.START)
    attestation.answered = work.rows.scalar(sa.select(sa.func.count()).where(
        Answer.attestation_id == attestation.id, Answer.author == "party")) or 0


def withdraw(work: Work, actor: Actor, attestation: Attestation, reason: str) -> None:
    """Withdraw a request that is not submitted and tell the party why; what was answered stays."""
    record.move(work, actor, attestation, Move.WITHDRAW, reason=Personal(reason.strip()))
    letters.withdrawn(work, attestation, reason.strip())


def extend(work: Work, actor: Actor, attestation: Attestation, due_on: date) -> None:
    """Put off the due day of an attestation that the party still has in hand, and tell the party."""
    record.require(actor, Permission.REQUEST, attestation)
    if attestation.state not in THEIRS:
        raise NotNow("The party has submitted this already; there is no due day to put off.")
    if due_on <= max(day_in(work.now()), attestation.due_on):
        raise Incomplete("Choose a day after the present due day.", {"due_on": N_("Choose a later day")})
    before, attestation.due_on = attestation.due_on, due_on
    record.note(work, actor, attestation, "extended", due_before=before.isoformat(), due=due_on.isoformat())
    letters.extended(work, attestation)


def asked_now(work: Work, attestation: Attestation) -> checklist.Asked:
    """Give who is asked and on which day, for core/checklist."""
    party = work.rows.get_one(Party, attestation.party_id)
    return checklist.Asked(day_in(work.now()), party.kind, party.is_individual)


def _questions(work: Work, attestation: Attestation) -> dict[str, Question]:
    found = forms.template(work.rows, attestation.template_id).questions
    return {question.id: question for question in found if question.answered_by == "party"}


def _stands(rows: Session, attestation: Attestation, question: str) -> Answer | None:
    return rows.scalar(sa.select(Answer).where(Answer.attestation_id == attestation.id, Answer.question == question))


def changeable(rows: Session, attestation: Attestation, question: str) -> None:
    """Raise NotNow unless the answer to a question is still open for the party."""
    row = _stands(rows, attestation, question)
    if attestation.state not in THEIRS or (row is not None and not row.is_open):
        raise NotNow("This answer is closed: it was submitted or accepted already.")
