"""Pages for anyone."""

from flask import Blueprint, render_template

room = Blueprint("public", __name__)


@room.get("/")
def home() -> str:
    """What this is and whom to call."""
    return render_template("public/home.html")
