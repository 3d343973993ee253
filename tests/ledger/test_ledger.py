"""The ledger: written with what it records, refused any change, proven whole, and every tampering found."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from portal.core import checkpoint
from portal.store import guards, keys, ledger, proof
from portal.store.cellar import Cellar, outside
from tests.cast import Cast

Tamper = Callable[[sa.Connection], object]


def check(cellar: Cellar) -> list[str]:
    """What a full check finds."""
    folder = cellar.settings
    with cellar.read() as rows:
        return proof.check(rows, keys.log_key(folder.keys), outside(folder)).faults


def sql(text: str) -> Tamper:
    """One statement, said past the guards."""
    return lambda connection: connection.exec_driver_sql(text)


def reorder(connection: sa.Connection) -> None:
    """Swap two entries' texts."""
    leaves = dict(connection.execute(sa.text("SELECT id, leaf FROM ledger_entry WHERE id IN (3, 4)")).all())
    for one, other in ((3, 4), (4, 3)):
        connection.execute(sa.text("UPDATE ledger_entry SET leaf = :leaf WHERE id = :id"),
                           {"leaf": leaves[other], "id": one})


TAMPERINGS = {
    "edited text": sql("UPDATE ledger_entry SET leaf = replace(leaf, 'added', 'adder') WHERE id = 2"),
    "edited column": sql("UPDATE ledger_entry SET person_id = 99 WHERE id = 2"),
    "deleted": sql("DELETE FROM ledger_entry WHERE id = 5"),
    "truncated": sql("DELETE FROM ledger_entry WHERE id >= 6"),
    "inserted": sql("INSERT INTO ledger_entry SELECT 1000000, at, event, person_id, party_id, noun, thing, leaf, peaks "
                    "FROM ledger_entry WHERE id = 3"),
    "reordered": reorder,
    "personal value": sql("UPDATE ledger_salt SET value = 'x'"),
    "tree": sql("UPDATE ledger_node SET position = 77 WHERE position = 1 AND level = 1"),
    "checkpoint": sql("UPDATE ledger_checkpoint SET note = 'x' || note"),
}


def test_every_act_is_written_and_the_whole_is_proven(cellar: Cellar, people: Cast) -> None:
    cellar.checkpoint()
    assert check(cellar) == []
    with cellar.read() as rows:
        events = [entry.event for entry in ledger.of_thing(rows, [people.party.public_id])]
        assert events == ["party.added", "party.joined", "party.joined"]


@pytest.mark.parametrize("kind", TAMPERINGS)
def test_a_tampering_is_found(cellar: Cellar, people: Cast, kind: str) -> None:
    cellar.checkpoint()
    with cellar.engine.begin() as connection:
        for statement in guards.removals(connection.dialect.name):
            connection.exec_driver_sql(statement)
        if connection.dialect.name == "sqlite" or kind != "deleted":
            connection.exec_driver_sql("DELETE FROM ledger_salt WHERE entry_id = 5 OR entry_id >= 6")
        TAMPERINGS[kind](connection)
    assert check(cellar) != []


@pytest.mark.parametrize("table", guards.SAID_ONCE[:2])
def test_the_database_refuses_to_change_what_was_said(cellar: Cellar, people: Cast, table: str) -> None:
    for act in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id + 1000"):
        with pytest.raises(DatabaseError), cellar.engine.begin() as connection:
            connection.exec_driver_sql(act)
    assert check(cellar) == []


def test_an_entry_proves_itself_under_a_checkpoint(cellar: Cellar, people: Cast) -> None:
    note = cellar.checkpoint()
    key = keys.log_key(cellar.settings.keys)
    with cellar.read() as rows:
        entry = next(ledger.of_thing(rows, [people.other.public_id]))
        given = checkpoint.parse_proof(ledger.prove(rows, entry.id, note).text())
        assert checkpoint.prove(entry.leaf.encode(), given, key).size > entry.id
        with pytest.raises(checkpoint.BadNote):
            checkpoint.prove(entry.leaf.encode() + b" ", given, key)


def test_a_rewrite_with_the_right_key_contradicts_the_note_kept_outside(cellar: Cellar, people: Cast) -> None:
    note = cellar.checkpoint()
    size = int(note.split("\n")[1])
    with cellar.engine.begin() as connection:
        for statement in guards.removals(connection.dialect.name):
            connection.exec_driver_sql(statement)
        for table in ("ledger_salt", "ledger_node", "ledger_checkpoint", "ledger_entry"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    with cellar.work() as work:
        head = ledger.sign_head(work.rows, keys.checkpoint_key(cellar.settings.keys), work.now())
    assert head != note
    assert any(f"checkpoint at {size}" in fault for fault in check(cellar))
