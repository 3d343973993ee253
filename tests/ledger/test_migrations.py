"""Migrations: clean on both databases, up and down, and the models say what the database has."""

import shutil
from pathlib import Path

import sqlalchemy as sa

from portal.models import Base
from portal.store import migrate
from portal.store.cellar import Cellar
from portal.store.engine import make_engine
from tests.cast import Cast
from tests.visit import Visit


def test_models_and_database_agree(cellar: Cellar) -> None:
    assert migrate.differences(cellar.engine) == []
    assert migrate.current(cellar.engine) == migrate.head()


def test_down_and_up_again(cellar: Cellar, people: Cast) -> None:
    migrate.downgrade(cellar.engine)
    left = set(sa.inspect(cellar.engine).get_table_names()) - {"alembic_version"}
    migrate.upgrade(cellar.engine)
    assert left == set()
    assert migrate.differences(cellar.engine) == []


def test_a_filled_database_goes_down_and_up_and_keeps_its_rows(house: Visit, tmp_path: Path) -> None:
    house.cellar.engine.dispose()
    shutil.copy(house.file, tmp_path / "portal.db")
    engine = make_engine(f"sqlite:///{tmp_path / 'portal.db'}")
    migrate.downgrade(engine, "0010")
    kept = set(sa.inspect(engine).get_table_names())

    def counts() -> dict[str, int]:
        with engine.connect() as rows:
            return {table.name: rows.scalar(sa.select(sa.func.count()).select_from(table)) or 0
                    for table in Base.metadata.sorted_tables if table.name in kept}

    before = counts()
    migrate.upgrade(engine)
    assert before["scope_line"] > 0 and counts() == before and migrate.differences(engine) == []
    with engine.connect() as rows:
        assert rows.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert rows.exec_driver_sql("PRAGMA foreign_key_check").first() is None
    engine.dispose()
