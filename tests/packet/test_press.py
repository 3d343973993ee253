"""The printing children: nothing is fetched, limits hold, failures are readable, and the cache spares work."""

import re
import socket
import subprocess
import sys

import pytest

from portal.packet.press import PICTURE, Job, Limits
from portal.packet.pressroom import CannotPrint, Pressroom, digest
from portal.packet.sheet import Sheets
from tests.house import ROOT
from tests.packet import sample, sample_whole

PAGE = "<!doctype html><html lang='ja'><head><title>t</title></head><body>{}</body></html>"
VECTORS = (
    "<img alt='a' src='{}'>",
    "<link rel='stylesheet' href='{}'>",
    "<style>@import '{}';</style>",
    "<style>@font-face {{ font-family: x; src: url('{}') }} p {{ font-family: x }}</style><p>x</p>",
    "<p style=\"background: url('{}')\">x</p>",
    "<ul style=\"list-style-image: url('{}')\"><li>x</li></ul>",
    "<object data='{}'></object>",
    "<embed src='{}'>",
    "<style>p::before {{ content: url('{}') }}</style><p>x</p>",
    "<svg xmlns='http://www.w3.org/2000/svg'><image href='{}' width='9' height='9'/></svg>",
    "<link rel='attachment' href='{}'>",
)


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_is_fetched(vector: str, room) -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.05)
        addresses = (f"http://127.0.0.1:{trap.getsockname()[1]}/x", "file:///etc/passwd", "data:text/css,p{}")
        for address in addresses:
            with pytest.raises(CannotPrint, match=r"address not allowed|Failed to render SVG"):
                room.print([Job("hostile", PAGE.format(vector.format(address)), {})])
        with pytest.raises(TimeoutError):
            trap.accept()


@pytest.mark.parametrize(
    "act",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('portal.example', 80)",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.execv('/bin/true', ['true'])",
        "import os; os.fork()",
        "import os; os.system('true')",
    ],
)
def test_a_confined_child_reaches_nothing(act: str) -> None:
    code = f"from portal.packet.press import Limits, confine; confine(Limits()); {act}"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert "PermissionError: the printer may not use" in told.stderr


def test_a_broken_picture_is_no_silent_gap(room) -> None:
    files = {"packet:x": ("image/png", b"not a picture")}
    with pytest.raises(CannotPrint, match="Failed to load image"):
        room.print([Job("broken", PAGE.format("<img alt='a' src='packet:x'>"), files)])
    with pytest.raises(CannotPrint, match="cannot identify image"):
        room.print([Job("broken", PAGE.format("<img alt='a' src='packet:x'>"), {"packet:x": (PICTURE, b"none")})])


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(wall_s=8), "took longer than 8 s"),
        (Limits(cpu_s=3), "used more than 3 s of processor time"),
        (Limits(memory_mb=320), "needs more than 320 MiB"),
    ],
)
def test_limits_end_in_words_and_the_room_goes_on(limits: Limits, words: str) -> None:
    heavy = PAGE.format(
        "<table>" + "<tr><td>" + "個人データ" * 60 + "</td></tr>" * 1 + "</table>" + "<p>個</p>" * 300_000
    )
    with Pressroom(1, limits) as small:
        with pytest.raises(CannotPrint, match=words):
            small.print([Job("heavy", heavy, {})])
        assert small.print([Job("light", PAGE.format("<p>軽い</p>"), {})])[0].pages == 1


class Shelf(dict):
    """A cache in memory that counts what it was asked to keep."""

    def put(self, key: str, data: bytes) -> None:
        """Keep the bytes."""
        self[key] = data


def test_unchanged_sections_come_from_the_cache() -> None:
    shelf = Shelf()
    contents = sample_whole.contents(60, 4)
    with Pressroom(2, kept=shelf) as first:
        before = first.print(Sheets(contents, sample.pictures(4)).body())
    kept = len(shelf)
    changed = sample_whole.contents(60, 4)
    with Pressroom(2, kept=shelf) as second:
        after = second.print(Sheets(changed, sample.pictures(4)).body())
        assert len(shelf) == kept
        assert [part.pdf for part in after] == [part.pdf for part in before]
        assert second.peak_mb == 0


def test_the_digest_of_a_job_knows_all_it_depends_on() -> None:
    job = Job("a", "<p>", {"packet:x": ("text/css", b"p{}")})
    others = [
        Job("b", "<p>", job.files),
        Job("a", "<p >", job.files),
        Job("a", "<p>", {"packet:x": ("text/css", b"p{ }")}),
        Job("a", "<p>", job.files, tagged=False),
    ]
    assert len({digest(one) for one in [job, *others]}) == 5


def test_every_table_is_of_fixed_layout() -> None:
    """An automatic table measures every Japanese character: one long cell would take half a minute."""
    styles = "".join((ROOT / "static" / name).read_text() for name in ("packet.css", "packet-pages.css"))
    assert re.search(r"^table \{[^}]*table-layout: fixed; width: 100%", styles, re.M)
    assert "auto" not in re.findall(r"table-layout:\s*(\w+)", styles)
    assert not re.search(r"display:\s*(grid|flex|table(?!-)|inline-table)", styles)
    for path in (ROOT / "templates" / "packet").glob("*.html"):
        assert not re.search(r"<table[^>]*\b(?:style|width)\b|<col\b", path.read_text()), path.name
