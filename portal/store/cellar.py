"""Everything that lasts, opened once from the settings: database, files, catalogue, keys and the clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from portal.core.catalogue import Catalogue
from portal.settings import Settings
from portal.store import keys, ledger, shelf
from portal.store.blobs import Blobs, BlobSettings
from portal.store.engine import make_engine, make_sessions
from portal.store.work import Means, Work


def utc_now() -> datetime:
    """Give the present moment, UTC."""
    return datetime.now(UTC)


def _nobody(jobs: list[int]) -> None:
    """Wake nobody: the minutely sweep finds the jobs."""


@dataclass(slots=True)
class Cellar:
    """The opened store of one installation; `wake` tells the workers of jobs that were just committed."""

    settings: Settings
    engine: sa.Engine
    reading: sessionmaker[Session]
    writing: sessionmaker[Session]
    blobs: Blobs
    catalogue: Catalogue
    clock: Callable[[], datetime] = utc_now
    wake: Callable[[list[int]], None] = field(default=_nobody)

    def work(self) -> Work:
        """Begin one act."""
        return Work(self.writing(), Means(self.settings, self.blobs, self.catalogue, self.clock, self.wake))

    def read(self) -> Session:
        """Open a reading session; use it as a context manager."""
        return self.reading()

    def checkpoint(self) -> str:
        """Sign the ledger's present head, keep it in the database and in a folder beside it, and give the note."""
        key = keys.checkpoint_key(self.settings.keys)
        with self.work() as work:
            note = ledger.sign_head(work.rows, key, work.now())
        size = note.split("\n")[1]
        folder = outside(self.settings)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{int(size):012d}.note").write_text(note, encoding="utf-8")
        return note


def open_cellar(settings: Settings, clock: Callable[[], datetime] = utc_now) -> Cellar:
    """Open the store the settings describe, making the data folder if it is not there."""
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = make_engine(settings.database)
    reading, writing = make_sessions(engine)
    return Cellar(settings, engine, reading, writing, Blobs(blob_settings(settings)), shelf.catalogue(), clock)


def blob_settings(settings: Settings) -> BlobSettings:
    """Give where the files are kept, as the settings say."""
    return BlobSettings(
        url=settings.blobs_url or f"file://{settings.folder / 'files'}", access_key=settings.blobs_key,
        secret_key=settings.blobs_secret, scratch=settings.folder / "incoming",
    )


def outside(settings: Settings) -> Path:
    """Give the folder in which checkpoint notes are kept outside the database."""
    return settings.folder / "checkpoints"
