"""Both commands on a Debian that holds nothing but Python, as root and as an ordinary user."""

import os
import subprocess

import pytest

from tests.house import ROOT
from tests.peers import absent, program


@pytest.mark.timeout(900)
def test_both_commands_work_on_a_bare_debian() -> None:
    if os.environ.get("PORTAL_CI") != "1":
        absent("takes minutes: it runs in CI; by hand it is .ci/bare")
    if os.geteuid() != 0:
        absent("needs root, for debootstrap and chroot")
    program("debootstrap")
    told = subprocess.run([ROOT / ".ci" / "bare"], capture_output=True, text=True, timeout=880)
    assert told.returncode == 0, told.stdout[-3000:] + told.stderr[-3000:]
    for user in ("root", "clerk"):
        assert f"{user}: python3 app.py was ready after" in told.stdout
        assert f"{user}: set up, demo made, a packet printed, sealed and proven" in told.stdout
        assert f"{user}: python3 app.py test took" in told.stdout
