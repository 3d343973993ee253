"""The command line: what the README lists is what there is, each verb has help, wrong arguments get one line."""

import os
import re
import subprocess
import sys

import pytest

from portal.cli import VERBS
from portal.settings import table
from tests.house import ROOT


def ask(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, with these settings and no others."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return subprocess.run([sys.executable, "-m", "portal", *arguments], cwd=ROOT, env={**given, **settings},
                          capture_output=True, text=True, timeout=120)


def test_the_readme_lists_every_verb() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z]+)(?: [^`]*)?` \|", readme, re.MULTILINE)
    assert listed == list(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_help(verb: str) -> None:
    told = ask(verb, "--help")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith(f"usage: python3 app.py {verb}")
    assert len(told.stdout.splitlines()) > 3


@pytest.mark.parametrize("verb", VERBS)
def test_wrong_arguments_get_one_line(verb: str) -> None:
    told = ask(verb, "--no-such-option")
    assert (told.returncode, told.stdout) == (2, "")
    assert len(told.stderr.strip().splitlines()) == 1
    assert f"python3 app.py {verb} --help" in told.stderr


def test_an_unknown_verb_gets_one_line() -> None:
    told = ask("dance")
    assert (told.returncode, told.stdout) == (2, "")
    assert len(told.stderr.strip().splitlines()) == 1
    assert "dance" in told.stderr


def test_the_overview_names_them_all() -> None:
    told = ask("--help")
    assert told.returncode == 0
    assert [verb for verb in VERBS if f"\n  {verb} " not in told.stdout] == []


def test_settings_are_listed_with_their_meaning() -> None:
    told = ask("settings")
    assert told.returncode == 0
    assert [variable for variable, default, meaning in table()
            if f"{variable}={default}\n" not in told.stdout or meaning not in told.stdout] == []


def test_a_reader_that_leaves_early_is_no_error() -> None:
    told = subprocess.run(["sh", "-c", f"{sys.executable} -m portal rules | head -n 1"], cwd=ROOT,
                          capture_output=True, text=True, timeout=60)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("WHO")
