"""What the ledger says of some parties before a moment: states, verdicts, routes, clauses, tiers and due days."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core import entry
from portal.core.workflow import TABLES, Move
from portal.models import LedgerEntry

_MOVES = tuple(f"attestation.{move.value}" for move in TABLES["attestation"])
EVENTS = (
    *_MOVES, "attestation.requested", "attestation.extended", "engagement.opened", "contract.registered",
    "contract.renewed", "contract.amended", "contract.clauses_held", "party.added", "party.amended",
)
NOUNS = ("scope_line", "finding", "reentrustment")
TERMS = ("contract.registered", "contract.renewed", "contract.amended")


@dataclass(slots=True)
class Past:
    """What had been written by then, by public id; `seen` had an entry, `later` has its first one after the moment.

    `terms` counts the terms that were registered after it. What is in neither set came in bulk, without entries.
    """

    seen: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)
    terms: Counter[str] = field(default_factory=Counter)
    states: dict[str, str] = field(default_factory=dict)
    verdicts: dict[str, str] = field(default_factory=dict)
    routes: dict[str, str] = field(default_factory=dict)
    clauses: dict[str, dict[str, str]] = field(default_factory=dict)
    unsaid: set[str] = field(default_factory=set)
    tiers: dict[str, str] = field(default_factory=dict)
    dues: dict[str, date] = field(default_factory=dict)
    untils: dict[str, date] = field(default_factory=dict)

    def state(self, thing: str, first: str, now: str) -> str:
        """Give the state a thing was in: as written, its first one before any move, or as it is when nothing is."""
        written = thing in self.seen or thing in self.later
        return self.states.get(thing, first if written else now)


def before(rows: Session, parties: Collection[int], moment: datetime) -> Past:
    """Give what had been written of these parties by then; nothing when nothing has been written since.

    Then the rows say it themselves, and a page about today does not read years of entries.
    """
    newest = rows.scalar(sa.select(LedgerEntry.at).order_by(LedgerEntry.id.desc()).limit(1))
    return Past() if newest is None or newest < moment else replay(rows, parties, moment)


def replay(rows: Session, parties: Collection[int], moment: datetime) -> Past:
    """Read the entries of these parties in order, those after the moment for what they say of before; one query."""
    past = Past()
    found = rows.execute(
        sa.select(LedgerEntry.at, LedgerEntry.leaf).where(
            LedgerEntry.party_id.in_(parties),
            sa.or_(LedgerEntry.event.in_(EVENTS), LedgerEntry.noun.in_(NOUNS)))
        .order_by(LedgerEntry.id))
    for at, text in found:
        leaf = entry.read(text.encode())
        if at < moment:
            past.seen.add(leaf.thing)
            _take(past, leaf)
        else:
            _wait(past, leaf)
    return past


def _wait(past: Past, leaf: entry.Leaf) -> None:
    """What came later: it was not there yet, and a due day put off still stood as the first such entry says."""
    if leaf.thing not in past.seen:
        past.later.add(leaf.thing)
    if leaf.event in TERMS:
        past.terms[leaf.thing] += 1
    if "due_before" in leaf.facts and leaf.thing not in past.dues:
        past.dues[leaf.thing] = date.fromisoformat(leaf.facts["due_before"])


def _hold(past: Past, leaf: entry.Leaf) -> None:
    """An entry of an early release says how many clauses changed, not which: that contract stands in `unsaid`."""
    if "standings" in leaf.facts:
        past.clauses[leaf.thing] = dict(text.partition(":")[::2] for text in leaf.facts["standings"])
        past.unsaid.discard(leaf.thing)
    else:
        past.unsaid.add(leaf.thing)


def _take(past: Past, leaf: entry.Leaf) -> None:
    facts = leaf.facts
    if leaf.after:
        past.states[leaf.thing] = leaf.after
    if leaf.noun in ("attestation", "finding") and "due" in facts:
        past.dues[leaf.thing] = date.fromisoformat(facts["due"])
    if leaf.event == f"finding.{Move.ACCEPT_RISK.value}":
        past.untils[leaf.thing] = date.fromisoformat(facts["until"])
    if leaf.event == "contract.clauses_held":
        _hold(past, leaf)
    elif leaf.event == "scope_line.judged":
        past.verdicts[leaf.thing] = facts["verdict"]
    elif leaf.event == f"scope_line.{Move.ACTIVATE.value}":
        past.verdicts[leaf.thing], past.routes[leaf.thing] = "PERMITTED", facts["route"]
    elif leaf.noun == "party" and "tier" in facts:
        past.tiers[leaf.thing] = facts["tier"]
