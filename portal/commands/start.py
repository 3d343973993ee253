"""Without a verb: make sure of the database and serve it."""

import argparse
import os
import sys

from portal import demo, server
from portal.actions import people
from portal.commands import migrate
from portal.commands.opening import opened
from portal.queries import places
from portal.settings import Settings
from portal.store.cellar import Cellar

SHOWN = 9


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
    """In a demo, make its world on the first start and say who may enter; elsewhere, let in a first administrator."""
    with opened(settings) as cellar:
        if not settings.is_demo:
            first_administrator(cellar)
            return
        if demo.is_empty(cellar):
            print("First start: making the demo world (about half a minute) …", flush=True)
            demo.make(cellar, print)
        with cellar.read() as rows:
            found = [(person.email, person.name, role) for person, role in places.demo_people(rows)]
    if found:
        print(f"Demo sign-ins, by one click on {settings.address}/sign-in:")
    for email, name, role in found[:SHOWN]:
        print(f"  {email:<30} {name}  {role.replace('|', ', ')}")
    if len(found) > SHOWN:
        print(f"  … and {len(found) - SHOWN} more of the parties' people")


def first_administrator(cellar: Cellar) -> None:
    """Where nobody can administer the portal yet, print a one-time code: no account is there by default."""
    with cellar.work() as work:
        if people.administrators(work):
            return
        code = people.first_code(work)
    print(f"Nobody administers this portal yet. Open {cellar.settings.address}/setup within a day and enter: {code}")
