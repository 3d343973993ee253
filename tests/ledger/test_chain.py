"""`verify --ledger`: whole is 0 and says how many entries, one edited text is 1 and named."""

import pytest

from portal.commands import verify
from portal.store import guards
from portal.store.cellar import Cellar
from tests.cast import Cast


def test_the_chain_is_proven_and_an_edit_is_named(
    cellar: Cellar, people: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    cellar.checkpoint()
    assert verify.chain(cellar.settings) == 0
    assert capsys.readouterr().out.startswith("whole: ledger of ")
    with cellar.engine.begin() as connection:
        for statement in guards.removals(connection.dialect.name):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("UPDATE ledger_entry SET leaf = replace(leaf, 'added', 'adder') WHERE id = 2")
    assert verify.chain(cellar.settings) == 1
    assert "entry 2" in capsys.readouterr().out
