"""The one finish of a review: back to the party in one letter, or on to the approver."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from portal.actions import drawing, letters, record, review
from portal.core import checklist, frozen
from portal.core.actor import Actor
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete, NotAllowed, Stale
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.templates import Template
from portal.core.workflow import Move
from portal.models import Answer, AnswerEvidence, Attestation, AttestationVersion, Evidence, Review, Verdict
from portal.queries import forms
from portal.store.work import STALE, Work


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to the party with a return: the covering text and the day by which it is asked for again."""

    text: str
    due_on: date | None = None


def return_to_party(work: Work, actor: Actor, attestation: Attestation, seen: str, letter: Letter) -> Review:
    """Return the questions whose verdict is to return, all in one letter; only these reopen."""
    going = _in_hand(work, actor, attestation, seen)
    verdicts = _verdicts(work, going)
    returned = [row for row in verdicts.values() if row.verdict == "return"]
    if not returned:
        raise Incomplete("Nothing is marked for return. Mark the questions, or pass the attestation on.",
                         {"outcome": N_("No question is marked for return")})
    _no_gaps(work, attestation, going, verdicts)
    drawing.require_standing(work, actor, going)
    silent = {row.question: N_("Write what is to be corrected") for row in returned if not row.comment.strip()}
    if silent:
        raise Incomplete("A return needs a comment on every returned question.", silent)
    if letter.due_on is None or letter.due_on <= day_in(work.now()):
        raise Incomplete("Choose the day by which the corrections are due.", {"due_on": N_("Choose a day to come")})
    _reopen(work, attestation, {row.question for row in returned})
    before, attestation.due_on = attestation.due_on, letter.due_on
    _close(work, going, "returned", letter)
    record.move(work, actor, attestation, Move.RETURN, questions=sorted(row.question for row in returned),
                due_before=before.isoformat(), due=letter.due_on.isoformat(), letter=Personal(letter.text))
    letters.returned(work, attestation, going, returned)
    return going


def pass_on(work: Work, actor: Actor, attestation: Attestation, seen: str, letter: Letter) -> Review:
    """Pass the version on to the approver; Incomplete names what is not judged, answered or examined yet."""
    going = _in_hand(work, actor, attestation, seen)
    verdicts = _verdicts(work, going)
    _no_gaps(work, attestation, going, verdicts)
    drawing.require_standing(work, actor, going)
    back = {row.question: N_("Marked for return") for row in verdicts.values() if row.verdict == "return"}
    if back:
        raise Incomplete("Some questions are marked for return. Return the attestation, or change the verdicts.", back)
    _own_answers(work, attestation)
    _examined(work, attestation)
    _close(work, going, "passed", letter)
    record.move(work, actor, attestation, Move.PASS, findings=sorted(
        row.question for row in verdicts.values() if row.verdict == "finding"))
    return going


def template_of(work: Work, attestation: Attestation) -> Template:
    """Give the checklist that an attestation answers."""
    return forms.template(work.rows, attestation.template_id)


def _in_hand(work: Work, actor: Actor, attestation: Attestation, seen: str) -> Review:
    record.require(actor, Permission.REVIEW, attestation)
    going = review.current(work, attestation)
    if going.reviewer_id != actor.person_id:
        raise NotAllowed(review.NOT_YOURS)
    digest = work.rows.scalar(sa.select(AttestationVersion.digest).where(AttestationVersion.id == going.version_id))
    if digest != seen:
        raise Stale(STALE)
    return going


def _verdicts(work: Work, going: Review) -> dict[str, Verdict]:
    rows = work.rows.scalars(sa.select(Verdict).where(Verdict.review_id == going.id))
    return {row.question: row for row in rows if row.verdict}


def _no_gaps(work: Work, attestation: Attestation, going: Review, verdicts: dict[str, Verdict]) -> None:
    version = work.rows.get_one(AttestationVersion, going.version_id)
    asked = [answer.question for answer in frozen.read(version.body).answers if answer.author == "party"]
    missing = {name: N_("Not judged yet") for name in asked if name not in verdicts}
    if missing:
        raise Incomplete("Some questions are not judged yet.", missing)
    bare = {row.question: N_("A finding needs what was found, its severity and a due day")
            for row in verdicts.values()
            if row.verdict == "finding" and not (row.comment.strip() and row.severity and row.due_on)}
    if bare:
        raise Incomplete("Some findings are not complete.", bare)


def _own_answers(work: Work, attestation: Attestation) -> None:
    """Questions that JMDP answers itself are answered before passing; they never hold up the party."""
    rows = work.rows.scalars(sa.select(Answer).where(Answer.attestation_id == attestation.id))
    given = {row.question: checklist.Answer(row.value, row.comment, row.is_not_applicable) for row in rows}
    asked = checklist.Asked(day_in(work.now()), author="jmdp")
    open_ = [question.id for question in checklist.to_answer(template_of(work, attestation), given, asked)
             if not checklist.is_answered(question, given.get(question.id))]
    if open_:
        raise Incomplete("Questions that JMDP answers itself are still open.",
                         {name: N_("Answer this question for JMDP") for name in open_})


def _examined(work: Work, attestation: Attestation) -> None:
    waiting = work.rows.scalars(
        sa.select(AnswerEvidence.question).join(Evidence, Evidence.id == AnswerEvidence.evidence_id)
        .where(AnswerEvidence.attestation_id == attestation.id, Evidence.state == "quarantined")
    ).all()
    if waiting:
        raise Incomplete("Some evidence is still being checked. Try again in a few minutes.",
                         {name: N_("Its evidence is still being checked") for name in waiting})


def _reopen(work: Work, attestation: Attestation, returned: set[str]) -> None:
    for row in work.rows.scalars(sa.select(Answer).where(Answer.attestation_id == attestation.id)):
        row.is_open = row.question in returned


def _close(work: Work, going: Review, outcome: str, letter: Letter) -> None:
    going.finished_at, going.outcome = work.now(), outcome
    going.letter, going.due_on = letter.text.strip(), letter.due_on


