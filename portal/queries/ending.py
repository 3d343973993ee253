"""Contracts that end: the last term of each chain, by how soon it ends (policy II.11; in steps of 90, 60, 30 days)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, joinedload

from portal.core.actor import Actor
from portal.models import Contract, ContractTerm, Engagement, Party, ScopeLine
from portal.queries.visible import visible_to

PAGE = 50
LADDER = {"over": (None, -1), "30": (0, 30), "60": (31, 60), "90": (61, 90)}
"""The steps: days from today, first and last; what is over has no first."""
TOLD = (-1, 30, 60, 90)
"""Days before the end on which the leads are told; the day after it too."""
_later = aliased(ContractTerm)
_running = (Engagement.ended_on.is_(None), Party.status.not_in(("ended", "candidate")))


@dataclass(frozen=True, slots=True)
class Ending:
    """A contract's last term with its party and how many scope lines are active under it."""

    term: ContractTerm
    party: Party
    lines: int

    @property
    def notice_by(self) -> date:
        """The last day on which JMDP can give notice, counted back from the end."""
        return self.term.ends_on - timedelta(days=self.term.contract.notice_days_jmdp)


def counts(rows: Session, actor: Actor, today: date) -> Mapping[str, int]:
    """Give how many contracts stand on each step of the ladder as of a day (Japan)."""
    told = rows.execute(_last(actor, sa.select(*(
        sa.func.count(sa.case((_within(step, today), ContractTerm.id))).label(f"step_{step}") for step in LADDER)))
        .where(ContractTerm.ends_on <= today + timedelta(days=90))).one()
    return dict(zip(LADDER, told, strict=True))


def listing(rows: Session, actor: Actor, step: str, today: date, page: int) -> list[Ending]:
    """Give a page (and one more) of the contracts on a step, the soonest first; what is over, the newest first."""
    order = ContractTerm.ends_on.desc() if step == "over" else ContractTerm.ends_on
    asked = _whole(actor).where(_within(step, today)).order_by(order, ContractTerm.id)
    return [Ending(*row) for row in rows.execute(asked.limit(PAGE + 1).offset((page - 1) * PAGE))]


def at(rows: Session, actor: Actor, today: date, days: int) -> list[Ending]:
    """Give the contracts that end so many days after a day (Japan), by party."""
    asked = _whole(actor).where(ContractTerm.ends_on == today + timedelta(days=days))
    return [Ending(*row) for row in rows.execute(asked.order_by(Party.name_ja, ContractTerm.id))]


def _whole(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    lines = (sa.select(sa.func.count()).where(ScopeLine.contract_id == Contract.id, ScopeLine.state == "active")
             .scalar_subquery())
    return _last(actor, sa.select(ContractTerm, Party, lines)).options(joinedload(ContractTerm.contract))


def _within(step: str, today: date) -> sa.ColumnElement[bool]:
    first, last = LADDER[step]
    until = ContractTerm.ends_on <= today + timedelta(days=last)
    return until if first is None else sa.and_(ContractTerm.ends_on >= today + timedelta(days=first), until)


def _last(actor: Actor, asked: sa.Select[*tuple[Any, ...]]) -> sa.Select[*tuple[Any, ...]]:
    """The last term of each contract of a running relation."""
    return (
        asked.select_from(ContractTerm).join(Contract, Contract.id == ContractTerm.contract_id)
        .join(Engagement, Engagement.id == Contract.engagement_id).join(Party, Party.id == ContractTerm.party_id)
        .where(visible_to(actor, ContractTerm.party_id), *_running, ~sa.exists().where(
            _later.contract_id == ContractTerm.contract_id, _later.number > ContractTerm.number)))
