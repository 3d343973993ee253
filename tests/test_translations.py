"""Holds the Japanese catalogue whole: every message translated once, nothing fuzzy, nothing lost, nothing idle."""

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from portal.core.errors import Refusal
from portal.store.translations import FOLDER, merged, po_files, read_catalogue, translations
from tests.house import ROOT

PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
SPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff] [\u3040-\u30ff\u4e00-\u9fff]")
NARROW = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff][,.?!;:()]|[(][\u3040-\u30ff\u4e00-\u9fff]")


def key(message: Message) -> tuple[str, str]:
    """What makes a message one: its context and its singular text."""
    return message.context or "", message.id[0] if isinstance(message.id, tuple) else message.id


def strings(message: Message) -> tuple[str, ...]:
    """Its translations: one, or one for each plural form."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def entries() -> Iterator[tuple[Path, Message]]:
    """Every message of every Japanese file."""
    for path in po_files("ja"):
        yield from ((path, message) for message in read_catalogue(path, "ja") if message.id)


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What code and templates say, as the documented command finds it."""
    pot = tmp_path_factory.mktemp("messages") / "messages.pot"
    refusals = [part for kind in Refusal.__subclasses__() for part in ("-k", kind.__name__)]
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "pyproject.toml",
               "-k", "sentence", "-k", "lazy_gettext", "-k", "counted:1,2", *refusals, "-o", str(pot), "."]
    subprocess.run(command, cwd=ROOT, check=True, timeout=120, capture_output=True)
    with pot.open("rb") as file:
        return read_po(file)


def test_every_message_has_its_japanese(used: Catalog) -> None:
    whole = merged("ja")
    missing = [f"{message.locations[0]} {key(message)[1]}" for message in used if message.id
               and ((found := whole.get(message.id, message.context)) is None or not all(strings(found)))]
    assert len(list(used)) > 50
    assert missing == []


def test_no_message_is_idle_fuzzy_or_said_two_ways(used: Catalog) -> None:
    said = defaultdict(set)
    for _, message in entries():
        said[key(message)].add(strings(message))
    wanted = {key(message) for message in used}
    assert [name for name in said if name not in wanted] == []
    assert [name for name, ways in said.items() if len(ways) > 1] == []
    assert [f"{path.name} {message.id}" for path, message in entries() if message.fuzzy] == []


def test_placeholders_stay() -> None:
    def lost(message: Message) -> bool:
        plural = message.id if isinstance(message.id, tuple) else (message.id,)
        return any(set(PLACE.findall(string)) != set(PLACE.findall(plural[-1])) for string in strings(message))

    assert [f"{path.name} {message.id}" for path, message in entries() if lost(message)] == []


def test_japanese_is_set_as_japanese() -> None:
    wrong = [f"{path.name} {string}" for path, message in entries() for string in strings(message)
             if SPACED.search(string) or NARROW.search(string)]
    assert wrong == []


def test_files_stand_where_the_loader_looks() -> None:
    assert sorted(FOLDER.rglob("*.po")) == po_files("ja")
    assert list(ROOT.joinpath("portal").rglob("*.mo")) == []


def test_the_loaded_catalogue_speaks() -> None:
    ja, en = translations("ja"), translations("en")
    assert JAPANESE.search(ja.gettext("Sign out"))
    assert ja.ngettext("%(num)s day late", "%(num)s days late", 2) == "%(num)s日超過"
    assert en.gettext("Sign out") == "Sign out"
    assert (en.ngettext("one", "many", 1), en.ngettext("one", "many", 3)) == ("one", "many")
