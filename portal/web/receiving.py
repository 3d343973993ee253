"""Files on their way in: streamed into the party's own space first; a row names them afterwards."""

from collections.abc import Callable, Sequence
from typing import IO, Any, TypeVar

from flask import flash, request
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from portal.actions import intake, uploads
from portal.core.errors import N_, BadFile, Incomplete, NotNow
from portal.core.evidence.kinds import LIMITS
from portal.models import Evidence, Party
from portal.queries.visible import one
from portal.store.blobs import TooLarge
from portal.store.work import Work
from portal.web import current
from portal.web.errors import said

Thing = TypeVar("Thing")
NO_FILE = N_("Choose a file first.")


def kept(party: str, stream: IO[bytes]) -> tuple[str, int]:
    """Keep a stream in a party's space (public id) and give (digest, size); BadFile when it is empty or too large."""
    try:
        blob = current.cellar().blobs.keep(party, stream, LIMITS.bytes)
    except TooLarge as error:
        raise BadFile(uploads.TOO_LARGE) from error
    if blob.size == 0:
        raise BadFile(uploads.EMPTY)
    return blob.digest, blob.size


def arrived(party: str, sent: Sequence[FileStorage], kind: str = "") -> list[intake.Arrived]:
    """Keep the files of a form, all of one kind of evidence; BadFile where none was chosen or one is not taken."""
    chosen = [upload for upload in sent if upload.filename]
    if not chosen:
        raise BadFile(NO_FILE)
    for upload in chosen:
        uploads.acceptable(upload.filename or "", LIMITS.bytes)
    return [intake.Arrived(upload.filename or "", *kept(party, upload.stream), kind) for upload in chosen]


def named(work: Work, party_id: int, files: Sequence[intake.Arrived]) -> list[Evidence]:
    """Name kept files by rows of the party's evidence; each is examined like all evidence."""
    party = work.rows.get_one(Party, party_id)
    new = [intake.receive(work, current.actor(), party, file) for file in files]
    work.rows.flush()
    return new


def rested(noun: type[Thing], public_id: str, link: Callable[[Work, Thing, Evidence], object]) -> None:
    """Let a party's thing rest on the files of a form: new ones, and some that are here already; all of them or none.

    NotFound for a foreign or unknown thing or file; what else is refused is said above the next page.
    """
    found: Any = one(current.reading(), current.actor(), noun, public_id)
    space = current.reading().get_one(Party, found.party_id).public_id
    held, new = request.form.getlist("held"), [sent for sent in request.files.getlist("file") if sent.filename]
    try:
        files = arrived(space, new) if new or not held else []
        with current.work() as work:
            thing = one(work.rows, current.actor(), noun, public_id)
            here = [one(work.rows, current.actor(), Evidence, name) for name in held]
            for file in (*named(work, found.party_id, files), *here):
                link(work, thing, file)
        flash(gettext("Attached."))
    except (BadFile, Incomplete, NotNow) as refusal:
        flash(said(refusal))
