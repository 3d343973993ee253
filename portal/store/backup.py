"""A backup is one folder: every row in a SQLite file, every named file, and a manifest; never the keys.

It is made and read the same way from SQLite and PostgreSQL, so a backup of one restores into the other.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec
import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.orm import Session

from portal.core.checkpoint import LogKey
from portal.models import Base, Person
from portal.store import keys, migrate, tallies, whole
from portal.store.blobs import Blobs, BlobSettings, NotKept
from portal.store.cellar import Cellar, outside
from portal.store.engine import DatabaseDown, make_engine

BATCH = 1000
DATABASE, FILES, MANIFEST = "portal.db", "files", "manifest.json"


class NotPossible(RuntimeError):
    """A backup or a restore cannot be made as asked; the message says what to do."""


class Manifest(Struct, frozen=True):
    """What a backup holds, written last: a folder without it is no backup."""

    made_at: datetime
    revision: str
    database: str
    counts: dict[str, int]
    entries: int
    root: str
    files: int
    bytes: int


def make(cellar: Cellar, folder: Path) -> Manifest:
    """Write a backup into a new folder while the portal goes on; it is proven before its manifest is written."""
    if folder.exists() and any(folder.iterdir()):
        raise NotPossible(f"{folder} is not empty; give a folder of its own to each backup")
    if migrate.current(cellar.engine) != migrate.head():
        raise NotPossible("the database is not at the newest revision; run migrate first")
    cellar.checkpoint()
    kept = _blobs(folder)
    engine = make_engine(f"sqlite:///{folder / DATABASE}")
    migrate.upgrade(engine)
    with _snapshot(cellar.engine) as source, engine.begin() as target:
        _copy(source, target)
    with Session(engine) as rows:
        for party, digest in whole.named(rows):
            _carry(cellar.blobs, kept, party, digest)
        found = whole.check(rows, kept, keys.log_key(cellar.settings.keys))
        counts = whole.counts(rows)
    engine.dispose()  # the last to close brings the log home into the file
    if found.faults:
        raise NotPossible("the backup is not whole: " + "; ".join(found.faults))
    manifest = Manifest(cellar.clock(), str(migrate.head()), file_digest(folder / DATABASE), counts, found.entries,
                        found.root.hex(), found.files, found.bytes)
    (folder / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
    return manifest


def check(folder: Path, key: LogKey) -> list[str]:
    """Give every fault of a backup in words: against its manifest, its ledger's key and its files' digests."""
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        return [f"{MANIFEST} cannot be read ({error}): the backup was not finished, or is none"]
    if not (folder / DATABASE).is_file():
        return [f"{DATABASE} is gone"]
    faults = []
    if file_digest(folder / DATABASE) != manifest.database:
        faults.append(f"{DATABASE} is not the one this manifest was written for")
    engine = make_engine(f"sqlite:///{folder / DATABASE}")
    try:
        with Session(engine.execution_options(portal_reads=True)) as rows:
            faults += _against(manifest, rows, folder, key)
    except DatabaseDown as error:
        faults.append(f"{DATABASE} cannot be read: {error.orig}")
    finally:
        engine.dispose()
    return faults


def _against(manifest: Manifest, rows: Session, folder: Path, key: LogKey) -> list[str]:
    blobs = _blobs(folder)
    found = whole.check(rows, blobs, key)
    faults = list(found.faults)
    faults += [f"{table}: {manifest.counts.get(table, 0)} rows were backed up, {count} are there"
               for table, count in whole.counts(rows).items() if manifest.counts.get(table, 0) != count]
    if found.root.hex() != manifest.root:
        faults.append(f"ledger: the root at {found.entries} is not that of the manifest at {manifest.entries}")
    strangers = {(kept.party, kept.digest) for kept in blobs.kept()} - set(whole.named(rows))
    if strangers:
        faults.append(f"{len(strangers)} files that no row names")
    return faults


def restore(folder: Path, cellar: Cellar) -> whole.Whole:
    """Bring a proven backup into an empty, migrated installation that has its keys; gives what then stands there."""
    if faults := check(folder, keys.log_key(cellar.settings.keys)):
        raise NotPossible("the backup is not whole: " + "; ".join(faults))
    with cellar.read() as rows:
        if rows.scalar(sa.select(Person.id).limit(1)) is not None:
            raise NotPossible("this installation is not empty; restore into a new data folder or database")
    kept = _blobs(folder)
    engine = make_engine(f"sqlite:///{folder / DATABASE}")
    with Session(engine.execution_options(portal_reads=True)) as rows:
        for party, digest in whole.named(rows):
            _carry(kept, cellar.blobs, party, digest)
    with _snapshot(engine) as source, cellar.engine.begin() as target:
        _copy(source, target)
        _count_on(target)
    engine.dispose()
    with cellar.read() as rows:
        return whole.check(rows, cellar.blobs, keys.log_key(cellar.settings.keys), outside(cellar.settings))


@contextmanager
def _snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that sees one moment, however long it reads."""
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {"portal_reads": True}
    with engine.execution_options(**options).connect() as connection:
        yield connection


def _copy(source: sa.Connection, target: sa.Connection) -> None:
    if target.dialect.name == "sqlite":
        target.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # a row may name a later one of its own table
    for table in (table for table in Base.metadata.sorted_tables if table.name not in tallies.DERIVED):
        rows = source.execution_options(yield_per=BATCH).execute(sa.select(table).order_by(*table.primary_key))
        for batch in rows.mappings().partitions(BATCH):
            target.execute(sa.insert(table), [dict(row) for row in batch])
    tallies.recount(target)


def _count_on(target: sa.Connection) -> None:
    """On PostgreSQL: let each table's own numbers go on after the last one restored."""
    if target.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        sequence = target.scalar(sa.func.pg_get_serial_sequence(table.name, "id")) if "id" in table.c else None
        if sequence and (last := target.scalar(sa.select(sa.func.max(table.c.id)))):
            target.execute(sa.select(sa.func.setval(sequence, last)))


def _carry(source: Blobs, target: Blobs, party: str, digest: str) -> None:
    try:
        blob = target.keep(party, source.open(party, digest))
    except NotKept:
        return  # purged meanwhile, or gone: the check that follows names it
    if blob.digest != digest:
        target.remove(party, blob.digest)


def _blobs(folder: Path) -> Blobs:
    return Blobs(BlobSettings(url=(folder / FILES).resolve().as_uri(), scratch=folder / FILES / ".incoming"))


def file_digest(path: Path) -> str:
    """Give the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
