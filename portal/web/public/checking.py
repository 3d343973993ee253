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
    return render_template("public/verify.html", found=None, code="", outcome="")


@room.get("/v/<code>")
def verified(code: str) -> tuple[str, int]:
    """Say whether the packet of a code is valid, superseded, withdrawn or unknown."""
    _count()
    found = checks.packet(current.reading(), code_of(code))
    return render_template("public/verify.html", found=found, code=code_of(code), outcome=""), 200 if found else 404


@room.post("/v/<code>")
def verify_file(code: str) -> tuple[str, int]:
    """Compare a file with the digest that was kept, where no script can do it in the browser."""
    _count()
    found = checks.packet(current.reading(), code_of(code))
    upload = request.files.get("file")
    if found is None or upload is None or not upload.filename:
        return render_template("public/verify.html", found=found, code=code_of(code),
                               outcome=gettext("Choose the PDF file first.")), 422
    seen = hashlib.sha256()
    while piece := upload.stream.read(PIECE):
        seen.update(piece)
    outcome = gettext("This file is the packet, byte for byte.") if seen.hexdigest() == found.sealed_digest else \
        gettext("This file is NOT the packet that was kept: it was changed, or it is another one.")
    return render_template("public/verify.html", found=found, code=code_of(code), outcome=outcome), 200


def _count() -> None:
    wait = tries().wait("verify", request.remote_addr or "")
    if wait:
        raise TooMany("Too many checks from this address. Try again in %(seconds)s seconds.", wait)
