"""The portal as a person starts it: a process of its own, in a folder of its own, on a free port."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.house import ROOT
from tests.peers import free_ports

PATIENCE = 240.0


@dataclass(frozen=True, slots=True)
class Portal:
    """A portal that serves: its address, its folder, its environment and its process."""

    address: str
    folder: Path
    environment: dict[str, str]
    process: "subprocess.Popen[bytes]"

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a verb of the command line on the same installation."""
        return subprocess.run([sys.executable, "-m", "portal", *arguments], cwd=ROOT, env=self.environment,
                              capture_output=True, text=True, check=False, timeout=120)

    def kill(self) -> None:
        """Kill it with all that it started, at once and without a word."""
        if self.process.poll() is None:
            parent = psutil.Process(self.process.pid)
            for one in (parent, *parent.children(recursive=True)):
                with suppress(psutil.NoSuchProcess):
                    one.kill()
        self.process.wait()

    def log(self) -> str:
        """What it said so far."""
        return (self.folder / "said").read_text(encoding="utf-8", errors="replace")


def begin(folder: Path, verb: str = "", **settings: str) -> Portal:
    """Start the portal (without a verb: as on a first start) and wait until it says that it is ready."""
    [port] = free_ports(1)
    given = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    environment = {**given, "PORTAL_HOME": str(folder), "PORTAL_BIND": f"127.0.0.1:{port}", **settings}
    with (folder / "said").open("wb") as sink:
        process = subprocess.Popen([sys.executable, "-m", "portal", *([verb] if verb else [])], cwd=ROOT,
                                   env=environment, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
    portal = Portal(f"http://127.0.0.1:{port}", folder, environment, process)
    try:
        _wait(portal)
    except BaseException:
        portal.kill()
        raise
    return portal


@contextmanager
def serving(folder: Path, verb: str = "", **settings: str) -> Iterator[Portal]:
    """A portal that serves for the length of a block and is ended in good order after it."""
    portal = begin(folder, verb, **settings)
    try:
        yield portal
        portal.process.send_signal(signal.SIGTERM)
        assert portal.process.wait(60) == 0, portal.log()[-3000:]
    finally:
        portal.process.kill()
        portal.process.wait()


def _wait(portal: Portal) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and portal.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{portal.address}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the portal was not ready: {portal.log()[-3000:]}")
