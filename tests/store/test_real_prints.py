"""What offices really send: files written and printed by several programs are taken, drawn and searched."""

from pathlib import Path

import pytest
from PIL import Image

from portal.core.evidence.kinds import Kind
from portal.core.evidence.verdicts import Reason
from portal.store.examine import Examined, examine, office_pdf, pages
from tests import peers
from tests.printers import OTHERS, PRINTS, Print, by_pikepdf, laid, run, spreadsheet, word


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page to print, and LibreOffice's print of it."""
    return laid(tmp_path_factory.mktemp("desk"))


@pytest.mark.parametrize("printed", PRINTS)
def test_prints_of_many_programs_are_taken(desk: Path, printed: Print) -> None:
    found = examine(printed(desk), "点検票.pdf")
    assert (found.kind, found.reasons, found.pages) == (Kind.PDF, (), 4 if printed is by_pikepdf else 2)
    assert "二ページ目" in found.text.replace("⼆", "二")


@pytest.mark.parametrize("made", OTHERS)
def test_scans_drawings_and_saved_files_are_taken(desk: Path, made: Print) -> None:
    path = made(desk)
    assert examine(path, path.name).reasons == ()


def test_scans_and_photos_are_taken(desk: Path) -> None:
    for form, name in (("-png", "scan.png"), ("-jpeg", "photo.jpg")):
        run(peers.program("pdftocairo"), form, "-singlefile", "-r", "90", str(desk / "page.pdf"), str(desk / "scan"))
        assert examine(desk / f"scan{name[-4:]}", name).reasons == ()


@pytest.mark.parametrize("written", [word, spreadsheet])
def test_office_files_are_taken_printed_and_drawn(desk: Path, tmp_path: Path, written: Print) -> None:
    path = written(desk)
    found = examine(path, path.name)
    assert found.reasons == ()
    assert "個人情報の取扱い" in found.text
    printed = office_pdf(path, found, tmp_path)
    assert printed is not None
    drawn = pages(printed, Kind.PDF, tmp_path)
    assert drawn.fault is None
    assert sorted(made.name for made in tmp_path.iterdir()) == [printed.name, "page-00001.webp"]


def test_an_office_file_that_links_outside_is_never_printed(desk: Path, tmp_path: Path) -> None:
    linking = Examined(Kind.DOCX, (Reason.OFFICE_EXTERNAL,), None, {}, (), "", 0.1)
    assert office_pdf(desk / "page.html", linking, tmp_path) is None


def test_page_images_are_drawn_one_at_a_time(desk: Path, tmp_path: Path) -> None:
    first = pages(desk / "page.pdf", Kind.PDF, tmp_path)
    both = pages(desk / "page.pdf", Kind.PDF, tmp_path, first=2, count=50)
    assert [made.number for made in (*first.drawn, *both.drawn)] == [1, 2]
    made = first.drawn[0]
    with Image.open(made.path) as image:
        assert (image.format, image.size) == ("WEBP", (made.width, made.height))
        low, high = image.convert("L").getextrema()
    assert made.width in range(1200, 1300)
    assert (low < 80, high > 240) == (True, True)
    assert pages(desk / "page.pdf", Kind.PDF, tmp_path, first=3).drawn == ()
