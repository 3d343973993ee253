"""What the portal is, how it treats its own users' data, and how accessible it is."""

from datetime import timedelta

from flask import Response, render_template

from portal.store import ledger
from portal.web import current, gate
from portal.web.public.room import room
from portal.web.public.signing import demo

LASTS = timedelta(days=180)


@room.get("/")
def home() -> str:
    """What this is, whom to call, and the way in; in a demo also its people."""
    actor = current.actor()
    start = gate.home(actor.party_id, actor.roles) if actor.person_id else ""
    return render_template("public/home.html", demo=[] if start else demo(), next="", start=start)


@room.get("/privacy")
def privacy() -> str:
    """How the portal handles the data of the people who use it."""
    return render_template("public/privacy.html")


@room.get("/accessibility")
def accessibility() -> str:
    """What the pages aim at and whom to tell of a barrier."""
    return render_template("public/accessibility.html")


@room.get("/log/checkpoint")
def checkpoint() -> Response:
    """The newest signed head of the ledger, as its note."""
    found = ledger.latest_checkpoint(current.reading())
    return Response(found.note if found else "", mimetype="text/plain; charset=utf-8")


@room.get("/.well-known/security.txt")
def security() -> Response:
    """Whom to tell of a weakness."""
    settings, ends = current.settings(), current.now() + LASTS
    lines = [f"Contact: mailto:{settings.mail_reply}", f"Expires: {ends:%Y-%m-%d}T00:00:00Z",
             "Preferred-Languages: ja, en", f"Canonical: {settings.address}/.well-known/security.txt"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain; charset=utf-8")
