"""Pages for anyone."""

from flask import Blueprint, render_template

from portal.web.public import health

room = Blueprint("public", __name__)
room.register_blueprint(health.room)


@room.get("/")
def home() -> str:
    """What this is and whom to call."""
    return render_template("public/home.html")
