"""Migrations: clean on both databases, up and down, and the models say what the database has."""

import sqlalchemy as sa

from portal.store import migrate
from portal.store.cellar import Cellar
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
