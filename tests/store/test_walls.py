"""The walls around the parsing child hold: no network, no program, no more memory, time or bytes than allowed."""

import random
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from portal.core.evidence.kinds import LIMITS
from portal.core.evidence.verdicts import Reason
from portal.store.examine import examine
from portal.store.examine.child import heard
from tests import hostile, peers

INSIDE = """
import os, socket, subprocess, sys
from portal.store.examine.walls import close_network, limit
limit(400 << 20, 5, 1 << 20)
assert close_network(programs={programs})
def tried(act):
    try:
        act()
    except PermissionError:
        return "forbidden"
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"
def write():
    with open(sys.argv[2], "wb") as file:
        file.write(bytes(2 << 20))
print(tried(lambda: socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1)),
      tried(lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)),
      tried(lambda: socket.socket(socket.AF_UNIX)),
      tried(lambda: subprocess.run(["/bin/true"], check=True)),
      tried(lambda: bytes(500 << 20)), tried(write))
"""


@pytest.mark.parametrize(("programs", "told"), [
    (False, "forbidden forbidden forbidden forbidden MemoryError OSError"),
    (True, "forbidden forbidden done done MemoryError OSError"),
])
def test_nothing_gets_out(tmp_path: Path, programs: bool, told: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        command = [sys.executable, "-c", INSIDE.format(programs=programs), str(server.getsockname()[1]),
                   str(tmp_path / "out")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == told.split(), done.stderr


def test_a_child_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "long"
    path.write_bytes(b'"=a","b"\r\n' * 8_000_000)
    found = examine(path, "long.csv", limits=LIMITS._replace(seconds=1))
    assert found.reasons == (Reason.TOO_COMPLEX,)
    assert found.seconds < 4


def test_a_child_that_wants_too_much_memory_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "wide"
    path.write_bytes(hostile.png(6_000, 6_000))
    assert examine(path, "wide.png").reasons == ()
    starved = examine(path, "wide.png", limits=LIMITS._replace(memory=60 << 20))
    assert starved.reasons == (Reason.TOO_COMPLEX,)


def test_a_child_that_cannot_even_start_is_a_reason_too(tmp_path: Path) -> None:
    path = tmp_path / "good"
    path.write_bytes(hostile.real_pdf(random.Random(1)))
    for limits in (LIMITS._replace(memory=1 << 20), LIMITS._replace(seconds=0)):
        assert examine(path, "good.pdf", limits=limits).verdict == "refused"
    assert examine(tmp_path / "absent", "absent.pdf").reason == Reason.PARSER_FELL


def test_only_whole_lines_of_the_agreed_form_are_heard() -> None:
    said = (b'{"kind":"pdf","pages":3}\n{"number":1,"path":"p","width":5,"height":6}\n{"kind":"exe"}\nnoise\n'
            b'{"reasons":["no such reason"]}\n{"sheet":"s","rows":[["a"]]}\n{"sheet":"t","rows":5}\n{"kind":"pdf","pag')
    reports, pictures, sheets = heard(said)
    assert [(report.kind, report.pages) for report in reports] == [("pdf", 3)]
    assert [(picture.number, picture.width) for picture in pictures] == [(1, 5)]
    assert [(sheet.sheet, sheet.rows) for sheet in sheets] == [("s", [["a"]])]


def test_the_child_shuts_itself_in_and_sees_no_secret_of_ours(tmp_path: Path) -> None:
    code = ("import os, sys\nos.environ['PORTAL_SECRET_KEY'] = 'canary-7731'\nfrom pathlib import Path\n"
            "from portal.store.examine import examine\nexamine(Path(sys.argv[1]), 'a.txt')\n")
    path, trace = tmp_path / "a", tmp_path / "trace"
    path.write_text("a")
    strace = [peers.program("strace"), "-f", "-v", "-s", "9999", "-e", "trace=execve,prctl,prlimit64,openat"]
    subprocess.run([*strace, "-o", str(trace), sys.executable, "-c", code, str(path)], check=True, timeout=60)
    lines = trace.read_text().splitlines()
    started = [line for line in lines if "portal.store.examine" in line and '"-m"' in line]
    assert len(started) == 1
    assert "MALLOC_ARENA_MAX" in started[0]
    assert "canary-7731" not in started[0]
    child = [line for line in lines if line.startswith(started[0].split()[0])]
    marks = ("RLIMIT_AS, {", "RLIMIT_CPU, {", "RLIMIT_FSIZE, {", "SECCOMP_MODE_FILTER", f'"{path}"')
    order = [min(place for place, line in enumerate(child) if mark in line and " = -1 " not in line) for mark in marks]
    assert order == sorted(order)
