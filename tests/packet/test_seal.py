"""The seal: what outside judges say of it, that its level is never lowered in silence, and where its keys lie."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import tsp
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

from portal.packet import seal
from portal.packet.authority import BadKeys, open_authority
from portal.packet.exact import container
from portal.packet.seal import CannotSeal, LoadedSigner, OutsideClock, Sealer, SteadyWriter, reached
from portal.packet.timestamp import BadRequest, grant
from tests import peers
from tests.house import ROOT
from tests.packet.sample import NOW


def tool(*command: str | Path, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a program of this machine and give what it said."""
    return subprocess.run([peers.program(str(command[0])), *command[1:]], input=data, capture_output=True, timeout=60)


def test_the_level_is_reached_and_the_pages_stay_valid(sealed, printed, verapdf, tmp_path: Path) -> None:
    (tmp_path / "s.pdf").write_bytes(sealed.pdf)
    assert sealed.level == "B-LT"
    assert "Time Authority" in sealed.stamped_by
    assert sealed.pdf.startswith(printed.pdf)
    assert verapdf(tmp_path / "s.pdf") == []


def test_poppler_and_qpdf_agree(sealed, tmp_path: Path) -> None:
    (tmp_path / "s.pdf").write_bytes(sealed.pdf)
    told = tool("pdfsig", "-nocert", tmp_path / "s.pdf").stdout.decode()
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert tool("qpdf", "--check", tmp_path / "s.pdf").returncode == 0


def test_openssl_agrees(sealed, authority, tmp_path: Path) -> None:
    signature = PdfFileReader(BytesIO(sealed.pdf)).embedded_signatures[0]
    _, first, second, rest = signature.byte_range
    (tmp_path / "cms").write_bytes(container(sealed.pdf[first:second]))
    (tmp_path / "data").write_bytes(sealed.pdf[:first] + sealed.pdf[second : second + rest])
    (tmp_path / "root").write_bytes(authority.root.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "chain").write_bytes(authority.issuing.certificate.public_bytes(Encoding.PEM))
    moment = ("-attime", str(int(NOW.timestamp())))
    cms = ("-binary", "-inform", "DER", "-in", tmp_path / "cms", "-content", tmp_path / "data", "-out", "/dev/null")
    trust = ("-CAfile", tmp_path / "root", *moment)
    judged = tool("openssl", "cms", "-verify", *cms, *trust, "-certfile", tmp_path / "chain", "-purpose", "any")
    assert judged.returncode == 0, judged.stderr
    token = signature.signer_info["unsigned_attrs"][0]["values"][0]
    (tmp_path / "token").write_bytes(token.dump())
    (tmp_path / "imprint").write_bytes(signature.signer_info["signature"].native)
    stamp = ("-token_in", "-in", tmp_path / "token", "-data", tmp_path / "imprint")
    judged = tool("openssl", "ts", "-verify", *stamp, *trust, "-untrusted", tmp_path / "chain")
    assert judged.returncode == 0, judged.stderr


class Answering(BaseHTTPRequestHandler):
    """A timestamp authority over HTTP for one test: by its path it answers well, with nonsense, or not at all."""

    authority = None

    def do_POST(self) -> None:
        """Answer one request."""
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/down":
            self.send_error(503)
            return
        body = b"nonsense" if self.path == "/nonsense" else grant(asked, self.authority.time, NOW)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def outside(authority) -> Iterator[str]:
    """The address of an outside timestamp authority that runs."""
    Answering.authority = authority
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_an_outside_authority_stamps(printed, authority, outside) -> None:
    assert Sealer(authority, lambda: NOW, OutsideClock(f"{outside}/well")).seal(printed.pdf).level == "B-LT"


@pytest.mark.parametrize("path", ["/down", "/nonsense", None])
def test_no_level_is_lowered_in_silence(path: str | None, printed, authority, outside) -> None:
    address = f"{outside}{path}" if path else f"http://127.0.0.1:{peers.free_ports(1)[0]}"
    with pytest.raises(CannotSeal):
        Sealer(authority, lambda: NOW, OutsideClock(address)).seal(printed.pdf)


def test_a_signature_without_timestamp_is_told_by_its_level(printed, authority) -> None:
    house = LoadedSigner(authority.seal, [])
    output = BytesIO()
    sign_pdf(
        SteadyWriter(BytesIO(printed.pdf)),
        PdfSignatureMetadata(field_name="Seal", md_algorithm="sha256"),
        house,
        output=output,
    )
    with pytest.raises(CannotSeal, match="reached B-B only"):
        reached(output.getvalue())


def test_what_is_no_pdf_is_refused(authority) -> None:
    with pytest.raises(CannotSeal):
        Sealer(authority, lambda: NOW).seal(b"no pdf")
    with pytest.raises(CannotSeal):
        OutsideClock("file:///etc/passwd")


def test_the_clock_stamps_sha256_only(authority) -> None:
    imprint = tsp.MessageImprint({"hash_algorithm": {"algorithm": "sha1"}, "hashed_message": b"\0" * 20})
    with pytest.raises(BadRequest):
        grant(tsp.TimeStampReq({"version": 1, "message_imprint": imprint}).dump(), authority.time, NOW)


def test_keys_are_private_and_stay(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    first = open_authority(folder, "見本法人", NOW)
    assert open_authority(folder, "other", NOW).fingerprint == first.fingerprint
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    (folder / "seal.key").chmod(0o644)
    with pytest.raises(BadKeys, match="chmod 600"):
        open_authority(folder, "見本法人", NOW)
    (folder / "seal.key").chmod(0o600)
    (folder / "seal.key").write_bytes((folder / "time.key").read_bytes())
    with pytest.raises(BadKeys, match="not the key"):
        open_authority(folder, "見本法人", NOW)
    (folder / "seal.key").unlink()
    with pytest.raises(BadKeys, match="restore the folder"):
        open_authority(folder, "見本法人", NOW)


def test_two_at_once_make_one_authority(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import UTC, datetime\n"
        "from portal.packet.authority import open_authority\n"
        "print(open_authority(Path(sys.argv[1]), 'x', datetime(2026, 11, 22, tzinfo=UTC)).fingerprint)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "keys")]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) for _ in range(2)]
    told = {process.communicate(timeout=120)[0] for process in both}
    assert len(told) == 1
    assert len(next(iter(told)).strip()) == 64
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_a_field_name_is_the_seals_alone(sealed, authority) -> None:
    with pytest.raises(CannotSeal):
        Sealer(authority, lambda: NOW).seal(sealed.pdf)
    assert seal.FIELD == "Seal"
