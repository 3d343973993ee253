"""Lines judged again when a fact changes or a day passes: stopped or flagged as the table says, decided by a person."""

from collections.abc import Collection

import sqlalchemy as sa

from portal.actions import record, sharing
from portal.core.actor import Actor
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.straying import stops
from portal.core.workflow import Move
from portal.models import ScopeDecision, ScopeLine
from portal.queries.ground import Ground, Known
from portal.store.work import Work


def all_of(work: Work, actor: Actor, party_ids: Collection[int], known: Known) -> int:
    """Judge the lines of some parties (row ids) again; gives how many. `known` goes from call to call of one pass."""
    lines = work.rows.scalars(sa.select(ScopeLine).where(
        ScopeLine.party_id.in_(party_ids), ScopeLine.state != "ended").order_by(ScopeLine.id)
        .with_for_update(key_share=True)).all()  # held before the counts are: who comes second waits, and meets Stale
    on = Ground(work.rows, work.catalogue, day_in(work.now()), lines, known)
    for line in lines:
        _again(work, actor, line, on)
    return len(lines)


def _again(work: Work, actor: Actor, line: ScopeLine, on: Ground) -> None:
    """Judge a line again, and stop it by a bar that the table lets stop a running line."""
    judgement = sharing.rejudge(work, actor, line, on)
    bars = stops(judgement, work.catalogue.rules)
    if line.state != "active" or not bars:
        return
    sharing.decide(work, actor, line, sharing.Act("stop", judgement))
    record.move(work, actor, line, Move.STOP, rules=list(bars))
    sharing.rejudge(work, actor, line, on)
    line.needs_decision = True


def leave(work: Work, actor: Actor, line: ScopeLine, reason: str) -> ScopeDecision:
    """Decide, with the reason, that a line stays as it is although the table no longer permits it (an approver)."""
    record.require(actor, Permission.DECIDE_SCOPE, line)
    if not reason.strip():
        raise Incomplete("Say why it stays as it is, and for how long.", {"reason": N_("Enter the reason")})
    decision = sharing.decide(work, actor, line, sharing.Act("leave", sharing.judge(work, line), reason))
    line.needs_decision = False
    record.note(work, actor, line, "left_as_it_is", verdict=line.verdict, reason=Personal(reason.strip()))
    return decision
