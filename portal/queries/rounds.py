"""Supervision rounds: whom one would ask, how far each has come, in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.errors import NotFound
from portal.core.policy import Permission, require
from portal.core.workflow import THEIRS
from portal.models import Attestation, Party, Person, Round, RoundParty, Template
from portal.queries.visible import GONE, visible_to

PAGE = 50
OURS = ("submitted", "under_review", "awaiting_approval")
VIEWS = ("all", "untouched", "answering", "complete", "overdue", "ours", "signed", "refused")
_ALL_ANSWERED = sa.and_(Attestation.state == "in_progress", Attestation.questions > 0,
                        Attestation.answered >= Attestation.questions)


def parts(today: date) -> Mapping[str, sa.ColumnElement[bool]]:
    """Give each view of a round's parties as a condition; `overdue` cuts across the others."""
    return {
        "all": sa.true(),
        "untouched": Attestation.state == "requested",
        "answering": sa.and_(Attestation.state.in_(("in_progress", "returned")), sa.not_(_ALL_ANSWERED)),
        "complete": _ALL_ANSWERED,
        "overdue": sa.and_(Attestation.state.in_(THEIRS), Attestation.due_on < today),
        "ours": Attestation.state.in_(OURS),
        "signed": Attestation.state == "signed_off",
        "refused": sa.and_(RoundParty.is_settled, RoundParty.attestation_id.is_(None)),
    }


def _counted(today: date) -> list[sa.Label[int]]:
    conditions = {**parts(today), "waiting": ~RoundParty.is_settled, "withdrawn": Attestation.state == "withdrawn"}
    columns = [sa.func.count(RoundParty.id).filter(condition).label(name) for name, condition in conditions.items()]
    return columns


@dataclass(frozen=True, slots=True)
class Progress:
    """A round with how many of its parties stand where (see `parts`)."""

    round: Round
    counts: Mapping[str, int]


def listing(rows: Session, actor: Actor, today: date, page: int) -> list[Progress]:
    """Give one page of rounds, newest first, in one query; one more than a page tells there is a next."""
    require(actor, Permission.READ_REGISTER)
    found = rows.execute(
        sa.select(Round, *_counted(today)).outerjoin(RoundParty, RoundParty.round_id == Round.id)
        .outerjoin(Attestation, Attestation.id == RoundParty.attestation_id)
        .group_by(Round.id).order_by(Round.id.desc()).limit(PAGE + 1).offset((page - 1) * PAGE)
    )
    return [Progress(row[0], {name: value for name, value in row._mapping.items() if name != "Round"})
            for row in found]


def progress(rows: Session, going: Round, today: date) -> Mapping[str, int]:
    """Give how many of a round's parties stand where, in one query."""
    found = rows.execute(
        sa.select(*_counted(today)).select_from(RoundParty)
        .outerjoin(Attestation, Attestation.id == RoundParty.attestation_id).where(RoundParty.round_id == going.id)
    ).one()
    return dict(found._mapping)


def one(rows: Session, actor: Actor, public_id: str) -> Round:
    """Give a round; NotFound when there is none."""
    require(actor, Permission.READ_REGISTER)
    return one_of(rows, public_id)


def one_of(rows: Session, public_id: str) -> Round:
    """Give a round for the system; NotFound when there is none."""
    found = rows.scalar(sa.select(Round).where(Round.public_id == public_id))
    if found is None:
        raise NotFound(GONE)
    return found


def starter(rows: Session, going: Round) -> str:
    """Give the name of who started a round."""
    return rows.scalars(sa.select(Person.name).where(Person.id == going.started_by_id)).one()


@dataclass(frozen=True, slots=True)
class Member:
    """A party of a round, its checklist and, once asked, its attestation."""

    row: RoundParty
    party: Party
    template: Template
    attestation: Attestation | None


def members(rows: Session, actor: Actor, going: Round, view: tuple[str, date, int]) -> list[Member]:
    """Give one page (view, today, page) of a round's parties, due first, in one query; one more tells of a next."""
    name, today, page = view
    found = rows.execute(
        sa.select(RoundParty, Party, Template, Attestation).join(Party, Party.id == RoundParty.party_id)
        .join(Template, Template.id == RoundParty.template_id)
        .outerjoin(Attestation, Attestation.id == RoundParty.attestation_id)
        .where(RoundParty.round_id == going.id, visible_to(actor, RoundParty.party_id), parts(today)[name])
        .order_by(sa.func.coalesce(Attestation.due_on, RoundParty.due_on), Party.name_ja, RoundParty.id)
        .limit(PAGE + 1).offset((page - 1) * PAGE)
    )
    return [Member(*row) for row in found]


def recurring(rows: Session, today: date) -> Sequence[str]:
    """Give the rounds whose turn to come again has come."""
    return rows.scalars(sa.select(Round.public_id).where(
        Round.next_on.is_not(None), Round.next_on <= today, Round.state != "withdrawn").order_by(Round.id)).all()
