"""Whether an installation, or a copy of one, is whole: the ledger proves itself, every row's file has its bytes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core.checkpoint import LogKey
from portal.core.merkle import EMPTY_ROOT
from portal.models import Base, ConsentLetter, Evidence, Packet, PageImage, Party, Receipt, Workbook
from portal.store import proof
from portal.store.blobs import Blobs, Damaged, NotKept

MOST_TOLD = 20


@dataclass(slots=True)
class Whole:
    """What a check saw: ledger entries and root, files and bytes, and every fault in words."""

    entries: int = 0
    root: bytes = EMPTY_ROOT
    files: int = 0
    bytes: int = 0
    faults: list[str] = field(default_factory=list)


def named(rows: Session) -> Iterator[tuple[str, str]]:
    """Give (party, digest) of every file that a row names, each once; a purged file is named no more."""
    sources = (
        sa.select(Party.public_id, Evidence.digest).join(Party, Party.id == Evidence.party_id)
        .where(Evidence.state != "purged"),
        sa.select(Party.public_id, PageImage.digest).join(Party, Party.id == PageImage.party_id)
        .join(Evidence, Evidence.id == PageImage.evidence_id).where(Evidence.state != "purged"),
        sa.select(Party.public_id, Packet.sealed_digest).join(Party, Party.id == Packet.party_id)
        .where(Packet.sealed_digest != ""),
        sa.select(Party.public_id, Workbook.digest).join(Party, Party.id == Workbook.party_id),
        sa.select(Party.public_id, Receipt.digest).join(Party, Party.id == Receipt.party_id),
        sa.select(Party.public_id, ConsentLetter.digest).join(Party, Party.id == ConsentLetter.party_id),
    )
    for party, digest in rows.execute(sa.union(*sources)):
        yield str(party), str(digest)


def counts(rows: Session) -> dict[str, int]:
    """Give the number of rows of every table."""
    return {table.name: rows.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables}


def check(rows: Session, blobs: Blobs, key: LogKey, outside: Path | None = None) -> Whole:
    """Prove the ledger against the key and the notes kept outside, and read every named file through."""
    ledger = proof.check(rows, key, outside)
    found = Whole(ledger.size, ledger.root, faults=ledger.faults[:MOST_TOLD])
    if len(ledger.faults) > MOST_TOLD:
        found.faults.append(f"… and {len(ledger.faults) - MOST_TOLD} more faults of the ledger")
    for party, digest in named(rows):
        try:
            blobs.rehash(party, digest)
            found.bytes += blobs.size(party, digest)
            found.files += 1
        except NotKept:
            found.faults.append(f"file {digest} of party {party} is gone")
        except Damaged:
            found.faults.append(f"file {digest} of party {party} was changed")
    return found
