"""Without a verb: make sure of the database and serve it."""

import argparse
import os
import sys

from portal import demo, server
from portal.commands import migrate
from portal.settings import Settings
from portal.store.cellar import open_cellar


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
    welcome(settings)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "portal", "serve"])


def welcome(settings: Settings) -> None:
    """In a demo, make its world on the first start and say who may enter."""
    if not settings.is_demo:
        return
    cellar = open_cellar(settings)
    if demo.is_empty(cellar):
        print("First start: making the demo world (about half a minute) …")
        demo.make(cellar, print)
    cellar.engine.dispose()
    print(f"Demo: open {settings.address}/sign-in and enter as one of its people by one click.")
