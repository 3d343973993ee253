"""The command line: `python3 app.py VERB …`; results on standard output, messages on standard error."""

import argparse
import importlib
import os
import sys
from typing import NoReturn

from portal import settings
from portal.commands import Misasked
from portal.core.errors import Refusal

START = "start"
VERBS = {
    "serve": "serve the web with a worker beside it",
    "work": "run a worker alone, for more hosts",
    "migrate": "bring the database to the newest revision",
    "demo": "make the fictional demo world in an empty database",
    "administrator": "a one-time code for the first administrators",
    "settings": "every setting with its default and meaning",
    "rules": "who may do what, and every state and move",
    "policy": "each clause of the policy, where it is done and which test shows it",
    "editions": "editions of the policy and the law table, with digests",
    "judge": "judge the cases of a file by the law table",
    "inspect": "what intake makes of files",
    "verify": "prove that nothing was changed, here, in a backup or packet",
    "bench": "measure pages, uploads, packets, ledger: figures beside goals",
    "backup": "write rows, files and a manifest into a folder",
    "restore": "bring a backup into an empty installation",
}


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line and leaves with exit status 2."""

    def error(self, message: str) -> NoReturn:
        """Say it in one line that names the help."""
        self.exit(2, f"{self.prog}: {message} ({self.prog} --help)\n")


def overview() -> Parser:
    """The parser of the verb itself, whose help lists them all."""
    rows = "\n".join(f"  {verb:<13} {meaning}" for verb, meaning in VERBS.items())
    text = "Without a verb: sets everything up and serves it. Each verb has --help.\n\n" + rows
    text += "\n  test          the tests; more arguments go to pytest"
    parser = Parser("python3 app.py", description=text, usage="python3 app.py [VERB …]",
                    formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=VERBS, metavar="VERB", help=argparse.SUPPRESS)
    return parser


def main(arguments: list[str]) -> int:
    """Run one verb with its arguments and give the exit status: 0 done, 1 refused, 2 wrongly asked."""
    verb = overview().parse_args(arguments[:1]).verb if arguments else START
    module = importlib.import_module(f"portal.commands.{verb}")
    parser = Parser(f"python3 app.py {verb}" if arguments else "python3 app.py", description=module.__doc__)
    module.options(parser)
    given = parser.parse_args(arguments[1:])
    try:
        status: int = module.run(given, settings.load())
        sys.stdout.flush()
    except (settings.BadSetting, Misasked) as error:
        print(error, file=sys.stderr)
        return 2
    except Refusal as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has gone, as in `… | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status
