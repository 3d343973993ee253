"""Print both tables of the house: who may do what (WHO), and every state with its moves (WHEN)."""

import argparse

from portal.core import policy, workflow
from portal.settings import Settings


def options(parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write a line for each permission, then one for each move."""
    print("WHO: a permission holds when every predicate of any clause holds")
    for permission, clauses in policy.table():
        print(f"  {permission}: {clauses}")
    print("WHEN: process, move, from, to, needs")
    for row in workflow.table():
        print("  " + "  ".join(row))
    return 0
