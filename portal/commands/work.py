"""Run a worker alone: mails, checks of files, packets and everything else that is done after the commit."""

import argparse

from portal.commands.opening import opened
from portal.jobs.queue import Queue
from portal.settings import Settings


def options(parser: argparse.ArgumentParser) -> None:
    """Take the number of jobs at a time."""
    parser.add_argument("--threads", type=int, default=2, metavar="N", help="jobs at a time (default: 2)")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Work until SIGTERM or SIGINT; a job in hand is finished first."""
    with opened(settings) as cellar:
        Queue(cellar).serve(arguments.threads)
    return 0
