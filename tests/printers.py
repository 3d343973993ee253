"""Files as offices really have them: one page written, printed and scanned by many programs of this machine."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import xlsxwriter
from PIL import Image

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


def laid(desk: Path) -> Path:
    """Lay the page to print, and LibreOffice's print of it, into a folder."""
    (desk / "page.html").write_text(PAGE, encoding="utf-8")
    libreoffice(desk / "page.html", "pdf", desk)
    return desk


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


def by_pdfium(desk: Path) -> Path:
    """Saved again by the library of browsers."""
    out = desk / "pdfium.pdf"
    with pypdfium2.PdfDocument(desk / "page.pdf") as book, out.open("wb") as sink:
        book.save(sink)
    return out


def by_pikepdf(desk: Path) -> Path:
    """Two prints put together into one, as an office joins its annexes."""
    out = desk / "joined.pdf"
    with pikepdf.open(desk / "page.pdf") as book, pikepdf.open(by_cairo(desk)) as annex:
        book.pages.extend(annex.pages)
        book.save(out)
    return out


def scan(desk: Path) -> Path:
    """A scanner's PDF: pictures of pages and no text."""
    out = desk / "scan.pdf"
    run(peers.program("pdftocairo"), "-png", "-r", "100", str(desk / "page.pdf"), str(desk / "sheet"))
    sheets = [Image.open(path).convert("L") for path in sorted(desk.glob("sheet-*.png"))]
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=100)
    return out


def archival(desk: Path) -> Path:
    """LibreOffice's archival print (PDF/A-2) of what its word processor saved."""
    source = desk / "archival.html"
    source.write_text(PAGE, encoding="utf-8")
    return libreoffice(source, 'pdf:writer_web_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}', desk)


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


def printed_table(desk: Path) -> Path:
    """The workbook of two sheets, printed by LibreOffice's spreadsheet."""
    return libreoffice(spreadsheet(desk), "pdf", desk)


def saved_table(desk: Path) -> Path:
    """A workbook that LibreOffice's spreadsheet has opened and saved."""
    out = desk / "saved"
    out.mkdir(exist_ok=True)
    return libreoffice(spreadsheet(desk), "xlsx", out)


def drawn(desk: Path) -> Path:
    """A print by cairo of the picture alone, without any text layer."""
    out = desk / "drawn.pdf"
    run(peers.program("pdftocairo"), "-svg", "-f", "1", "-l", "1", str(desk / "page.pdf"), str(desk / "page.svg"))
    (desk / "drawn.html").write_text('<!doctype html><title>図</title><img src="page.svg">', encoding="utf-8")
    run(sys.executable, "-m", "weasyprint", str(desk / "drawn.html"), str(out))
    return out


PRINTS: tuple[Print, ...] = (by_libreoffice, by_chromium, by_weasyprint, by_cairo, by_qpdf, by_pdfium, by_pikepdf)
"""Programs that print text."""
OTHERS: tuple[Print, ...] = (scan, archival, printed_table, drawn, word, saved_table)
"""A scan, an archival print, a spreadsheet's print, a drawing, and what two office programs save."""
