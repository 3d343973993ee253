"""The first command a person types: the demo world is made once, its people are named, everything in it is whole."""

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import sqlalchemy as sa

from portal.commands.opening import opened
from portal.models import Attestation, Draw, Verdict
from portal.settings import Settings
from portal.store import whole
from tests.house import ROOT
from tests.test_commands import ask
from tests.test_server import free_address


def started(folder: Path) -> list[str]:
    """Start with nothing set but a folder and an address, end it once it is ready, and give what it said."""
    bind = free_address()
    given = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    process = subprocess.Popen([sys.executable, "-u", "-m", "portal"], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, env={**given, "PORTAL_HOME": str(folder), "PORTAL_BIND": bind})
    assert process.stdout is not None
    told = []
    for line in process.stdout:
        told.append(line.rstrip())
        if line.startswith("Ready: "):
            with urllib.request.urlopen(f"http://{bind}/sign-in", timeout=30) as page:
                assert "主管" in page.read().decode()
            process.send_signal(signal.SIGTERM)
    process.stdout.close()
    assert process.wait(60) == 0, told
    return told


def test_the_demo_is_made_once_and_is_whole(tmp_path: Path) -> None:
    first = started(tmp_path)
    assert first[0].startswith("First start: making the demo world")
    assert [line for line in first if line.strip().startswith(("lead@", "officer@", "clerk@"))]
    second = started(tmp_path)
    assert not [line for line in second if line.startswith("First start")]
    assert [line for line in second if line.strip().startswith("approver@jmdp.example")]
    told = ask("verify", PORTAL_HOME=str(tmp_path))
    assert (told.returncode, told.stderr) == (0, ""), told.stdout
    assert "ledger of 0 entries" not in told.stdout
    with opened(Settings(home=str(tmp_path))) as cellar, cellar.read() as rows:
        waiting = rows.scalars(sa.select(Draw).join(Attestation, Attestation.id == Draw.attestation_id)
                               .where(Attestation.state == "awaiting_approval")).one()
        block = set(rows.scalars(sa.select(Verdict.question).where(Verdict.draw_id == waiting.id)))
        assert len(waiting.drawn) == 3 and block == set(waiting.eligible) - set(waiting.drawn) != set()
        kept = {(file.party, file.digest) for file in cellar.blobs.kept()}
        assert kept and kept <= set(whole.named(rows)), "the night would sweep a file that was kept on purpose"
