"""Answers in workbooks (Excelでの回答): received as sent, understood, and taken only as far as a person says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from portal.actions import attest, record
from portal.core import answer_book, readable
from portal.core.actor import Actor
from portal.core.errors import N_, Incomplete, NotNow, Stale
from portal.core.merging import WOULD
from portal.core.policy import Permission
from portal.core.sheet import Book
from portal.core.workflow import THEIRS
from portal.models import Attestation, Workbook
from portal.queries import forms, workbooks
from portal.store.work import Work


@dataclass(frozen=True, slots=True)
class Arrived:
    """A workbook whose bytes are kept already, with what was read in it."""

    name: str
    digest: str
    size: int
    book: Book


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the answers chosen: those saved, and those that changed in the portal meanwhile."""

    saved: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)


def receive(work: Work, actor: Actor, attestation: Attestation, arrived: Arrived) -> Workbook:
    """Receive a workbook for an attestation; nothing is changed by it yet. Incomplete for that of another one."""
    record.require(actor, Permission.ANSWER, attestation)
    if attestation.state not in THEIRS:
        raise NotNow("The answers were submitted already. A workbook cannot change them.")
    filled = answer_book.read(arrived.book, forms.template(work.rows, attestation.template_id))
    if filled is not None and filled.attestation != attestation.public_id:
        raise Incomplete("This workbook was made for %(number)s. Choose the one of this checklist.",
                         {"file": N_("Choose the workbook of this checklist")}, number=filled.number or "?")
    row = Workbook(
        party_id=attestation.party_id, attestation_id=attestation.id, name=arrived.name, digest=arrived.digest,
        size=arrived.size, form="own" if filled else "sheet", reading=msgspec.json.encode(arrived.book).decode(),
        received_by_id=actor.person_id, received_at=work.now(),
    )
    work.rows.add(row)
    record.note(work, actor, row, "received", attestation=attestation.public_id, digest=arrived.digest, form=row.form)
    return row


def arrange(work: Work, actor: Actor, workbook: Workbook, mapping: Mapping[str, Any]) -> None:
    """Remember how a person understands a foreign sheet: its columns, its marks, which row asks which question."""
    record.require(actor, Permission.ANSWER, workbook)
    if workbook.form != "sheet":
        raise NotNow("The portal's own workbook needs no explanation.")
    workbook.mapping = dict(mapping)
    record.note(work, actor, workbook, "arranged")


def take(work: Work, actor: Actor, workbook: Workbook, chosen: Mapping[str, int]) -> Taken:
    """Take the chosen answers; each in the version that the person saw, otherwise it is left and named as stale."""
    record.require(actor, Permission.ANSWER, workbook)
    attestation, taken = workbook.attestation, Taken()
    work.hold(attestation)
    for proposal in workbooks.view(work.rows, workbook, readable.day_in(work.now())).of(*WOULD):
        id = proposal.question.id
        if id not in chosen:
            continue
        draft = attest.Draft(id, proposal.raw, proposal.comment, proposal.not_applicable, proposal.reply, chosen[id])
        try:
            attest.save(work, actor, attestation, draft)
            taken.saved.append(id)
        except Stale:
            taken.stale.append(id)
    if taken.saved:
        workbook.applied_by_id, workbook.applied_at = actor.person_id, work.now()
        workbook.taken += len(taken.saved)
        record.note(work, actor, workbook, "taken", attestation=attestation.public_id, count=len(taken.saved))
    return taken
