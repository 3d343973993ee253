"""What contradicts over all lines of the register, as kept at the last judgement; contracts that share nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager

from portal.core.actor import Actor
from portal.core.straying import KINDS
from portal.models import Contract, ContractTerm, Party, ScopeLine, ScopeWarning
from portal.queries.visible import visible_to

PAGE, MOST = 50, 999


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; empty means any. `waiting` asks only for lines that wait for a decision."""

    kinds: tuple[str, ...] = ()
    party: str = ""
    waiting: bool = False
    page: int = 1


def listing(rows: Session, actor: Actor, wanted: Wanted) -> list[tuple[ScopeWarning, Party]]:
    """Give one page (and one more) of what contradicts, by party and line, with the line."""
    asked = (sa.select(ScopeWarning, Party).join(ScopeWarning.line).join(Party, Party.id == ScopeWarning.party_id)
             .options(contains_eager(ScopeWarning.line)).where(visible_to(actor, ScopeWarning.party_id)))
    if wanted.kinds:
        asked = asked.where(ScopeWarning.kind.in_(wanted.kinds))
    if wanted.party:
        asked = asked.where(Party.public_id == wanted.party)
    if wanted.waiting:
        asked = asked.where(ScopeLine.needs_decision)
    asked = asked.order_by(ScopeWarning.id).limit(PAGE + 1).offset((wanted.page - 1) * PAGE)
    return [(warning, party) for warning, party in rows.execute(asked)]


def counts(rows: Session, actor: Actor) -> Mapping[str, int]:
    """Give how many contradictions there are of each kind, as far as MOST and one more, which tells of others."""
    asked = [
        sa.select(sa.literal(kind), sa.func.count()).select_from(
            sa.select(ScopeWarning.id).where(ScopeWarning.kind == kind, visible_to(actor, ScopeWarning.party_id))
            .limit(MOST + 1).subquery())
        for kind in KINDS]
    return {kind: count for kind, count in rows.execute(sa.union_all(*asked)) if count}


def waiting(rows: Session, actor: Actor) -> int:
    """Give how many lines wait for a decision, as far as MOST and one more, which tells of others."""
    return rows.scalar(sa.select(sa.func.count()).select_from(sa.select(ScopeLine.id).where(
        ScopeLine.needs_decision, visible_to(actor, ScopeLine.party_id)).limit(MOST + 1).subquery())) or 0


def of_line(rows: Session, line: ScopeLine) -> list[ScopeWarning]:
    """Give what contradicts on one line."""
    return list(rows.scalars(sa.select(ScopeWarning).where(ScopeWarning.scope_id == line.id).order_by(ScopeWarning.id)))


def idle(rows: Session, actor: Actor, today: date) -> list[tuple[Contract, Party]]:
    """Give contracts in force under which no line stands; at most a page (and one more)."""
    in_force = sa.exists().where(
        ContractTerm.contract_id == Contract.id, ContractTerm.signed_on.is_not(None),
        ContractTerm.starts_on <= today, ContractTerm.ends_on >= today)
    found = rows.execute(
        sa.select(Contract, Party).join(Party, Party.id == Contract.party_id)
        .where(Contract.lines == 0, in_force, visible_to(actor, Contract.party_id))
        .order_by(Contract.id).limit(PAGE + 1))
    return [(contract, party) for contract, party in found]
