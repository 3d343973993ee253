"""Files from strangers, proven by parsing and drawn as page images, always in a child with limits and no network."""

import shutil
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from portal.core.evidence.kinds import LIMITS, Kind, Limits, declared
from portal.core.evidence.verdicts import Reason, Verdict, gravest, verdict_of
from portal.core.sheet import Book
from portal.store.examine.child import run
from portal.store.examine.report import Ask, Embedded, Picture, Report

__all__ = ["Cells", "Embedded", "Examined", "Picture", "Pictures", "examine", "office_pdf", "office_program", "pages",
           "spreadsheet"]

OFFICE_SECONDS = 60
NEVER_DRAWN = {Reason.OFFICE_EXTERNAL, Reason.PDF_PASSWORD}
"""An Office program would fetch what such a file links to, also from this machine's own disk."""


class Examined(NamedTuple):
    """What intake knows of a file: kind, reasons, pages, counts of what it holds, files inside, text, seconds."""

    kind: Kind | None
    reasons: tuple[Reason, ...]
    pages: int | None
    findings: dict[str, int]
    embedded: tuple[Embedded, ...]
    text: str
    seconds: float

    @property
    def verdict(self) -> Verdict:
        """What the reasons amount to."""
        return verdict_of(self.reasons)

    @property
    def reason(self) -> Reason | None:
        """The gravest reason, or nothing."""
        return gravest(self.reasons)


class Cells(NamedTuple):
    """A spreadsheet's sheets, and why there are none or not all, if so."""

    book: Book
    fault: Reason | None


class Pictures(NamedTuple):
    """Page images that could be drawn, and why not more, if fewer than asked were."""

    drawn: tuple[Picture, ...]
    fault: Reason | None


def examine(path: Path, name: str, folder: Path | None = None, limits: Limits = LIMITS) -> Examined:
    """Prove a file sent under a name; files inside it are written to the folder, if one is given.

    Never raises for anything a file does: a child that falls, hangs or eats memory is a reason.
    """
    start = time.monotonic()
    ask = Ask("prove", str(path.resolve()), name, str(folder.resolve()) if folder else "", limits=limits)
    reports, _, _, fault = run(ask)
    report = reports[-1] if reports else Report(reasons=[fault or Reason.PARSER_FELL])
    return Examined(report.kind or declared(name), tuple(report.reasons), report.pages, report.findings,
                    tuple(report.embedded), report.text, round(time.monotonic() - start, 3))


def pages(path: Path, kind: Kind, folder: Path, first: int = 1, count: int = 1) -> Pictures:
    """Draw pages `first` and following as WebP at 150 dpi into the folder; ask for one first, it is quick.

    Office files are printed by `office_pdf` before.
    """
    ask = Ask("draw", str(path.resolve()), folder=str(folder.resolve()), kind=kind, first=first, count=count,
              limits=LIMITS._replace(seconds=LIMITS.seconds + count // 4))
    reports, drawn, _, fault = run(ask)
    refused = gravest(reports[-1].reasons) if reports else None
    return Pictures(tuple(drawn), refused or fault)


def spreadsheet(path: Path, kind: Kind) -> Cells:
    """Read the cells of an examined spreadsheet (XLSX or CSV) as text."""
    reports, _, sheets, fault = run(Ask("cells", str(path.resolve()), kind=kind))
    refused = gravest(reports[-1].reasons) if reports else None
    return Cells(Book(sheets), refused or fault)


def office_program() -> str | None:
    """Give the path of LibreOffice, or nothing where it is not installed and Office files have no preview."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def office_pdf(path: Path, examined: Examined, folder: Path) -> Path | None:
    """Print an examined Office file as a PDF into the folder; nothing where that cannot or must not be done."""
    program = office_program()
    if program is None or examined.verdict is Verdict.REFUSED or NEVER_DRAWN & set(examined.reasons):
        return None
    with tempfile.TemporaryDirectory(dir=folder.resolve()) as room:
        # The program goes by the extension; the stored file has none.
        source = Path(room, f"office.{examined.kind}")
        shutil.copyfile(path, source)
        run(Ask("print", str(source), folder=room, program=program, limits=LIMITS._replace(seconds=OFFICE_SECONDS)))
        made, printed = source.with_suffix(".pdf"), folder / "office.pdf"
        if not made.exists() or not made.stat().st_size:
            return None
        return made.replace(printed)
