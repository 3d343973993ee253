"""Serve the web with a worker beside it until it is told to stop (Ctrl-C, SIGTERM)."""

import argparse
import sys

from portal import server
from portal.settings import Settings


def options(parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve; says the address once pages answer."""

    def ready() -> None:
        print(f"Ready: {settings.address}  (Ctrl-C stops)", file=sys.stderr, flush=True)

    try:
        return server.serve(settings, ready)
    except server.CannotServe as problem:
        print(problem, file=sys.stderr)
        return 1
