"""What offices really send: files written and printed by several programs are taken, drawn and searched."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from PIL import Image

from portal.core.evidence.kinds import Kind
from portal.core.evidence.verdicts import Reason
from portal.store.examine import Examined, examine, office_pdf, pages
from tests import peers

PAGE = """<!doctype html><html lang="ja"><meta charset="utf-8"><title>点検票</title>
<h1>個人情報の取扱い</h1><p>株式会社例示 <a href="https://www.example.jp/">例示</a></p>
<table border="1"><tr><td>項目</td><td>回答</td></tr></table>
<p style="page-break-before:always">二ページ目</p></html>"""

Print = Callable[[Path], Path]


def run(*command: str) -> None:
    """Run a program quietly; the test fails if the program does."""
    subprocess.run(command, check=True, timeout=120, capture_output=True)


def libreoffice(source: Path, form: str, out: Path) -> Path:
    """Have LibreOffice write a file in another form, with a profile of its own."""
    run(peers.program("soffice", "libreoffice"), f"-env:UserInstallation=file://{out / 'profile'}", "--headless",
        "--convert-to", form, "--outdir", str(out), str(source))
    return out / f"{source.stem}.{form.split(':')[0]}"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page to print, and LibreOffice's print of it."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    libreoffice(folder / "page.html", "pdf", folder)
    return folder


def by_libreoffice(desk: Path) -> Path:
    """LibreOffice's own print."""
    return desk / "page.pdf"


def by_chromium(desk: Path) -> Path:
    """Printed from the browser."""
    out = desk / "chromium.pdf"
    run(peers.program("chromium"), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={desk / 'browser'}",
        f"--print-to-pdf={out}", f"file://{desk / 'page.html'}")
    return out


def by_weasyprint(desk: Path) -> Path:
    """Printed by the program that prints packets, in the archival variant."""
    out = desk / "weasyprint.pdf"
    run(sys.executable, "-m", "weasyprint", "--pdf-variant", "pdf/a-3a", str(desk / "page.html"), str(out))
    return out


def by_cairo(desk: Path) -> Path:
    """Printed again through cairo, as a desktop's print dialogue does."""
    out = desk / "cairo.pdf"
    run(peers.program("pdftocairo"), "-pdf", str(desk / "page.pdf"), str(out))
    return out


def by_qpdf(desk: Path) -> Path:
    """Rewritten for the web with packed objects."""
    out = desk / "qpdf.pdf"
    run(peers.program("qpdf"), "--object-streams=generate", "--linearize", str(desk / "page.pdf"), str(out))
    return out


@pytest.mark.parametrize("printed", [by_libreoffice, by_chromium, by_weasyprint, by_cairo, by_qpdf])
def test_prints_of_many_programs_are_taken(desk: Path, printed: Print) -> None:
    found = examine(printed(desk), "点検票.pdf")
    assert (found.kind, found.reasons, found.pages) == (Kind.PDF, (), 2)
    assert "二ページ目" in found.text.replace("⼆", "二")


def test_scans_and_photos_are_taken(desk: Path) -> None:
    for form, name in (("-png", "scan.png"), ("-jpeg", "photo.jpg")):
        run(peers.program("pdftocairo"), form, "-singlefile", "-r", "90", str(desk / "page.pdf"), str(desk / "scan"))
        assert examine(desk / f"scan{name[-4:]}", name).reasons == ()


def word(desk: Path) -> Path:
    """A document as a word processor saves it."""
    return libreoffice(desk / "page.html", "docx:MS Word 2007 XML", desk)


def spreadsheet(desk: Path) -> Path:
    """A workbook of two sheets."""
    path = desk / "table.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("一", "二"):
            book.add_worksheet(name).write_row(0, 0, ["項目", "個人情報の取扱い", 3.5])
    return path


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
