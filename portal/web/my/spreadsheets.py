"""A spreadsheet that a party sends: kept, proven, scanned and read in a child before anything looks at its cells."""

from flask import Flask
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from portal.actions.workbooks import Arrived
from portal.core.bilingual import Text
from portal.core.errors import N_, BadFile
from portal.core.evidence.kinds import Kind, declared
from portal.core.evidence.names import safe_name
from portal.core.evidence.verdicts import SENTENCES, Reason, Verdict
from portal.core.merging import Proposal
from portal.core.saying import answer
from portal.core.sentences import Reader
from portal.models import Attestation, Template
from portal.store import examine, intake
from portal.store.blobs import TooLarge
from portal.store.scanner import Scanner
from portal.web import current
from portal.web.languages import language

LARGEST = 10 << 20
LONGEST = 4_000_000
"""Characters of a whole spreadsheet that are kept as its reading."""

NO_FILE = N_("Choose the workbook.")
NOT_A_SHEET = N_("Choose an Excel workbook (.xlsx) or a CSV file.")
TOO_LARGE = N_("A workbook of answers has at most 10 MB. Take pictures and other sheets out, or attach it as evidence.")
TOO_LONG = N_("There is too much text in this workbook. Leave only the sheet with the answers in it.")


def arrived(attestation: Attestation, upload: FileStorage | None) -> Arrived:
    """Keep a spreadsheet in the party's space and read it; BadFile says what to send instead."""
    if upload is None or not upload.filename:
        raise BadFile(NO_FILE)
    name = safe_name(upload.filename)
    party, blobs = attestation.party.public_id, current.cellar().blobs
    try:
        blob = blobs.keep(party, upload.stream, LARGEST)
    except TooLarge as error:
        raise BadFile(TOO_LARGE) from error
    with blobs.on_disk(party, blob.digest) as path:
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
    return Arrived(name, blob.digest, blob.size, read.book)


def refusal(reason: Reason, name: str) -> BadFile:
    """Why a file is not taken and what to do, in the reader's language; a wrong kind is told in our own words."""
    if reason is Reason.KIND_NOT_TAKEN or declared(name) not in (Kind.XLSX, Kind.CSV):
        return BadFile(NOT_A_SHEET)
    sentence = SENTENCES[reason]
    return BadFile(sentence.ja if language() == "ja" else sentence.en)


def title(template: Template) -> Text:
    """The title of a checklist in both languages."""
    return Text(template.title_ja, template.title_en)


def said_now(proposal: Proposal) -> str:
    """The answer that stands, in words, with its comment."""
    now = proposal.now
    words = answer(proposal.question, now.value, not_applicable=now.not_applicable, language=language())
    return f"{words}\n{now.comment}" if now.comment else words


def said_then(proposal: Proposal) -> str:
    """The workbook's answer, in words, with its comment."""
    words = answer(proposal.question, proposal.value, not_applicable=proposal.not_applicable, language=language())
    return f"{words}\n{proposal.comment}" if proposal.comment else words


def wrongs(proposal: Proposal) -> list[str]:
    """What cannot be read in the workbook's answer, each as a sentence that says what to do."""
    reader = Reader(language(), gettext)
    return [reader.say(problem) for problem in proposal.problems]


def install(app: Flask) -> None:
    """Give the templates these words."""
    for word in (said_now, said_then, wrongs):
        app.add_template_filter(word)
