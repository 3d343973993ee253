"""What the portal is, how it treats its own users' data, and how accessible it is."""

from flask import Response, render_template

from portal.store import ledger
from portal.web import current
from portal.web.public.room import room


@room.get("/")
def home() -> str:
    """What this is, whom to call, and the way in."""
    return render_template("public/home.html")


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
    reply = current.settings().mail_reply
    return Response(f"Contact: mailto:{reply}\nPreferred-Languages: ja, en\nExpires: 2027-11-30T00:00:00Z\n",
                    mimetype="text/plain; charset=utf-8")
