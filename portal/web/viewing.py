"""Evidence for the eye: page pictures made in the sandbox; the browser never renders the file itself."""

from flask import Response, render_template
from werkzeug.exceptions import NotFound

from portal.core.evidence.verdicts import SENTENCES, Reason
from portal.models import Evidence
from portal.queries import evidence as files
from portal.queries.visible import one
from portal.web import current
from portal.web.downloads import attachment
from portal.web.languages import language


def sentences(file: Evidence) -> list[str]:
    """What the examination says of a file, each with what to do, in the reader's language."""
    found = (SENTENCES[Reason(code)] for code in file.reasons if code in Reason)
    return [said.ja if language() == "ja" else said.en for said in found]


def page(public_id: str, audience: str) -> str:
    """Render the pages of a file for an audience."""
    shown = files.shown(current.reading(), current.actor(), public_id)
    return render_template("frame/evidence.html", shown=shown, audience=audience, sentences=sentences(shown.file))


def picture(public_id: str, number: int) -> Response:
    """Give one page's picture; NotFound where there is none."""
    file, image = files.page(current.reading(), current.actor(), public_id, number)
    if image is None:
        raise NotFound
    blobs, party = current.cellar().blobs, file.party.public_id
    response = Response(blobs.open(party, image.digest), mimetype=image.mime)
    response.headers["Content-Length"] = str(blobs.size(party, image.digest))
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def original(public_id: str) -> Response:
    """Give the bytes as they were sent, never shown in the browser; refused and purged files are not given out."""
    file, _ = files.page(current.reading(), current.actor(), public_id, 1)
    if file.state in ("refused", "purged"):
        raise NotFound
    pieces = current.cellar().blobs.open(file.party.public_id, file.digest)
    return attachment(pieces, file.name, "application/octet-stream", file.size)


def of(public_id: str) -> Evidence:
    """A file the actor may see."""
    return one(current.reading(), current.actor(), Evidence, public_id)
