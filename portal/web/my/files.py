"""Files of a form: streamed into the party's space first, then named by a row and linked to their question."""

from collections.abc import Iterable, Iterator
from datetime import date

from flask import request
from werkzeug.datastructures import FileStorage

from portal.actions import intake, resting, uploads
from portal.core.dates import BadDate, read_date
from portal.core.errors import Incomplete
from portal.core.evidence.kinds import LIMITS
from portal.models import Attestation, Party
from portal.queries import tasks
from portal.queries.visible import one
from portal.web import current
from portal.web.receiving import kept


def sent(rows: Iterable[tasks.Row]) -> Iterator[tuple[str, FileStorage]]:
    """Give the files of a form as (question, file), several a question."""
    for row in rows:
        for upload in request.files.getlist(f"{row.question.id}.file"):
            if upload.filename:
                yield row.question.id, upload


def keep(public_id: str, question: str, upload: FileStorage) -> None:
    """Keep one file and let the question's answer rest on it; BadFile says what to send instead."""
    name = upload.filename or ""
    actor, rows = current.actor(), current.reading()
    found = one(rows, actor, Attestation, public_id, *tasks.WITH_ALL)
    uploads.allowed(rows, actor, found, question)
    uploads.acceptable(name, LIMITS.bytes)
    blob = kept(found.party.public_id, upload.stream)
    arrived = intake.Arrived(
        name, blob[0], blob[1], request.form.get(f"{question}.type", ""),
        valid_to=day(request.form.get(f"{question}.valid_to", "")))
    with current.work() as work:
        where = one(work.rows, actor, Attestation, public_id)
        evidence = intake.receive(work, actor, work.rows.get_one(Party, where.party_id), arrived)
        work.rows.flush()
        resting.link(work, actor, where, question, evidence)


def day(text: str) -> date | None:
    """Read a day as typed, in any of the usual manners; Incomplete says how to write one."""
    if not text.strip():
        return None
    try:
        return read_date(text)
    except BadDate as error:
        raise Incomplete("Write the day the evidence ends as 2027-03-31.") from error
