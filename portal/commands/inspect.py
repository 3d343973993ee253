"""Say what intake makes of files: their kind by content, accepted, flagged or refused, and why."""

import argparse
import json
from pathlib import Path

from portal.settings import BadSetting, Settings
from portal.store.intake import inspect_files
from portal.store.scanner import Scanner


def options(parser: argparse.ArgumentParser) -> None:
    """Take the files."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files, judged by the names they have")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print one JSON object: {path: {kind, verdict, reason, seconds, scan}}; nothing is kept."""
    try:
        scanner = Scanner(settings.clamd)
    except ValueError as error:
        raise BadSetting(f"PORTAL_CLAMD: {error}") from None
    found = inspect_files(arguments.files, scanner)
    print(json.dumps(found, ensure_ascii=False, indent=1))
    return 0
