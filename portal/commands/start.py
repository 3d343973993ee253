"""Without a verb: make sure of the database and serve it."""

import argparse
import os
import sys

from portal import server
from portal.commands import migrate
from portal.settings import Settings


def options(parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Migrate, then become the server, in a fresh process that holds nothing of the set-up."""
    try:
        server.listen(settings).close()
    except server.CannotServe as problem:
        print(problem, file=sys.stderr)
        return 1
    migrate.to_head(settings)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "portal", "serve"])
