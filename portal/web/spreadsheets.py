"""A spreadsheet from outside: proven, scanned and read in a child before anything looks at its cells."""

from pathlib import Path

from portal.core.errors import N_, BadFile
from portal.core.evidence.kinds import Kind, declared
from portal.core.evidence.verdicts import SENTENCES, Reason, Verdict
from portal.core.sheet import Book
from portal.store import examine, intake
from portal.store.scanner import Scanner
from portal.web import current
from portal.web.languages import language

LARGEST = 10 << 20
LONGEST = 4_000_000
"""Characters of a whole spreadsheet that are read."""

NO_FILE = N_("Choose the workbook.")
NOT_A_SHEET = N_("Choose an Excel workbook (.xlsx) or a CSV file.")
TOO_LARGE = N_("A workbook of answers has at most 10 MB. Take pictures and other sheets out, or attach it as evidence.")
TOO_LONG = N_("There is too much text in this workbook. Leave only the sheet with the answers in it.")


def book_of(path: Path, name: str) -> Book:
    """Read the cells of a file that was sent under a name; BadFile says what to send instead."""
    taken = intake.take(path, name, Scanner(current.settings().clamd))
    kind = taken.examined.kind
    if taken.verdict is Verdict.REFUSED and taken.reason is not None:
        raise refusal(taken.reason, name)
    if kind not in (Kind.XLSX, Kind.CSV):
        raise BadFile(NOT_A_SHEET)
    read = examine.spreadsheet(path, kind)
    if read.fault is not None:
        raise refusal(read.fault, name)
    if sum(len(cell) for sheet in read.book.sheets for row in sheet.rows for cell in row) > LONGEST:
        raise BadFile(TOO_LONG)
    return read.book


def refusal(reason: Reason, name: str) -> BadFile:
    """Why a file is not taken and what to do, in the reader's language; a wrong kind is told in our own words."""
    if reason is Reason.KIND_NOT_TAKEN or declared(name) not in (Kind.XLSX, Kind.CSV):
        return BadFile(NOT_A_SHEET)
    sentence = SENTENCES[reason]
    return BadFile(sentence.ja if language() == "ja" else sentence.en)
