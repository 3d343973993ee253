"""Proves the whole ledger from its rows: order, content, tree, commitments and signed checkpoints."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core import checkpoint, entry, merkle
from portal.models import LedgerCheckpoint, LedgerEntry, LedgerNode, LedgerSalt

BATCH = 5000


@dataclass(slots=True)
class Finding:
    """What a full check saw: the number of entries, the root, and every fault in words."""

    size: int = 0
    root: bytes = merkle.EMPTY_ROOT
    faults: list[str] = field(default_factory=list)

    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def check(session: Session, key: checkpoint.LogKey, outside: Path | None = None) -> Finding:
    """Recompute everything from the first entry; `outside` is a folder of checkpoint notes kept elsewhere."""
    found = Finding()
    notes = {head.size: head for head in _heads(session, key, outside, found)}
    commitments: dict[int, dict[str, str]] = {}
    nodes: list[tuple[int, int, bytes]] = []
    tree = merkle.Frontier()
    for row in _entries(session):
        tree, done = _one(row, tree, found, commitments)
        nodes += [node for node in done if node[0]]
        if (head := notes.pop(tree.size, None)) is not None and head.root != tree.root():
            found.faults.append(f"checkpoint at {head.size}: the entries before it were changed")
    found.size, found.root = tree.size, tree.root()
    for size in sorted(notes):
        if size:
            found.faults.append(f"checkpoint at {size}: {size - tree.size} entries after {tree.size} are gone")
    _check_nodes(session, nodes, found)
    _check_salts(session, commitments, found)
    return found


def _entries(session: Session) -> Iterator[Any]:
    # Columns, not entities: the session would keep books on millions of rows that nobody changes.
    yield from session.execute(
        sa.select(*sa.inspect(LedgerEntry).columns).order_by(LedgerEntry.id).execution_options(yield_per=BATCH)
    )


Grown = tuple[merkle.Frontier, list[tuple[int, int, bytes]]]


def _one(row: Any, tree: merkle.Frontier, found: Finding, commitments: dict[int, dict[str, str]]) -> Grown:
    if row.id != tree.size:
        found.faults.append(f"entry {tree.size} is missing; {row.id} stands in its place")
    text = row.leaf.encode()
    grown, done = tree.grow(merkle.leaf_hash(text))
    if row.peaks != b"".join(grown.peaks):
        found.faults.append(f"entry {row.id}: its text or one before it was changed")
    try:
        leaf = entry.read(text)
    except msgspec.DecodeError:
        found.faults.append(f"entry {row.id}: its text cannot be read")
        return grown, done
    told = (leaf.seq, leaf.at, leaf.by, leaf.party, leaf.event, leaf.noun, leaf.thing)
    columns = (row.id, entry.moment(row.at), row.person_id, row.party_id, row.event, row.noun, row.thing)
    if told != columns:
        found.faults.append(f"entry {row.id}: its columns do not agree with its text")
    hidden = {name: fact for name, fact in leaf.facts.items() if isinstance(fact, str) and fact[:5] == "hmac:"}
    if hidden:
        commitments[row.id] = hidden
    return grown, done


def _heads(session: Session, key: checkpoint.LogKey, outside: Path | None, found: Finding
           ) -> Iterator[checkpoint.Checkpoint]:
    notes = [row.note for row in session.scalars(sa.select(LedgerCheckpoint).order_by(LedgerCheckpoint.size))]
    if outside is not None and outside.is_dir():
        notes += [path.read_text(encoding="utf-8") for path in sorted(outside.glob("*.note"))]
    for note in notes:
        try:
            yield checkpoint.verify(note, key)
        except checkpoint.BadNote as problem:
            found.faults.append(f"checkpoint: {problem}")


def _check_nodes(session: Session, nodes: list[tuple[int, int, bytes]], found: Finding) -> None:
    stored = {
        (level, at): bytes(digest) for level, at, digest in
        session.execute(sa.select(LedgerNode.level, LedgerNode.position, LedgerNode.digest))
    }
    wrong = sum(stored.pop((level, at), b"") != digest for level, at, digest in nodes) + len(stored)
    if wrong:
        found.faults.append(f"tree: {wrong} stored subtrees do not fit the entries")


def _check_salts(session: Session, commitments: dict[int, dict[str, str]], found: Finding) -> None:
    # A salt that is gone was erased with its value (the proofs stay); one that does not fit was changed.
    for row in session.scalars(sa.select(LedgerSalt)):
        if commitments.get(row.entry_id, {}).get(row.field) != entry.commitment(row.salt, row.value):
            found.faults.append(f"entry {row.entry_id}: the value of '{row.field}' does not fit its commitment")
