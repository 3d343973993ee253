"""Bring the database to the newest revision, as the owner's role where PORTAL_MIGRATE_URL names one."""

import argparse

from portal.commands.opening import told
from portal.settings import Settings
from portal.store import migrate
from portal.store.engine import make_engine


def options(parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Migrate and print the revision."""
    print(to_head(settings))
    return 0


def to_head(settings: Settings) -> str:
    """Migrate the database of the settings, making the data folder if need be, and give the revision."""
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = make_engine(settings.migrate_url or settings.database)
    try:
        with told():
            migrate.upgrade(engine)
            return str(migrate.current(engine))
    finally:
        engine.dispose()
