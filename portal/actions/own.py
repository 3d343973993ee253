"""Questions that JMDP answers itself: the reviewer's, never shown as the party's and never holding it up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.actions import record
from portal.core import answers
from portal.core.actor import Actor
from portal.core.policy import Permission
from portal.models import Answer, Attestation
from portal.queries import forms
from portal.store.work import Work


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """One of JMDP's own answers as it was typed; an answer that cannot be read is kept as typed."""

    question: str
    raw: Mapping[str, Any]
    comment: str = ""
    not_applicable: bool = False


def save(work: Work, actor: Actor, attestation: Attestation, drafts: Iterable[OwnDraft]) -> None:
    """Keep JMDP's own answers that changed; only questions that are JMDP's to answer are taken."""
    record.require(actor, Permission.REVIEW, attestation)
    template = forms.template(work.rows, attestation.template_id)
    mine = {question.id: question for question in template.questions if question.answered_by == "jmdp"}
    stand = {row.question: row for row in work.rows.scalars(
        sa.select(Answer).where(Answer.attestation_id == attestation.id, Answer.author == "jmdp"))}
    for draft in drafts:
        if draft.question not in mine:
            continue
        value = dict(answers.read_answer(mine[draft.question], draft.raw).value)
        row = stand.get(draft.question)
        said = (value, draft.comment, draft.not_applicable)
        if row is None and not any(said):
            continue
        if row is None:
            row = Answer(attestation_id=attestation.id, party_id=attestation.party_id, question=draft.question,
                         author="jmdp", is_open=False)
            work.rows.add(row)
        elif (row.value, row.comment, row.is_not_applicable) == said:
            continue
        row.value, row.comment, row.is_not_applicable = said
        row.answered_by_id, row.answered_at = actor.person_id, work.now()
        record.note(work, actor, attestation, "own_answer_saved", question=draft.question)
