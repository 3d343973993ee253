"""The ledger (操作記録): append-only entries, the Merkle tree over them, salts and checkpoints."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import entry
from portal.models.base import Base


class LedgerEntry(Base):
    """One act as a leaf of the tree: canonical JSON, no names in clear; triggers refuse change and removal."""

    __tablename__ = "ledger_entry"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(sa.String(40), index=True)
    person_id: Mapped[int]
    party_id: Mapped[int | None] = mapped_column(index=True)
    noun: Mapped[str] = mapped_column(sa.String(30))
    thing: Mapped[str] = mapped_column(sa.String(40), index=True)
    leaf: Mapped[str]
    peaks: Mapped[bytes] = mapped_column(sa.LargeBinary)

    @property
    def is_by_proxy(self) -> bool:
        """Whether the act was done in an absent approver's stead (代決)."""
        return "in_stead_of" in entry.read(self.leaf.encode()).facts


class LedgerNode(Base):
    """The hash of one whole subtree of 2^level leaves, for proofs in O(log n)."""

    __tablename__ = "ledger_node"
    __table_args__ = (sa.UniqueConstraint("level", "position"),)

    level: Mapped[int]
    position: Mapped[int] = mapped_column(sa.BigInteger)
    digest: Mapped[bytes] = mapped_column(sa.LargeBinary(32))


class LedgerSalt(Base):
    """Salt and value of a personal field whose commitment stands in an entry; erasing both keeps the proofs."""

    __tablename__ = "ledger_salt"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("ledger_entry.id"), index=True)
    field: Mapped[str] = mapped_column(sa.String(30))
    salt: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    value: Mapped[str]


class LedgerCheckpoint(Base):
    """A signed head of the tree."""

    __tablename__ = "ledger_checkpoint"

    size: Mapped[int] = mapped_column(sa.BigInteger, unique=True)
    note: Mapped[str]
    made_at: Mapped[datetime]
