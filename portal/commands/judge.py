"""Judge the [[vector]] cases of a file by the law table; what they expect is not read."""

import argparse
import json
from pathlib import Path

from portal.core.errors import Refusal
from portal.core.judging import BadVectors, judge_file
from portal.settings import Settings
from portal.store import shelf


def options(parser: argparse.ArgumentParser) -> None:
    """Take the file of cases."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a TOML file with [[vector]] tables")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print one JSON object: {id: {verdict, blocks, routes, overlays}}."""
    try:
        text = arguments.file.read_text(encoding="utf-8")
        print(json.dumps(judge_file(text, shelf.catalogue().rules), ensure_ascii=False, indent=1))
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("%(file)s cannot be read: %(why)s", file=arguments.file, why=error) from None
    except BadVectors as error:
        raise Refusal("%(file)s: %(why)s", file=arguments.file, why=error) from None
    return 0
