"""The command that proves a packet: its exit status is the answer, by own keys, given keys or printed fingerprints."""

from pathlib import Path

from portal.packet.authority import Authority
from portal.packet.seal import Sealed
from tests.packet.test_verify import KEY
from tests.test_commands import ask


def test_the_status_is_the_answer(sealed: Sealed, authority: Authority, tmp_path: Path) -> None:
    home = {"PORTAL_HOME": str(tmp_path / "home")}
    (tmp_path / "root.der").write_bytes(authority.root.der)
    (tmp_path / "whole.pdf").write_bytes(sealed.pdf)
    changed = bytearray(sealed.pdf)
    changed[len(changed) // 3] ^= 1
    (tmp_path / "changed.pdf").write_bytes(changed)
    pins = ("--root", authority.fingerprint, "--ledger", KEY.fingerprint)
    files = ("--root", str(tmp_path / "root.der"), "--ledger", str(KEY))
    for given in (pins, files):
        whole = ask("verify", *given, str(tmp_path / "whole.pdf"), **home)
        assert (whole.returncode, whole.stderr) == (0, ""), whole.stdout
        assert whole.stdout.startswith("whole: ")
    both = ask("verify", *pins, str(tmp_path / "whole.pdf"), str(tmp_path / "changed.pdf"), **home)
    assert both.returncode == 1
    assert "\nchanged: " in both.stdout
    unpinned = ask("verify", str(tmp_path / "whole.pdf"), **home)
    assert unpinned.returncode == 2
    assert authority.fingerprint in unpinned.stdout
