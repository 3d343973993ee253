"""Migrations: clean on both databases, up and down, and the models say what the database has."""

import sqlalchemy as sa

from portal.models import Base
from portal.store import migrate
from portal.store.cellar import Cellar
from tests import world
from tests.cast import Cast


def test_models_and_database_agree(cellar: Cellar) -> None:
    assert migrate.differences(cellar.engine) == []
    assert migrate.current(cellar.engine) == migrate.head()


def test_down_and_up_again(cellar: Cellar, people: Cast) -> None:
    migrate.downgrade(cellar.engine)
    left = set(sa.inspect(cellar.engine).get_table_names()) - {"alembic_version"}
    migrate.upgrade(cellar.engine)
    assert left == set()
    assert migrate.differences(cellar.engine) == []


def test_a_filled_database_goes_down_and_up_and_keeps_its_rows(cellar: Cellar, people: Cast) -> None:
    world.build(cellar, people)
    migrate.downgrade(cellar.engine, "0010")
    kept = set(sa.inspect(cellar.engine).get_table_names())

    def counts() -> dict[str, int]:
        with cellar.engine.connect() as rows:
            return {table.name: rows.scalar(sa.select(sa.func.count()).select_from(table)) or 0
                    for table in Base.metadata.sorted_tables if table.name in kept}

    before = counts()
    migrate.upgrade(cellar.engine)
    assert before["scope_line"] > 0 and counts() == before and migrate.differences(cellar.engine) == []
    if cellar.engine.dialect.name == "sqlite":
        with cellar.engine.connect() as rows:
            assert rows.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert rows.exec_driver_sql("PRAGMA foreign_key_check").first() is None
    migrate.downgrade(cellar.engine)
    migrate.upgrade(cellar.engine)
    assert migrate.differences(cellar.engine) == [] and counts() == dict.fromkeys(before, 0)
