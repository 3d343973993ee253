"""Write a backup into a new folder while the portal goes on: rows, files and a manifest; the keys are kept apart."""

import argparse
from pathlib import Path

from portal.commands.opening import opened
from portal.settings import Settings
from portal.store import backup


def options(parser: argparse.ArgumentParser) -> None:
    """Take the folder."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a folder that is not there yet, or empty")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Back up, prove the backup and print what it holds."""
    with opened(settings) as cellar:
        made = backup.make(cellar, arguments.folder)
    print(f"{arguments.folder}: {sum(made.counts.values())} rows, {made.files} files ({made.bytes} bytes), "
          f"ledger of {made.entries} entries, root {made.root}")
    return 0
