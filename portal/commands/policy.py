"""Print the policy's clauses, one a line: number, standing, subject, the pages that do it, the tests that show it."""

import argparse

from portal.core.entries import PolicyClause
from portal.settings import Settings
from portal.store import shelf


def options(parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write a line for each clause; what is not there, or why a clause is outside, is said in it."""
    for clause in shelf.catalogue().policy.values():
        print("  ".join(filter(None, parts(clause))))
    return 0


def parts(clause: PolicyClause) -> tuple[str, ...]:
    """Give a clause as the parts of its line; those with nothing to say are empty."""
    return (
        clause.id, f"[{clause.standing}]", clause.title.en, " ".join(clause.pages), " ".join(clause.tests),
        f"({clause.lacks.en})" if clause.lacks else "",
    )
