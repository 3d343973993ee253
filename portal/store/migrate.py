"""Migrations: Alembic without a file of its own, the same revisions on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from portal.models import Base

SCRIPTS = Path(__file__).with_name("migrations")


def _is_ours(thing: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
    """Whether a thing of the database is described by the models; how each engine searches is not."""
    return not (name or "").startswith("search_pieces")


def _config(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _rebuilding(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction in which tables may be rebuilt: SQLite counts foreign keys at its end, not meanwhile."""
    with engine.connect() as connection:
        is_sqlite = engine.dialect.name == "sqlite"
        if is_sqlite:
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if is_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                    raise sa.exc.IntegrityError("PRAGMA foreign_key_check", None, ValueError(str(broken)))
        finally:
            if is_sqlite:
                connection.connection.cursor().execute("PRAGMA foreign_keys=ON")


def upgrade(engine: sa.Engine, revision: str = "head") -> None:
    """Bring the database to a revision, in one transaction."""
    with _rebuilding(engine) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(engine: sa.Engine, revision: str = "base") -> None:
    """Take the database back to a revision, in one transaction."""
    with _rebuilding(engine) as connection:
        command.downgrade(_config(connection), revision)


def current(engine: sa.Engine) -> str | None:
    """Give the revision the database is at, or None when it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """Give the newest revision there is."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return ScriptDirectory.from_config(config).get_current_head()


def differences(engine: sa.Engine) -> list[object]:
    """Give what the database has otherwise than the models say; empty when they agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": _is_ours})
        return list(compare_metadata(context, Base.metadata))
