"""Make the fictional demo world in an empty database, with its packets; each packet is named on its line."""

import argparse
import sys

from portal import demo
from portal.commands import migrate
from portal.commands.opening import opened
from portal.core.errors import Refusal
from portal.settings import Settings


def options(parser: argparse.ArgumentParser) -> None:
    """Take how large a world is wanted."""
    parser.add_argument("--parties", type=int, default=0, metavar="N", help="so many fictional parties more, in bulk")
    parser.add_argument("--questions", type=int, default=100, metavar="Q", help="answers to a party and year, in bulk")
    parser.add_argument("--years", type=int, default=1, metavar="Y", help="years of them, in bulk")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make the world and print `packet PATH` for each packet; 1 when there is something in the database already."""
    migrate.to_head(settings)
    with opened(settings) as cellar:
        if not demo.is_empty(cellar):
            raise Refusal("There is something in this database already; the demo is made in an empty one only.")
        demo.make(cellar, say)
        for path in demo.finish(cellar):
            print(f"packet {path}")
        if arguments.parties:
            demo.grow(cellar, demo.Size(arguments.parties, arguments.questions, arguments.years), say)
    return 0


def say(line: str) -> None:
    """Tell on standard error how far it is."""
    print(line, file=sys.stderr)
