"""The ledger: one entry more beside a bare insert of the same row, and a full check of many entries."""

import hashlib
import itertools
import time
from collections.abc import Callable

import sqlalchemy as sa

from portal.core.entry import Entry
from portal.models import LedgerEntry
from portal.store import keys, ledger, proof
from tests.bench import calls
from tests.bench.figure import Figure, figure
from tests.bench.world import NOW, empty

BATCH, ENTRIES, ROUNDS = 1000, 100_000, 5


def entry(number: int) -> Entry:
    """An entry such as the saving of an answer makes."""
    return Entry(at=NOW, event="answer_saved", person_id=7, party_id=3, noun="attestation",
                 thing=f"thing{number % 500}", facts={"question": f"LAB-{number % 30:02}", "revision": number % 9})


def append(rounds: int = calls.ROUNDS) -> Figure:
    """CPU to add one entry and commit it; the floor inserts the same row into a table beside and commits."""
    with empty() as cellar:
        beside = sa.inspect(LedgerEntry).local_table.to_metadata(sa.MetaData(), name="floor_entry")
        beside.indexes.clear()
        beside.create(cellar.engine)
        for column in ("event", "party_id", "thing"):
            sa.Index(f"ix_floor_{column}", beside.c[column]).create(cellar.engine)
        numbers, places = itertools.count(), itertools.count()
        row = {"at": NOW, "event": "answer_saved", "person_id": 7, "party_id": 3, "noun": "attestation",
               "thing": "thing", "leaf": "x" * 200, "peaks": b"x" * 256}

        def ours() -> None:
            with cellar.writing() as rows:
                ledger.append(rows, [entry(next(numbers))])
                rows.commit()

        def bare() -> None:
            with cellar.writing() as rows:
                rows.execute(sa.insert(beside), {**row, "id": next(places)})
                rows.commit()

        return calls.ratio(ours, bare, rounds)


def verify(entries: int = ENTRIES) -> Figure:
    """Entries a CPU second of a full check; the floor reads the same rows and hashes each text once."""
    with empty() as cellar:
        for first in range(0, entries, BATCH):
            with cellar.writing() as rows:
                ledger.append(rows, [entry(number) for number in range(first, first + BATCH)])
                rows.commit()
        key = keys.log_key(cellar.settings.keys)
        rates, least = [], []
        for _ in range(ROUNDS):
            with cellar.read() as rows:
                start = time.process_time()
                for text in rows.execute(sa.select(LedgerEntry.leaf).order_by(LedgerEntry.id)).yield_per(5000):
                    hashlib.sha256(text[0].encode()).digest()
                least.append(entries / (time.process_time() - start))
                start = time.process_time()
                found = proof.check(rows, key)
                rates.append(entries / (time.process_time() - start))
            assert (found.size, found.faults) == (entries, [])
        return figure(rates, "entries/CPU s", least)


FIGURES: dict[str, Callable[[], Figure]] = {"ledger_append": append, "ledger_verify_per_s": verify}
