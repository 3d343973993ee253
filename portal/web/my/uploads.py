"""Resumable uploads as tus 1.0 speaks (core, creation, termination, checksum, expiration); see static/upload.mjs."""

import base64
import binascii
from collections.abc import Callable, Iterator
from functools import wraps

from flask import request, url_for
from werkzeug import Response
from werkzeug.exceptions import BadRequest, ClientDisconnected
from werkzeug.http import http_date

from portal.actions import uploads
from portal.core.errors import BadFile, Incomplete
from portal.core.evidence.kinds import LIMITS
from portal.models import Attestation, Upload
from portal.queries import uploads as found
from portal.queries.visible import one
from portal.store.blobs import Stage, StageBusy, StoreError, Sum, TooLarge, WrongOffset, WrongSum
from portal.web import current
from portal.web.errors import said
from portal.web.my.files import day
from portal.web.my.room import room

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
ABLE = {"Tus-Version": VERSION, "Tus-Extension": "creation,termination,checksum,expiration",
        "Tus-Max-Size": str(LIMITS.bytes), "Tus-Checksum-Algorithm": ",".join(Sum.NAMES)}
PART = 64 << 10
SILENCE = 30.0
WRONG: dict[type[StoreError], int] = {WrongOffset: 409, StageBusy: 423, WrongSum: 460, TooLarge: 413}


def tus(view: Callable[..., Response]) -> Callable[..., Response]:
    """Answer only to the version of the protocol that is spoken here, and name it in each answer."""
    @wraps(view)
    def spoken(**values: str) -> Response:
        known = request.method == "OPTIONS" or request.headers.get("Tus-Resumable") == VERSION
        answer = view(**values) if known else told(412, ABLE)
        answer.headers["Tus-Resumable"] = VERSION
        return answer

    return spoken


def told(status: int, headers: dict[str, str]) -> Response:
    """An answer that is all headers."""
    return Response(status=status, headers={"Cache-Control": "no-store", **headers}, mimetype="text/plain")


def number(header: str) -> int:
    """Read a header that must be a whole number of bytes."""
    text = request.headers.get(header, "")
    if not text.isdecimal() or len(text) > 15:
        raise BadRequest
    return int(text)


def words() -> dict[str, str]:
    """Read Upload-Metadata: names with values in base 64 of UTF-8."""
    try:
        pairs = (pair.split() for pair in request.headers.get("Upload-Metadata", "").split(",") if pair.strip())
        return {name: base64.b64decode("".join(value), validate=True).decode() for name, *value in pairs}
    except (binascii.Error, UnicodeDecodeError) as error:
        raise BadRequest from error


def checksum() -> Sum | None:
    """Read Upload-Checksum, if the sender gave one."""
    name, _, value = request.headers.get("Upload-Checksum", "").partition(" ")
    try:
        return Sum(name, base64.b64decode(value, validate=True)) if name else None
    except ValueError as error:
        raise BadRequest from error


def stage_of(upload: Upload) -> Stage:
    """The bytes that came so far."""
    return current.cellar().blobs.stage(upload.public_id)


def going(public_id: str) -> Upload:
    """An upload the actor may go on with."""
    return found.going(current.reading(), current.actor(), public_id, current.now())


def arriving() -> Iterator[bytes]:
    """The body in small parts, so that little is lost when the line breaks; one long silent is taken for broken."""
    line = request.environ.get("gunicorn.socket")
    if line is not None:
        line.settimeout(SILENCE)
    while True:
        try:
            part = request.stream.read(PART)
        except OSError as error:
            raise ClientDisconnected from error
        if not part:
            return
        yield part


@room.route("/attestations/<public_id>/questions/<question>/uploads", methods=["POST", "OPTIONS"],
            endpoint="upload", provide_automatic_options=False)
@tus
def begin(public_id: str, question: str) -> Response:
    """Say what is spoken here, or open an upload for a question and tell its address."""
    if request.method == "OPTIONS":
        return told(204, ABLE)
    meta, size = words(), number("Upload-Length")
    with current.work() as work:
        where = one(work.rows, current.actor(), Attestation, public_id)
        upload = uploads.begin(work, current.actor(), where, question, uploads.Announced(
            meta.get("filename", ""), size, meta.get("kind", ""), day(meta.get("valid_to", ""))))
        place = url_for("my.upload_piece", public_id=upload.public_id)
        ends = http_date(upload.expires_at)
    return told(201, {"Location": place, "Upload-Offset": "0", "Upload-Expires": ends})


@room.route("/uploads/<public_id>", methods=["HEAD"], endpoint="upload_offset", provide_automatic_options=False)
@tus
def offset(public_id: str) -> Response:
    """Tell how many bytes are here."""
    upload = going(public_id)
    try:
        here = upload.size if upload.evidence_id is not None else stage_of(upload).settled()
    except StageBusy:
        return told(423, {})
    return told(200, {"Upload-Offset": str(here), "Upload-Length": str(upload.size),
                      "Upload-Expires": http_date(upload.expires_at)})


@room.route("/uploads/<public_id>", methods=["PATCH"], endpoint="upload_piece", provide_automatic_options=False)
@tus
def piece(public_id: str) -> Response:
    """Add bytes at an offset; permission and place are asked before the first is read."""
    if request.mimetype != PIECE:
        return told(415, {})
    upload, start, total = going(public_id), number("Upload-Offset"), checksum()
    uploads.allowed(current.reading(), current.actor(), upload.attestation, upload.question)
    current.close_reading()
    if upload.evidence_id is not None:
        return told(204 if start == upload.size else 409, {"Upload-Offset": str(upload.size)})
    try:
        reached = stage_of(upload).append(start, arriving(), upload.size, total)
    except (WrongOffset, StageBusy, WrongSum, TooLarge) as error:
        return told(WRONG[type(error)], {"Upload-Offset": str(stage_of(upload).offset)})
    if reached == upload.size:
        settle(upload)
    return told(204, {"Upload-Offset": str(reached), "Upload-Expires": http_date(upload.expires_at)})


@room.route("/uploads/<public_id>", methods=["DELETE"], endpoint="upload_drop", provide_automatic_options=False)
@tus
def drop(public_id: str) -> Response:
    """Give an upload up."""
    with current.work() as work:
        upload = found.going(work.rows, current.actor(), public_id, work.now())
        uploads.drop(work, current.actor(), upload)
    stage_of(upload).discard()
    return told(204, {})


def settle(upload: Upload) -> None:
    """All bytes are here: kept in the party's space first, named by a row after, the pieces forgotten last."""
    stage = stage_of(upload)
    blob = stage.finish(upload.party.public_id)
    with current.work() as work:
        uploads.finish(work, current.actor(), one(work.rows, current.actor(), Upload, upload.public_id), blob)
    stage.discard()


def describe(question: str) -> None:
    """Keep what the form says of files that came while it was open; Incomplete for a day that is none."""
    ends = day(request.form.get(f"{question}.valid_to", ""))
    for place in request.form.getlist(f"{question}.uploaded"):
        with current.work() as work:
            upload = found.going(work.rows, current.actor(), place.rpartition("/")[2], work.now())
            uploads.describe(work, current.actor(), upload, request.form.get(f"{question}.type", ""), ends)


def described(questions: list[str]) -> dict[str, str]:
    """Keep what the form says of the files of many questions; gives what was wrong, by question."""
    problems = {}
    for question in questions:
        try:
            describe(question)
        except (BadFile, Incomplete) as refusal:
            problems[question] = said(refusal)
    return problems
