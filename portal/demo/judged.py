"""How the demo's reviewer judges: verdicts with every file opened to its last page, and JMDP's own answers."""

from collections.abc import Collection

import sqlalchemy as sa

from portal.actions import looking, own, review
from portal.core.actor import Actor
from portal.core.readable import day_in
from portal.demo.replies import raw
from portal.models import AnswerEvidence, Attestation, Evidence
from portal.queries import forms
from portal.store.work import Work


def keep(work: Work, reviewer: Actor, found: Attestation, said: Collection[review.Judgement]) -> None:
    """Keep verdicts, the files of their questions having been opened."""
    going = review.current(work, found)
    review.save(work, reviewer, going, said)
    files = work.rows.execute(sa.select(Evidence.public_id, Evidence.pages).join(
        AnswerEvidence, AnswerEvidence.evidence_id == Evidence.id).where(
        AnswerEvidence.attestation_id == found.id, AnswerEvidence.question.in_([one.question for one in said])))
    looking.keep(work, reviewer, going, looking.Looked({}, {row.public_id: row.pages for row in files}))


def answer_own(work: Work, reviewer: Actor, found: Attestation) -> None:
    """Answer the questions that are JMDP's own."""
    own.save(work, reviewer, found, [
        own.OwnDraft(question.id, raw(question, "ja", 2, day_in(work.now())))
        for question in forms.template(work.rows, found.template_id).questions if question.answered_by == "jmdp"])
