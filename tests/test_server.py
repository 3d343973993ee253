"""The server as a process: ready means ready, an end is an end for all, a dead worker is replaced."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from portal import settings
from portal.commands import migrate
from tests.house import ROOT
from tests.peers import absent


def free_address() -> str:
    """An address on this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


class Running:
    """A portal that serves on a free port from a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.bind = free_address()
        given = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
        self.environment = {**given, "PORTAL_HOME": str(folder), "PORTAL_BIND": self.bind}
        migrate.to_head(settings.load(self.environment))
        self.process = self.another()
        self.told = self._until_ready()
        self.parent = psutil.Process(self.process.pid)
        self.web, self.worker = sorted(self.parent.children(), key=lambda child: "gunicorn" not in child.cmdline())

    def another(self) -> "subprocess.Popen[str]":
        """Start `serve` with the same settings."""
        return subprocess.Popen([sys.executable, "-m", "portal", "serve"], cwd=ROOT, env=self.environment,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def _until_ready(self) -> list[str]:
        assert self.process.stderr is not None
        lines = []
        for line in self.process.stderr:
            lines.append(line.rstrip())
            if line.startswith("Ready: "):
                return lines
        raise AssertionError(f"it ended before it was ready: {lines}")

    def family(self) -> list[psutil.Process]:
        """The server and everything it started."""
        return [self.parent, *self.parent.children(recursive=True)]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A portal that serves; whatever is left of it at the end is killed."""
    served = Running(tmp_path)
    family = served.family()
    yield served
    for process in family:
        if process.is_running():
            process.kill()
    served.process.wait(20)
    assert served.process.stderr is not None
    served.process.stderr.close()


def soon(happened: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Whether something happens within some seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.1)
    return False


def gone(family: list[psutil.Process]) -> bool:
    """Whether every process of a family has ended."""
    return not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in family)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_says_ready_when_it_is_and_ends_whole(running: Running, how: signal.Signals) -> None:
    assert running.told[-1].startswith(f"Ready: http://{running.bind}")
    with urllib.request.urlopen(f"http://{running.bind}/readyz", timeout=10) as answer:
        assert answer.status == 200
    family = running.family()
    assert len(family) >= 4, "parent, web, web worker, worker"
    running.process.send_signal(how)
    assert running.process.wait(30) == 0
    assert soon(lambda: gone(family))


def test_a_killed_parent_leaves_nobody_behind(running: Running) -> None:
    if sys.platform != "linux":
        absent("only Linux ends children with a killed parent")
    family = running.family()
    running.process.kill()
    assert soon(lambda: gone(family))


def test_a_dead_worker_is_replaced(running: Running) -> None:
    running.worker.kill()
    assert soon(lambda: any("work" in child.cmdline() for child in running.parent.children()
                            if child.pid != running.worker.pid))
    assert running.process.poll() is None


def test_a_dead_web_ends_the_server(running: Running) -> None:
    family = running.family()
    running.web.kill()
    assert running.process.wait(30) == 1
    assert soon(lambda: gone(family))


def test_a_taken_port_is_told_in_one_line(running: Running) -> None:
    second = running.another()
    _, told = second.communicate(timeout=30)
    assert second.returncode == 1
    assert len(told.strip().splitlines()) == 1
    assert f"{running.bind} cannot be opened" in told
    assert running.process.poll() is None
