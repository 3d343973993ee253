"""The check of a packet by its code or its file: no sign-in, no information beyond what the code stands for."""

import hashlib
import re

from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.core.errors import TooMany
from portal.queries import checks
from portal.web import current
from portal.web.public.room import room
from portal.web.tries import tries

PIECE = 1 << 20


def code_of(text: str) -> str:
    """Give a code as it is kept: capitals, without spaces and hyphens; O, I and L are read as what they look like."""
    plain = re.sub(r"[\s-]", "", text).upper()
    return plain.translate(str.maketrans("OIL", "011"))[:12]


@room.get("/v/")
def verify() -> str | Response:
    """Ask for a code, or go to the page of the one that was typed."""
    if request.args.get("code"):
        return redirect(url_for("public.verified", code=code_of(request.args["code"])), 303)
    return page("")


@room.get("/v/<code>")
def verified(code: str) -> tuple[str, int]:
    """Say whether the packet of a code is valid, superseded, withdrawn or unknown."""
    _count()
    return page(code_of(code)), 200 if checks.packet(current.reading(), code_of(code)) else 404


@room.post("/v/<code>")
def verify_file(code: str) -> tuple[str, int]:
    """Compare a file with the digest that was kept, where no script can do it in the browser."""
    _count()
    found = checks.packet(current.reading(), code_of(code))
    upload = request.files.get("file")
    if found is None:
        return page(code_of(code)), 404
    if upload is None or not upload.filename:
        return page(code_of(code), gettext("Choose the PDF file first."), "warning"), 422
    seen = hashlib.sha256()
    while piece := upload.stream.read(PIECE):
        seen.update(piece)
    if seen.hexdigest() == found.sealed_digest:
        return page(code_of(code), gettext("This file is the packet, byte for byte."), "success"), 200
    return page(code_of(code), gettext(
        "This file is NOT the packet that was kept: it was changed, or it is another one."), "error"), 200


def page(code: str, outcome: str = "", tone: str = "info") -> str:
    """The page about a code: what it stands for, and how a file compares with it."""
    found = checks.packet(current.reading(), code) if code else None
    return render_template("public/verify.html", found=found, code=code, outcome=outcome, tone=tone)


def _count() -> None:
    wait = tries().wait("verify", request.remote_addr or "")
    if wait:
        raise TooMany("Too many checks from this address. Try again in %(seconds)s seconds.", wait)
