"""The child: reads one task from standard input, shuts itself in, works, and prints reports as JSON lines."""

import importlib
import os
import sys
from collections.abc import Callable, Iterator
from typing import cast

import msgspec

from portal.core.evidence.verdicts import Reason
from portal.core.sheet import Sheet
from portal.store.examine.report import Ask, Picture, Refused, Report
from portal.store.examine.walls import close_network, limit

TASKS = {
    "prove": "portal.store.examine.prove",
    "draw": "portal.store.examine.draw",
    "cells": "portal.store.examine.cells",
}
FILE_SIZE = 256 << 20
OFFICE_MEMORY = 4 << 30

Told = Report | Picture | Sheet
Work = Callable[[Ask], Iterator[Told]]


def tell(report: Told) -> None:
    """Print one report; what was printed stands, whatever becomes of the child afterwards."""
    sys.stdout.buffer.write(msgspec.json.encode(report) + b"\n")
    sys.stdout.buffer.flush()


def load(module: str) -> Work:
    """Give a parser's work; it is loaded only now, inside the walls, for it is what strangers' files meet."""
    return cast(Work, importlib.import_module(module).work)


def print_office(ask: Ask) -> None:
    """Become the Office program, which writes the file as a PDF into the folder; never returns."""
    limit(OFFICE_MEMORY, ask.limits.seconds, FILE_SIZE)
    close_network(programs=True)
    profile = f"-env:UserInstallation=file://{ask.folder}/profile"
    os.execv(ask.program, [ask.program, profile, "--headless", "--nologo", "--norestore", "--nolockcheck",
                           "--convert-to", "pdf", "--outdir", ask.folder, ask.path])


def main() -> None:
    """Do the task; a file that cannot be parsed is a report, not an error."""
    ask = msgspec.json.decode(sys.stdin.buffer.read(), type=Ask)
    if ask.task == "print":
        print_office(ask)
    limit(ask.limits.memory, ask.limits.seconds, FILE_SIZE)
    close_network(programs=False)
    try:
        for report in load(TASKS[ask.task])(ask):
            tell(report)
    except Refused as refused:
        tell(Report(kind=ask.kind, reasons=[refused.reason]))
    except (MemoryError, RecursionError):
        tell(Report(kind=ask.kind, reasons=[Reason.TOO_COMPLEX]))


if __name__ == "__main__":
    main()
