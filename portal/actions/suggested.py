"""Wording that a reviewer suggested with a return: the party takes it over as its own answer, by one act."""

import sqlalchemy as sa

from portal.actions import attest, record
from portal.core.actor import Actor
from portal.core.errors import NotNow
from portal.core.templates import Question
from portal.models import Answer, Attestation, Review, Verdict
from portal.queries import forms
from portal.store.work import Work


def accept(work: Work, actor: Actor, attestation: Attestation, question: str) -> Answer:
    """Write the suggested wording into the answer, or into its comment where the answer is not free text.

    The answer is the party's own; the ledger tells who had suggested it. NotNow where nothing is suggested.
    """
    work.hold(attestation)
    asked = next((one for one in forms.template(work.rows, attestation.template_id).questions if one.id == question),
                 None)
    verdict = _suggestion(work, attestation, question)
    if asked is None or verdict is None or not may_take(asked):
        raise NotNow("No wording is suggested for this question now. Reload the page.")
    row = work.rows.scalar(sa.select(Answer).where(
        Answer.attestation_id == attestation.id, Answer.question == question))
    comment, reply = (row.comment, row.reply) if row else ("", "")
    is_text = asked.answer_type == "text"
    raw = {"text": verdict.suggestion} if is_text else None
    answer = attest.save(work, actor, attestation, attest.Draft(
        question, raw, comment=comment if is_text else verdict.suggestion, reply=reply,
        not_applicable=bool(row and row.is_not_applicable and not is_text)))
    record.note(work, actor, attestation, "suggestion_taken", question=question, suggested_by=verdict.judged_by_id)
    return answer


def may_take(question: Question) -> bool:
    """Whether a wording can be taken over by one act: not into a table."""
    return question.answer_type != "table"


def _suggestion(work: Work, attestation: Attestation, question: str) -> Verdict | None:
    """The verdict of the newest return that suggests a wording for this question."""
    newest = (sa.select(Review.id).where(Review.attestation_id == attestation.id, Review.outcome == "returned")
              .order_by(Review.id.desc()).limit(1).scalar_subquery())
    return work.rows.scalar(sa.select(Verdict).where(
        Verdict.review_id == newest, Verdict.question == question, Verdict.verdict == "return",
        Verdict.suggestion != ""))
