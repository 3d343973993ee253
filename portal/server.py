"""Serves the web with a worker beside it: two processes, started, watched and ended together."""

import ctypes
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field

from portal.settings import Settings

SERVING = "portal.web.serving"
WEB = ("-m", "gunicorn", f"{SERVING}:application()", "--config", f"python:{SERVING}")
WORKER = ("-m", "portal", "work")
PATIENCE = 25.0
WAKES = 0.5
LONGEST_PAUSE = 30.0
DIE_WITH_PARENT = 1


class CannotServe(RuntimeError):
    """The server cannot be started; the message says why and what to do."""


@dataclass
class Child:
    """One process of ours; it gets its own group, so that Ctrl-C reaches it through us alone."""

    command: tuple[str, ...]
    passed: tuple[int, ...] = ()
    pause: float = 1.0
    born: float = field(default=0.0, init=False)
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def start(self) -> None:
        """Start it, again if need be."""
        self.born = time.monotonic()
        self.process = subprocess.Popen([sys.executable, *self.command], pass_fds=self.passed,
                                        stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_tie)

    def ended(self) -> bool:
        """Whether it has ended or was never started."""
        return self.process is None or self.process.poll() is not None

    def ask(self) -> None:
        """Ask it to end, if it runs."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self, until: float) -> None:
        """Wait for its end; a process that has not ended by then (monotonic seconds) is killed."""
        if self.process is None:
            return
        try:
            self.process.wait(max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _tie() -> None:
    """On Linux: end with the parent even if it is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def listen(settings: Settings) -> socket.socket:
    """Open the address of the settings; CannotServe when another program has it or it is not ours."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=512)
    except OSError as error:
        other = f"PORTAL_BIND={settings.host}:{settings.port + 1}"
        raise CannotServe(f"{settings.bind} cannot be opened ({error.strerror}). If the portal runs already, use it; "
                          f"otherwise stop the other program or start with {other} in front.") from None


def wait_ready(address: str, gone: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until /readyz answers 200; CannotServe when it does not in time or the web has gone."""
    end = time.monotonic() + seconds
    last = "no answer"
    while time.monotonic() < end and not gone():
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5):
                return
        except urllib.error.HTTPError as error:
            with error:
                last = error.read(500).decode(errors="replace").strip() or str(error)
        except OSError as error:
            last = str(error)
        time.sleep(0.1)
    if gone():
        raise CannotServe("The web ended before it was ready; what it said stands above.")
    raise CannotServe(f"The web did not become ready within {seconds:.0f} s: {last}")


def near(settings: Settings, port: int) -> str:
    """The address under which this machine itself reaches the server."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(settings: Settings, ready: Callable[[], None]) -> int:
    """Serve until SIGTERM or SIGINT (status 0) or until the web ends by itself (1); `ready` is called once."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    with closing(listen(settings)) as listener:
        door = listener.fileno()
        web, worker = Child((*WEB, "--bind", f"fd://{door}"), (door,)), Child(WORKER)
        try:
            web.start()
            worker.start()
            wait_ready(near(settings, listener.getsockname()[1]), lambda: web.ended() or stopping.is_set())
            ready()
            while not stopping.wait(WAKES) and not web.ended():
                _revive(worker)
        except CannotServe:
            if not stopping.is_set():
                raise
        finally:
            _end(web, worker)
    return 0 if stopping.is_set() else 1


def _end(*children: Child) -> None:
    """End the children together: requests and jobs in hand are finished first."""
    until = time.monotonic() + PATIENCE
    for child in children:
        child.ask()
    for child in children:
        child.end(until)


def _revive(worker: Child) -> None:
    """Start a worker that ended again, each time after a longer pause unless it had lived well."""
    if not worker.ended():
        return
    lived = time.monotonic() - worker.born
    if lived > LONGEST_PAUSE:
        worker.pause = 1.0
    if lived > worker.pause:
        worker.pause = min(worker.pause * 2, LONGEST_PAUSE)
        worker.start()
