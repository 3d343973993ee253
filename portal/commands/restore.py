"""Bring a backup into an empty installation, after its keys were put back; proven before and after."""

import argparse
import dataclasses
import sys
from pathlib import Path

from portal.commands import migrate
from portal.commands.opening import opened
from portal.settings import Settings
from portal.store import backup


def options(parser: argparse.ArgumentParser) -> None:
    """Take the backup's folder."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="what `backup` wrote")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Migrate, restore as the owner's role, print what stands there; 1 when it is not whole."""
    migrate.to_head(settings)
    owner = dataclasses.replace(settings, database_url=settings.migrate_url or settings.database_url)
    with opened(owner) as cellar:
        found = backup.restore(arguments.folder, cellar)
    for fault in found.faults:
        print(fault, file=sys.stderr)
    print(f"{found.files} files ({found.bytes} bytes), ledger of {found.entries} entries, root {found.root.hex()}")
    return 1 if found.faults else 0
