"""Whom an edition touches (差分点検): whose accepted answers rest on changed clauses; who is left out and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from portal.core import gap, policy
from portal.core.actor import Actor
from portal.core.policy import Permission
from portal.core.readable import JST
from portal.models import Attestation, Edition, GapChecklist, GapRound, Party, Round, RoundParty, Template
from portal.queries import forms, rounds
from portal.queries.visible import visible_to

MOST = 500
"""So many parties at most are asked at once; the rest when the questionnaire is sent out again."""
PAGE = 50
ASK = "ask"
LEFT_OUT = ("asked", "answered", "going", "inactive")
_CLOSED = ("signed_off", "withdrawn")


@dataclass(frozen=True, slots=True)
class Source:
    """A checklist in use with the questions of it that the edition touches."""

    row: Template
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """A party's accepted checklist that holds touched questions, and whether it is asked (`ask`) or why not."""

    attestation: Attestation
    party: Party
    template: Template
    source: Source
    questions: tuple[str, ...]
    standing: str

    @property
    def asked(self) -> tuple[str, tuple[str, ...]]:
        """What tells one gap checklist of an edition from another: the checklist's code and the questions."""
        return self.template.code, self.questions


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an edition reaches: its questions by checklist code, and by each version of one (row id)."""

    sources: Mapping[str, Source]
    versions: Mapping[int, tuple[str, ...]]


def reach(rows: Session, edition: Edition) -> Reach:
    """Give the questions that the edition touches, in the checklists in use and in the versions of them once asked."""
    cited = gap.as_cited(edition.kind, edition.changed)
    sources = {row.code: Source(row, found) for row in forms.current(rows)
               if (found := gap.touched(forms.template(rows, row.id), cited))}
    versions = {}
    for id, code in rows.execute(sa.select(Template.id, Template.code).where(Template.code.in_(sources))):
        held = {question.id for question in forms.template(rows, id).questions}
        if found := gap.touched(forms.template(rows, sources[code].row.id), cited, held):
            versions[id] = found
    return Reach(sources, versions)


def _standing(edition: Edition, later: Any) -> sa.Case[str]:
    """Why a party is not asked again, as a column: asked for this edition, or answered or asked since it applies."""
    begins = datetime.combine(edition.valid_from, time(), JST).astimezone(UTC)
    return sa.case(
        (was_asked(edition, Attestation.party_id, Template.code), "asked"),
        (Attestation.submitted_at >= begins, "answered"),
        (_same(later, later.state.not_in(_CLOSED), later.requested_at >= begins), "going"),
        (Party.status != "active", "inactive"),
        else_=ASK)


def was_asked(edition: Edition, party_id: Any, code: Any) -> sa.Exists:
    """Whether a party (column) was asked about a checklist (column or code) for the edition; a withdrawal undoes it."""
    sent = aliased(Attestation)
    return sa.exists().where(
        RoundParty.party_id == party_id, RoundParty.template_id == GapChecklist.template_id,
        GapChecklist.edition_id == edition.id, GapChecklist.code == code,
        sa.or_(~RoundParty.is_settled, sa.exists().where(
            sent.id == RoundParty.attestation_id, sent.state != "withdrawn")))


def _same(other: Any, *conditions: sa.ColumnElement[bool]) -> sa.Exists:
    """Whether there is another attestation of the same party for a version of the same checklist."""
    version = aliased(Template)
    return sa.exists().where(other.party_id == Attestation.party_id, other.template_id == version.id,
                             version.code == Template.code, *conditions)


def _accepted(actor: Actor, edition: Edition, found: Reach) -> sa.Select[Attestation, Party, Template, str]:
    """The last accepted answers of each party to each checklist, where they hold touched questions."""
    newer, later = aliased(Attestation), aliased(Attestation)
    return (
        sa.select(Attestation, Party, Template, _standing(edition, later).label("standing"))
        .join(Party, Party.id == Attestation.party_id).join(Template, Template.id == Attestation.template_id)
        .where(Attestation.template_id.in_(found.versions), Attestation.state == "signed_off",
               visible_to(actor, Attestation.party_id),
               ~_same(newer, newer.state == "signed_off", newer.id > Attestation.id)))


def counts(rows: Session, actor: Actor, edition: Edition, found: Reach) -> Mapping[str, int]:
    """Give how many accepted checklists would be asked about, and how many are left out for each reason."""
    policy.require(actor, Permission.READ_REGISTER)
    standing = _standing(edition, aliased(Attestation)).label("standing")
    accepted = _accepted(actor, edition, found).with_only_columns(standing).subquery()
    counted: dict[str, int] = {row.standing: row.parties for row in rows.execute(
        sa.select(accepted.c.standing, sa.func.count().label("parties")).group_by(accepted.c.standing))}
    return {name: counted.get(name, 0) for name in (ASK, *LEFT_OUT)}


def parties(rows: Session, actor: Actor, edition: Edition, view: tuple[Reach, str, int, int]) -> list[Touched]:
    """Give those of one standing by name: `view` is the reach, the standing, how many at most, and after how many."""
    policy.require(actor, Permission.READ_REGISTER)
    found, standing, most, after = view
    listed = rows.execute(
        _accepted(actor, edition, found).where(_standing(edition, aliased(Attestation)) == standing)
        .order_by(Party.name_ja, Attestation.id).limit(most).offset(after))
    return [Touched(attestation, party, template, found.sources[template.code],
                    found.versions[template.id], told) for attestation, party, template, told in listed]


def checklist(rows: Session, edition: Edition, source: Source, questions: Sequence[str]) -> Template | None:
    """Give the gap checklist of an edition with exactly these questions of a version, or nothing."""
    for held in rows.scalars(sa.select(GapChecklist).where(
            GapChecklist.edition_id == edition.id, GapChecklist.source_id == source.row.id)):
        if list(held.questions) == list(questions):
            return rows.get_one(Template, held.template_id)
    return None


def number(rows: Session, code: str) -> int:
    """Give the number of the next gap checklist of a checklist's code, from 1."""
    return 1 + (rows.scalar(sa.select(sa.func.count(GapChecklist.id)).where(GapChecklist.code == code)) or 0)


def progress(rows: Session, actor: Actor, edition: Edition, today: date) -> list[rounds.Progress]:
    """Give the rounds that sent out an edition's questionnaire with how far each has come, newest first."""
    policy.require(actor, Permission.READ_REGISTER)
    sent = rows.scalars(sa.select(Round).join(GapRound, GapRound.round_id == Round.id)
                        .where(GapRound.edition_id == edition.id).order_by(Round.id.desc()).limit(PAGE))
    return [rounds.Progress(row, rounds.progress(rows, row, today)) for row in sent]
