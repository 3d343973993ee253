"""Print every setting with its default and meaning, and the value in force where one is set."""

import argparse
from dataclasses import fields

from portal.settings import Settings, table


def options(parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write one setting a paragraph; secrets are named as set, never shown."""
    for item, (variable, default, meaning) in zip(fields(Settings), table(), strict=True):
        value = str(getattr(settings, item.name))
        print(f"{variable}={default}")
        print(f"    {meaning}")
        if value != default:
            print(f"    now: {'(set)' if item.metadata['secret'] else value}")
    return 0
