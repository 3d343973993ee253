"""Measure the portal on this machine: each figure with its spread, its floor from the same run, and its goal."""

import argparse
import importlib
import json
import sys

from portal.commands import Misasked
from portal.core.errors import Refusal
from portal.settings import Settings

TABLE = "tests.bench.table"


def options(parser: argparse.ArgumentParser) -> None:
    """Take what to measure and how to print it."""
    parser.add_argument("names", nargs="*", metavar="GROUP", help="groups or single figures by name; none: everything")
    parser.add_argument("--json", action="store_true", help="one object {name: {value, unit, spread, floor, ratio}}")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print a row a figure as it is measured, or all as JSON; 1 when one could not be measured."""
    try:
        table = importlib.import_module(TABLE)
    except ModuleNotFoundError as error:
        raise Refusal("The measuring code is in the folder tests/ of the source, with the packages of "
                      "requirements-test.txt; missing here: %(name)s", name=error.name) from None
    try:
        names = table.chosen(arguments.names)
    except KeyError as error:
        known = ", ".join([*table.GROUPS, *table.FIGURES])
        raise Misasked(f"There is no group or figure {error.args[0]}. There are: {known}") from None
    print(table.circumstances(), file=sys.stderr)
    if not arguments.json:
        print(table.line(table.HEAD))
    found, failed = {}, 0
    for name, figure in table.measured(names):
        if isinstance(figure, Exception):
            print(f"{name} could not be measured: {figure!r}", file=sys.stderr)
            failed = 1
        elif arguments.json:
            found[name] = figure.told()
        else:
            print(table.row(name, figure), flush=True)
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    print(table.circumstances(), file=sys.stderr)
    return failed
