"""Engines for SQLite and PostgreSQL, set so that what was acknowledged survives a power loss."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

Rows = Session

SQLITE_PRAGMAS = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "busy_timeout": ("20000", 20000),
}


DatabaseDown = sa.exc.DBAPIError
"""Raised where the database cannot be reached or cannot do what was asked."""


class Unsafe(RuntimeError):
    """The database is set so that acknowledged work could be lost; the message says what to change."""


def _open_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, (value, expected) in SQLITE_PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
        found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
        if found != expected:
            raise Unsafe(f"SQLite: {name} is {found}, not {expected}; put the data folder on a local disk")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    # A plain BEGIN upgrades to a write lock too late and loses transactions; writers say so at once.
    reads = connection.get_execution_options().get("portal_reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _open_postgresql(connection: Any, record: Any) -> None:
    with connection.cursor() as cursor:
        for name in ("fsync", "synchronous_commit"):
            value = cursor.execute(f"SHOW {name}").fetchone()[0]
            if value == "off":
                raise Unsafe(f"PostgreSQL: {name} is off; acknowledged work could be lost. Set it to on")
    connection.rollback()


def make_engine(url: str) -> sa.Engine:
    """Give an engine for a database address; Unsafe when the server may lose acknowledged work."""
    if url.startswith("sqlite"):
        engine = sa.create_engine(url, pool_size=16, max_overflow=16)
        sa.event.listen(engine, "connect", _open_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
        return engine
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = sa.create_engine(url, pool_size=16, max_overflow=16, pool_pre_ping=True)
    sa.event.listen(engine, "connect", _open_postgresql)
    return engine


def make_sessions(engine: sa.Engine) -> tuple[sessionmaker[Session], sessionmaker[Session]]:
    """Give two session makers, (reading, writing); the reading one never takes the writers' lock."""
    reading = engine.execution_options(portal_reads=True)
    return (
        sessionmaker(reading, autoflush=False, expire_on_commit=False),
        sessionmaker(engine, autoflush=True, expire_on_commit=False),
    )
