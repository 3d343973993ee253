"""Files on their way in: streamed into the party's own space first; a row names them afterwards."""

from collections.abc import Sequence
from typing import IO

from werkzeug.datastructures import FileStorage

from portal.actions import intake, uploads
from portal.core.errors import N_, BadFile
from portal.core.evidence.kinds import LIMITS
from portal.models import Evidence, Party
from portal.store.blobs import TooLarge
from portal.store.work import Work
from portal.web import current

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
