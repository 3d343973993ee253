"""The only hand on a state: who may, when it may be, the change, and its ledger entry."""

from dataclasses import replace
from typing import Any

from portal.actions import proxy
from portal.core import policy, workflow
from portal.core.actor import Actor
from portal.core.entry import Entry, Fact, Personal
from portal.core.errors import NeedsStepUp, Stale
from portal.core.policy import Permission
from portal.core.workflow import Move
from portal.store.work import STALE, Work


def move(work: Work, actor: Actor, thing: Any, kind: Move, **facts: Fact | Personal) -> None:
    """Carry out one row of the transition table; NotAllowed (who), NotNow (when).

    What is done in an absent approver's stead (代決) is recorded as such, in the ledger and for their later reading.
    """
    row = workflow.step(thing.process, thing.state, kind)
    policy.require(actor, row.needs, thing)
    principal = policy.in_stead_of(actor, row.needs, thing)
    if principal is not None:
        facts |= {"in_stead_of": principal.person_id, "absence": principal.absence}
    before, thing.state = thing.state, row.to
    work.rows.flush()
    work.note(replace(_entry(work, actor, thing, kind.value, facts), before=before, after=row.to))
    if principal is not None:
        proxy.keep(work, actor, thing, kind, (principal, str(facts.get("digest", ""))))


def note(work: Work, actor: Actor, thing: Any, event: str, **facts: Fact | Personal) -> None:
    """Record an act that changes no state (a row added, a text saved); the caller has asked policy before."""
    work.rows.flush()
    work.note(_entry(work, actor, thing, event, facts))


def unchanged(thing: Any, version: int | None) -> None:
    """Raise Stale when the thing is no longer in the version that the person saw; None means not asked."""
    if version is not None and thing.version != version:
        raise Stale(STALE)


def require(actor: Actor, permission: Permission, thing: Any = None) -> None:
    """Raise NotAllowed or NotFound unless the actor has the permission on the thing."""
    policy.require(actor, permission, thing)


def require_proof(actor: Actor, sentence: str) -> None:
    """Raise NeedsStepUp with a sentence unless the actor proved within the last five minutes who they are."""
    if not actor.has_stepped_up:
        raise NeedsStepUp(sentence)


def _entry(work: Work, actor: Actor, thing: Any, event: str, facts: dict[str, Fact | Personal]) -> Entry:
    noun = str(thing.__tablename__)
    return Entry(
        at=work.now(), person_id=actor.person_id, party_id=getattr(thing, "party_id", None),
        event=f"{noun}.{event}", noun=noun, thing=str(getattr(thing, "public_id", thing.id)), facts=facts,
    )
