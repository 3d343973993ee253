"""Confirmed unchanged, or last year's comment taken over: by whom, when; a dated act, never a silent copy."""

from collections.abc import Iterable

import sqlalchemy as sa

from portal.actions import attest, record, resting
from portal.core import readable
from portal.core.actor import Actor
from portal.core.errors import N_, Incomplete, NotNow
from portal.core.policy import Permission
from portal.core.workflow import THEIRS
from portal.models import Answer, Attestation, Evidence
from portal.queries import tasks, versions
from portal.store.work import Work


def unchanged(work: Work, actor: Actor, attestation: Attestation, questions: Iterable[str]) -> int:
    """Confirm last year's accepted answers of some questions as they are; gives how many were confirmed.

    Incomplete for a question that must be answered anew: critical, reworded, or resting on expired evidence; NotNow
    when the attestation is not in the party's hands.
    """
    work.hold(attestation)
    record.require(actor, Permission.ANSWER, attestation)
    if attestation.state not in THEIRS:
        raise NotNow("This answer is closed: it was submitted or accepted already.")
    sheet = tasks.sheet(work.rows, actor, attestation, readable.day_in(work.now()))
    rows = {row.question.id: row for row in sheet.rows}
    wanted = [name for name in questions if name in rows and (rows[name].answer is None or rows[name].may_confirm)]
    barred = {name: N_("Answer this question anew; it cannot be confirmed") for name in wanted
              if not rows[name].may_confirm}
    if barred:
        raise Incomplete("Some questions cannot be confirmed unchanged.", barred)
    version = versions.last_of(work.rows, actor, attestation.previous_id)
    for name in wanted:
        last = rows[name].last
        if last is None or version is None:
            continue
        answer = rows[name].answer or Answer(
            attestation_id=attestation.id, party_id=attestation.party_id, question=name)
        answer.value, answer.comment, answer.is_not_applicable = dict(last.value), last.comment, last.not_applicable
        answer.confirmed_version_id = version.id
        work.rows.add(answer)
        attest.sign(work, actor, attestation, answer)
        record.note(work, actor, attestation, "confirmed_unchanged", question=name, version=version.public_id)
        for file in work.rows.scalars(sa.select(Evidence).where(
                Evidence.public_id.in_([piece.id for piece in last.evidence]),
                Evidence.party_id == attestation.party_id, Evidence.state.in_(("accepted", "flagged")))):
            resting.link(work, actor, attestation, name, file)
    return len(wanted)


def recall(work: Work, actor: Actor, attestation: Attestation, question: str) -> bool:
    """Let last year's comment to a question stand beside what is answered; gives whether it was taken over.

    Nothing is answered by it. A comment that stands already stays; that of a question that reads otherwise is none.
    """
    work.hold(attestation)
    sheet = tasks.sheet(work.rows, actor, attestation, readable.day_in(work.now()))
    row = next((row for row in sheet.rows if row.question.id == question and row.may_recall), None)
    if row is None:
        return False
    stands = row.answer
    attest.save(work, actor, attestation, attest.Draft(
        question, None, comment=row.recalled, reply=stands.reply if stands else "",
        not_applicable=bool(stands and stands.is_not_applicable)))
    record.note(work, actor, attestation, "comment_recalled", question=question)
    return True
