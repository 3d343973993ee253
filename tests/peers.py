"""Real peers of tests: a program that is absent skips on a bare laptop and fails in CI."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest


@dataclass
class S3:
    """An object store that runs: its address and process; keys are the same for all."""

    access_key: ClassVar[str] = "portal-test"
    secret_key: ClassVar[str] = "portal-test-secret"
    endpoint: str
    process: subprocess.Popen[bytes]


@dataclass
class Clamd:
    """A scanner that runs: its port on 127.0.0.1, its socket and process."""

    port: int
    socket: Path
    process: subprocess.Popen[bytes]


def absent(reason: str) -> None:
    """Skip the running test with a reason, or fail it where PORTAL_CI=1 promises that every peer is there."""
    if os.environ.get("PORTAL_CI") == "1":
        pytest.fail(f"CI must have it: {reason}")
    pytest.skip(reason)  # the one place that skips: on a laptop without this peer, never where CI promises it


def program(*names: str) -> str:
    """The path of the first of these programs on this machine; absent() where there is none."""
    found = next((path for name in names if (path := shutil.which(name))), "")
    if not found:
        absent(f"{' or '.join(names)} is not installed (.ci/run installs it)")
    return found


def free_ports(count: int, room: int = 0) -> list[int]:
    """Ports of 127.0.0.1 on which nothing listens; with room, the ports that much higher are free too."""
    found: list[int] = []
    while len(found) < count:
        with socket.socket() as low, socket.socket() as high:
            low.bind(("127.0.0.1", 0))
            port = int(low.getsockname()[1])
            if port + room > 65535 or port in found:
                continue
            try:
                high.bind(("127.0.0.1", port + room if room else 0))
            except OSError:
                continue
            found.append(port)
    return found


def wait_until(ready: Callable[[], bool], seconds: float, what: str) -> None:
    """Return once ready() says so; the test fails where that takes longer."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if ready():
            return
        time.sleep(0.1)
    pytest.fail(f"{what} did not get ready in {seconds} s")


def answers(host: str, port: int) -> bool:
    """Whether something accepts connections there."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


@contextmanager
def running(*command: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server for the length of the block; what it says goes to the log file."""
    with log.open("wb") as sink:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@contextmanager
def object_store(folder: Path) -> Iterator[S3]:
    """A real S3 server (SeaweedFS) of one bucket on this machine's own address."""
    weed = program("weed", str(Path(sys.executable).with_name("weed")))
    config = {"identities": [{
        "name": "portal", "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        "credentials": [{"accessKey": S3.access_key, "secretKey": S3.secret_key}],
    }]}
    (folder / "s3.json").write_text(json.dumps(config))
    (folder / "data").mkdir()
    names = ("master", "volume", "filer", "s3")
    ports = dict(zip(names, free_ports(len(names), room=10_000), strict=True))
    options = [f"-{name}.port={port}" for name, port in ports.items()]
    server = (weed, "-logtostderr=true", "server", f"-dir={folder / 'data'}", "-ip=127.0.0.1",
              "-ip.bind=127.0.0.1", "-filer", "-s3",
              f"-s3.config={folder / 's3.json'}", "-s3.port.iceberg=0", "-s3.port.lance=0",
              "-volume.max=20", "-master.volumeSizeLimitMB=256", *options)
    try:
        with running(*server, log=folder / "log") as process:
            wait_until(lambda: answers("127.0.0.1", ports["s3"]), 60, "the object store")
            yield S3(f"http://127.0.0.1:{ports['s3']}", process)
    finally:
        for name, port in ports.items():  # it does not clear its own sockets away
            for socket_name in (f"{name}-{port}", f"{name}-grpc-{port + 10_000}"):
                Path(tempfile.gettempdir(), f"seaweedfs-{socket_name}.sock").unlink(missing_ok=True)


@contextmanager
def scanner(folder: Path) -> Iterator[Clamd]:
    """A real clamd that knows one signature, EICAR's, and says when a limit made it skip something."""
    clamd = program("clamd", "/usr/sbin/clamd")
    (folder / "db").mkdir()
    mark = "EICAR-STANDARD-ANTIVIRUS-" + "TEST-FILE"
    (folder / "db" / "own.ndb").write_text(f"Test.Eicar:0:*:{mark.encode().hex()}\n")
    (folder / "tmp").mkdir()
    [port] = free_ports(1)
    (folder / "clamd.conf").write_text(
        f"Foreground yes\nDatabaseDirectory {folder / 'db'}\nTemporaryDirectory {folder / 'tmp'}\n"
        f"TCPAddr 127.0.0.1\nTCPSocket {port}\nLocalSocket {folder / 'clamd.sock'}\nMaxThreads 2\n"
        "StreamMaxLength 16M\nMaxFileSize 8M\nMaxScanSize 32M\nAlertExceedsMax yes\nAlertEncrypted yes\n"
    )
    with running(clamd, "-c", str(folder / "clamd.conf"), log=folder / "log") as process:
        wait_until(lambda: answers("127.0.0.1", port), 60, "the scanner")
        yield Clamd(port, folder / "clamd.sock", process)
