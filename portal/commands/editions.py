"""Print the editions of the policy and the law table that are kept, one a line: kind, day, state, digest, name."""

import argparse

from portal.actions.sharing import RULES_FILE
from portal.commands.opening import opened
from portal.core.readable import day_in
from portal.queries import editions
from portal.settings import Settings


def options(parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write a line for each edition, those that apply latest first, and one for the table that judges here."""
    with opened(settings) as cellar, cellar.read() as rows:
        today, header = day_in(cellar.clock()), cellar.catalogue.rules.header
        current = editions.in_force(rows, today)
        for row in editions.every(rows):
            state = editions.standing(row, today, current)
            print("  ".join((row.kind, row.valid_from.isoformat(), f"[{state}]", row.digest, row.name)))
        digest = cellar.catalogue.digests[RULES_FILE]
        print("  ".join(("law", header.valid_from.isoformat(), "[installed]", digest, header.edition)))
    return 0
