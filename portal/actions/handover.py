"""Handover notes (引継ぎメモ): written, changed and taken away by a party's people, for those who answer next year."""

from dataclasses import dataclass

import sqlalchemy as sa

from portal.actions import record
from portal.core.actor import Actor
from portal.core.errors import N_, Incomplete, NotFound, Stale
from portal.core.policy import Permission
from portal.models import Attestation, HandoverNote, Template
from portal.queries import forms
from portal.queries.visible import GONE
from portal.store.work import Work

LONGEST = 2000
TOO_LONG = N_("The note is too long. Keep it to 2,000 characters.")
FIRST = N_("A colleague changed this note meanwhile. Both texts are shown; choose and save again.")


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote beside a question, and the version of the note that they saw (0: none was there)."""

    question: str
    text: str
    seen: int


def write(work: Work, actor: Actor, attestation: Attestation, note: Written) -> bool:
    """Let a text stand as the note beside its question, '' takes it away; says whether anything changed.

    At any time, also after the checklist was handed in. NotFound for a question that the party is not asked, Incomplete
    for a text of over 2,000 characters, Stale where it is no longer in the version that was seen.
    The ledger says that a note was written, never what it says.
    """
    record.require(actor, Permission.ANSWER, attestation)
    template = forms.template(work.rows, attestation.template_id)
    if note.question not in {one.id for one in template.questions if one.answered_by == "party"}:
        raise NotFound(GONE)
    text = note.text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise Incomplete("Nothing was saved yet. See the fields marked below.", {"text": TOO_LONG})
    checklist = work.rows.get_one(Template, attestation.template_id).code
    row = work.rows.scalar(sa.select(HandoverNote).where(
        HandoverNote.party_id == attestation.party_id, HandoverNote.checklist == checklist,
        HandoverNote.question == note.question))
    if (row.text if row else "") == text:
        return False
    if (row.version if row else 0) != note.seen:
        raise Stale(FIRST)
    if row is None:
        row = HandoverNote(party_id=attestation.party_id, checklist=checklist, question=note.question)
    row.text, row.written_by_id, row.written_at = text, actor.person_id, work.now()
    work.rows.add(row)
    record.note(work, actor, attestation, "note_written" if text else "note_removed", question=note.question)
    return True
