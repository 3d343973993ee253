"""A workbook that a party hands back: kept in its space and read; its answers beside those that stand, in words."""

from flask import Flask
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from portal.actions.workbooks import Arrived
from portal.core.bilingual import Text
from portal.core.errors import BadFile
from portal.core.evidence.names import safe_name
from portal.core.merging import Proposal
from portal.core.saying import answer
from portal.core.sentences import Reader
from portal.models import Attestation, Template
from portal.store.blobs import TooLarge
from portal.web import current
from portal.web.languages import language
from portal.web.spreadsheets import LARGEST, NO_FILE, TOO_LARGE, book_of


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
        return Arrived(name, blob.digest, blob.size, book_of(path, name))


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
