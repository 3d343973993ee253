"""The parent's side: start a child, wait no longer than allowed, and take whatever became of it as an answer."""

import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import msgspec

from portal.core.evidence.verdicts import Reason
from portal.core.sheet import Sheet
from portal.store.examine.report import Ask, Picture, Report

ROOT = Path(__file__).resolve().parents[3]
GRACE = 2
"""Seconds of wall clock a child has over its seconds of CPU, for starting on a busy machine."""

ANSWER = 16 << 20
"""Bytes of a child's answer that are read; an honest one is far shorter."""

SLOW = {-signal.SIGXCPU, -signal.SIGKILL}


class Outcome(NamedTuple):
    """What a child said, and why it said no more, if it fell or was stopped."""

    reports: list[Report]
    pictures: list[Picture]
    sheets: list[Sheet]
    fault: Reason | None


def run(ask: Ask, seconds: int | None = None) -> Outcome:
    """Run a task in a child of its own and give what it said; never raises for anything the file did."""
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1",
                   "HOME": ask.folder or "/", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-P", "-m", "portal.store.examine"]
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=said, stderr=subprocess.DEVNULL,
                                 env=environment, cwd="/", start_new_session=True)
        try:
            child.communicate(msgspec.json.encode(ask), timeout=(seconds or ask.limits.seconds) + GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        finally:
            child.kill()
        said.seek(0)
        told = heard(said.read(ANSWER))
    if child.returncode == 0:
        return Outcome(*told, None)
    return Outcome(*told, Reason.TOO_COMPLEX if child.returncode in SLOW else Reason.PARSER_FELL)


def heard(said: bytes) -> tuple[list[Report], list[Picture], list[Sheet]]:
    """Read a child's lines; one cut short or not of the agreed form is not counted."""
    reports, pictures, sheets = [], [], []
    for line in said.splitlines():
        try:
            if line.startswith(b'{"number"'):
                pictures.append(msgspec.json.decode(line, type=Picture))
            elif line.startswith(b'{"sheet"'):
                sheets.append(msgspec.json.decode(line, type=Sheet))
            else:
                reports.append(msgspec.json.decode(line, type=Report))
        except msgspec.MsgspecError:
            continue
    return reports, pictures, sheets
