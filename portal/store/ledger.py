"""The ledger's rows: appended in the same transaction as what they record, proven from the tree."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from portal.core import checkpoint, entry, merkle
from portal.core.entry import Entry, Personal
from portal.models import LedgerCheckpoint, LedgerEntry, LedgerNode, LedgerSalt
from portal.store.keys import ORIGIN

LOCK = 0x4A4D4450


def _lock(session: Session) -> None:
    # SQLite's writer holds the only write lock already; PostgreSQL numbers one transaction at a time.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def frontier(session: Session) -> merkle.Frontier:
    """Give the tree's size and peaks as the last entry left them."""
    row = session.execute(
        sa.select(LedgerEntry.id, LedgerEntry.peaks).order_by(LedgerEntry.id.desc()).limit(1)
    ).first()
    return merkle.Frontier() if row is None else merkle.Frontier(row.id + 1, unpack(row.peaks))


def unpack(peaks: bytes) -> tuple[bytes, ...]:
    """Split the stored peaks into hashes of 32 bytes."""
    return tuple(peaks[at:at + 32] for at in range(0, len(peaks), 32))


def append(session: Session, entries: Sequence[Entry]) -> None:
    """Number the entries, hang them into the tree and add their rows; the caller commits."""
    if not entries:
        return
    _lock(session)
    tree = frontier(session)
    rows, nodes, salts = [], [], []
    for act in entries:
        sequence = tree.size
        personal = {name: fact.value for name, fact in act.facts.items() if isinstance(fact, Personal)}
        hidden = {name: secrets.token_bytes(32) for name in personal}
        text = entry.leaf(act, sequence, hidden)
        tree, done = tree.grow(merkle.leaf_hash(text))
        rows.append(_row(act, sequence, text, tree))
        nodes += [{"level": level, "position": at, "digest": digest} for level, at, digest in done if level]
        salts += [{"entry_id": sequence, "field": name, "salt": salt, "value": personal[name]}
                  for name, salt in hidden.items()]
    session.execute(sa.insert(LedgerEntry), rows)
    if nodes:
        session.execute(sa.insert(LedgerNode), nodes)
    if salts:
        session.execute(sa.insert(LedgerSalt), salts)


def _row(act: Entry, sequence: int, text: bytes, tree: merkle.Frontier) -> dict[str, object]:
    return {
        "id": sequence, "at": act.at, "event": act.event, "person_id": act.person_id, "party_id": act.party_id,
        "noun": act.noun, "thing": act.thing, "leaf": text.decode(), "peaks": b"".join(tree.peaks),
    }


def node_reader(session: Session) -> merkle.Node:
    """Give a reader of complete subtrees for proofs; touches O(log n) rows per proof."""

    def node(level: int, position: int) -> bytes:
        if level == 0:
            text = session.scalar(sa.select(LedgerEntry.leaf).where(LedgerEntry.id == position))
            return merkle.leaf_hash(str(text).encode())
        found = session.scalar(
            sa.select(LedgerNode.digest).where(LedgerNode.level == level, LedgerNode.position == position)
        )
        return bytes(found or b"")

    return node


def of_thing(session: Session, things: Sequence[str]) -> Iterator[LedgerEntry]:
    """Give the entries of some things (public ids) in the order they happened."""
    yield from session.scalars(
        sa.select(LedgerEntry).where(LedgerEntry.thing.in_(list(things))).order_by(LedgerEntry.id)
    )


def latest_checkpoint(session: Session) -> LedgerCheckpoint | None:
    """Give the newest signed head, if there is one."""
    return session.scalar(sa.select(LedgerCheckpoint).order_by(LedgerCheckpoint.size.desc()).limit(1))


def prove(session: Session, sequence: int, note: str) -> checkpoint.Proof:
    """Give the offline proof that the entry of this number stands under a signed checkpoint note."""
    head, _, _ = checkpoint.parse(note)
    path = merkle.inclusion(sequence, head.size, node_reader(session))
    return checkpoint.Proof(sequence, tuple(path), note)


def sign_head(session: Session, key: Ed25519PrivateKey, now: datetime) -> str:
    """Give the signed note of the present head, adding a row when the tree has grown; the caller commits."""
    tree = frontier(session)
    latest = latest_checkpoint(session)
    if latest is not None and latest.size == tree.size:
        return latest.note
    note = checkpoint.sign(checkpoint.Checkpoint(ORIGIN, tree.size, tree.root()), key)
    session.add(LedgerCheckpoint(size=tree.size, note=note, made_at=now))
    return note
