"""The front door: standard library only, locks in step with pyproject.toml, plain words where a fetch fails."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement

from tests.house import ROOT, Source, imports

LOCKS = ("requirements.txt", "requirements-test.txt", "requirements-uv.txt")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pins(lock: str) -> dict[str, set[str]]:
    """The versions a lock file holds of each package (two where platforms differ)."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        if match := PINNED.match(line):
            found.setdefault(match[1].lower(), set()).add(match[2])
    return found


def unmet(wanted: list[str], lock: str) -> list[str]:
    """The requirements that a lock file does not hold in a version they allow."""
    held = pins(lock)
    asked = [Requirement(text) for text in wanted]
    return [str(one) for one in asked
            if not any(one.specifier.contains(version) for version in held.get(one.name.lower(), set()))]


def test_the_door_stands_on_the_standard_library() -> None:
    doors = [Source(ROOT / "app.py"), Source(ROOT / "portal" / "native.py")]
    foreign = [f"{door.at(node)} {name}" for door in doors for node, name in imports(door)
               if name.split(".")[0] not in {*sys.stdlib_module_names, "__future__"}]
    assert foreign == []
    assert list(Source(ROOT / "portal" / "__init__.py").nodes(ast.Import, ast.ImportFrom)) == []


def test_locks_hold_what_the_project_asks() -> None:
    assert unmet(PROJECT["dependencies"], "requirements.txt") == []
    assert unmet(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"], "requirements-test.txt") == []


def test_a_lock_behind_the_project_is_noticed() -> None:
    assert unmet(["flask>=99"], "requirements.txt") == ["flask>=99"]
    assert unmet(["no-such-thing"], "requirements.txt") == ["no-such-thing"]


def test_tests_run_on_the_versions_that_serve() -> None:
    served, tested = pins("requirements.txt"), pins("requirements-test.txt")
    assert {name: versions for name, versions in served.items() if tested.get(name) != versions} == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_hashes_and_no_address(lock: str) -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / lock).read_text(encoding="utf-8").strip())
    assert len(entries) == sum(len(versions) for versions in pins(lock).values())
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert [entry for entry in entries if "://" in entry or "--index" in entry or "--find-links" in entry] == []


def test_lower_bounds_are_met_by_the_oldest_python() -> None:
    assert PROJECT["requires-python"] == ">=3.11"
    assert default_environment()["python_version"] >= "3.11"


def test_what_cannot_be_fetched_is_said_in_one_line(tmp_path: Path) -> None:
    for name in ("app.py", "portal/__init__.py", "portal/native.py", *LOCKS):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    cut_off = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "0",
               "PIP_NO_CACHE_DIR": "1"}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    told = subprocess.run([sys.executable, "app.py", "settings"], cwd=tmp_path, env={**inherited, **cut_off},
                          capture_output=True, text=True, timeout=120)
    assert told.returncode == 1
    assert told.stdout == ""
    assert "Traceback" not in told.stderr
    last = told.stderr.strip().splitlines()[-1]
    assert last.startswith("The Python packages could not be fetched. Check the network")
    assert not list(tmp_path.glob(".venv/*.stamp"))
