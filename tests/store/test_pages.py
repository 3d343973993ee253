"""Page images of odd files: drawn small enough, upright, without metadata, or a reason given."""

import random
import resource
from pathlib import Path

import pytest
from PIL import Image

from portal.core.evidence.kinds import Kind
from portal.core.evidence.verdicts import Reason
from portal.store.examine import pages
from portal.store.examine.draw import LARGEST
from tests import hostile, hostile_pdf


def test_a_huge_page_is_drawn_small(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(hostile_pdf.pdf(box=b"0 0 14400 7200"))
    [made] = pages(path, Kind.PDF, tmp_path).drawn
    assert made.width * made.height <= LARGEST * 1.01
    assert made.width == pytest.approx(2 * made.height, rel=0.01)


def test_a_long_strip_and_a_speck_are_drawn(tmp_path: Path) -> None:
    path = tmp_path / "odd"
    for box in (b"0 0 14400 3", b"0 0 1 1", b"0 0 0 0"):
        path.write_bytes(hostile_pdf.pdf(box=box))
        [made] = pages(path, Kind.PDF, tmp_path).drawn
        assert max(made.width, made.height) < 16_384


def test_a_photo_is_turned_upright_and_loses_where_it_was_taken(tmp_path: Path) -> None:
    path = tmp_path / "photo"
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "canary camera"
    Image.new("RGB", (400, 300), (9, 99, 9)).save(path, "JPEG", exif=exif)
    [made] = pages(path, Kind.JPEG, tmp_path).drawn
    assert (made.width, made.height) == (300, 400)
    assert b"canary" not in Path(made.path).read_bytes()
    with Image.open(made.path) as image:
        assert len(image.getexif()) == 0


def test_pictures_of_every_mode_are_drawn(tmp_path: Path) -> None:
    path = tmp_path / "picture"
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        Image.new(mode, (40, 30)).save(path, "PNG")
        [made] = pages(path, Kind.PNG, tmp_path).drawn
        assert (made.width, made.height) == (40, 30), mode


def test_what_cannot_be_drawn_gives_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "bad"
    for kind, data, reason in (
        (Kind.PDF, b"%PDF-1.7 no more", Reason.DAMAGED), (Kind.PNG, b"\x89PNG", Reason.DAMAGED),
        (Kind.PDF, hostile_pdf.encrypted(user="secret"), Reason.DAMAGED),
        (Kind.PNG, hostile.png(20_000, 20_000, rows=5), Reason.TOO_MANY_PIXELS),
        (Kind.CSV, b"a,b", Reason.KIND_NOT_TAKEN),
    ):
        path.write_bytes(data)
        assert pages(path, kind, tmp_path) == ((), reason)


def test_bombs_stay_inside(tmp_path: Path) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(hostile_pdf.pdf(content=b"q " * (200 << 19)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert pages(path, Kind.PDF, tmp_path).drawn == () or (tmp_path / "page-00001.webp").exists()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_accidents_in_drawing_never_raise(tmp_path: Path) -> None:
    rnd = random.Random(3)
    for number in range(8):
        path = tmp_path / f"{number}"
        path.write_bytes(hostile.mutated(hostile_pdf.real_pdf(rnd), rnd))
        made = pages(path, Kind.PDF, tmp_path, count=9)
        assert made.drawn or made.fault is not None
