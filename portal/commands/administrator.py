"""Show a one-time code with which the page /setup makes an administrator, while there are fewer than two."""

import argparse

from portal.actions import people
from portal.commands.opening import opened
from portal.settings import Settings


def options(parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print where to go and the code; the code works once, for a day."""
    with opened(settings) as cellar, cellar.work() as work:
        code = people.first_code(work)
    print(f"{settings.address}/setup {code}")
    return 0
