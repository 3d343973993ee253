"""One act, all or nothing: rows, ledger entries, mails and jobs in one transaction; the only place that commits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal.core.catalogue import Catalogue
from portal.core.entry import Entry
from portal.core.errors import Stale
from portal.core.readable import day_in
from portal.models import Counter, Job, Mail, Once
from portal.models.base import Base
from portal.settings import Settings
from portal.store import index, ledger
from portal.store.blobs import Blobs
from portal.store.vault import Vault

CODE = "{single-use-code}"
"""What stands in the kept text of a mail where its link carries a code."""
STALE = "Somebody changed this meanwhile. What you typed is kept below; look at both and save again."


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as plain values: who gets it, in which language, about which thing (public id).

    `code` is a single-use code that takes the place of CODE in the body when the mail is sent, never before.
    One that `waits` is kept for its reader's digest and not sent by itself.
    """

    recipient: str
    subject: str
    body: str
    kind: str
    language: str = "ja"
    thing: str = ""
    party_id: int | None = None
    person_id: int | None = None
    code: str = ""
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Means:
    """What an act works with besides its rows; `wake` tells the workers of jobs once they are committed."""

    settings: Settings
    blobs: Blobs
    catalogue: Catalogue
    clock: Callable[[], datetime]
    wake: Callable[[list[int]], None]


class Work:
    """The unit of work: `with cellar.work() as work:` commits at the end or leaves nothing behind."""

    def __init__(self, rows: Session, means: Means) -> None:
        self.rows = rows
        self.settings = means.settings
        self.blobs = means.blobs
        self.catalogue = means.catalogue
        self._clock = means.clock
        self._wake = means.wake
        self._entries: list[Entry] = []
        self._jobs: list[Job] = []
        self._touched: index.Touched = set()
        index.watch(rows, self._touched)

    def now(self) -> datetime:
        """The moment of the act, UTC."""
        return self._clock()

    def note(self, entry: Entry) -> None:
        """Add a ledger entry to the act."""
        self._entries.append(entry)

    def mail(self, letter: Letter) -> Mail:
        """Put a mail into the outbox; a worker sends it after the commit."""
        row = Mail(
            party_id=letter.party_id, person_id=letter.person_id, kind=letter.kind, thing=letter.thing,
            recipient=letter.recipient, language=letter.language, subject=letter.subject, body=letter.body,
            made_at=self.now(), queued_at=self.now(), status="held" if letter.waits else "queued",
            sealed=Vault(self.settings.keys).seal(letter.code) if letter.code else "",
        )
        self.rows.add(row)
        self.rows.flush()
        if not letter.waits:
            self.job("mail", row.public_id, mail=row.public_id)
        return row

    def job(self, kind: str, key: str, delay: timedelta = timedelta(), **args: Any) -> Job:
        """Ask for night work after the commit; the same kind and key asked twice is one job."""
        name = f"{kind}:{key}"
        found = self.rows.scalar(sa.select(Job).where(Job.key == name))
        if found is None:
            found = Job(kind=kind, key=name, args=args, made_at=self.now(), due_at=self.now() + delay)
            self.rows.add(found)
            self._jobs.append(found)
        return found

    def again(self, job: Job) -> None:
        """Put a job that has failed back into the queue."""
        job.status, job.due_at, job.finished_at, job.tries = "queued", self.now(), None, 0
        self._jobs.append(job)

    def once(self, person_id: int, key: str) -> Once | None:
        """Give what the same form gave before, or remember this key and give None."""
        found = self.rows.scalar(sa.select(Once).where(Once.person_id == person_id, Once.key == key))
        if found is None and key:
            self.rows.add(Once(person_id=person_id, key=key, made_at=self.now()))
        return found

    def number(self, series: str) -> int:
        """Give the next number of a series, without gaps and without doubles."""
        row = self.rows.scalar(sa.select(Counter).where(Counter.series == series).with_for_update())
        if row is None:
            row = Counter(series=series, last=0)
            self.rows.add(row)
        row.last += 1
        self.rows.flush()
        return row.last

    def numbered(self, letter: str, year: int | None = None, digits: int = 4) -> str:
        """Give the next number of a kind of thing in a year, as F-2026-0007; without one, in this year of Japan."""
        series = f"{letter}-{year or day_in(self.now()).year}"
        return f"{series}-{self.number(series):0{digits}d}"

    def hold(self, thing: Base) -> None:
        """Let nobody else change a row until this act is done, and read it as it stands now.

        Whoever comes second waits, then reads what the first has saved, instead of failing half-way or in a deadlock.
        """
        # SQLite's writer holds the only write lock already, and read nothing before it had it.
        if self.rows.get_bind().dialect.name == "postgresql":
            columns = [column.key for column in sa.inspect(type(thing)).column_attrs]
            self.rows.refresh(thing, columns, with_for_update={"key_share": True})

    def __enter__(self) -> "Work":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        try:
            if error is None:
                self._finish()
            elif isinstance(error, StaleDataError | IntegrityError):
                raise Stale(STALE) from error
        finally:
            self.rows.close()

    def _finish(self) -> None:
        try:
            self.rows.flush()
            index.write(self.rows, self._touched)
            ledger.append(self.rows, self._entries)
            due = [job.id for job in self._jobs if job.due_at <= self.now()]
            self.rows.commit()
        except (StaleDataError, IntegrityError) as error:
            raise Stale(STALE) from error
        if due:
            self._wake(due)
