"""For machines: whether the process lives, and whether it can work."""

from flask import Blueprint, jsonify
from werkzeug import Response

from portal.jobs import health
from portal.web import current

room = Blueprint("health", __name__)


@room.get("/healthz")
def healthz() -> Response:
    """200 while this process answers at all."""
    return jsonify(status=health.FINE)


@room.get("/readyz")
def readyz() -> tuple[Response, int]:
    """200 when database, files and queue answer, else 503 with the part that does not."""
    found = health.parts(current.cellar())
    fine = all(word == health.FINE for word in found.values())
    scanner = "set" if current.settings().clamd else "absent"
    return jsonify(**found, scanner=scanner), 200 if fine else 503
