"""Sign-out."""

from flask import redirect, url_for
from werkzeug import Response

from portal.actions import sessions
from portal.web import current, gate
from portal.web.account.room import room


@room.post("/sign-out")
def sign_out() -> Response:
    """End the session in use and take the cookie away."""
    with current.work() as work:
        sessions.end(work, current.actor(), current.session_id())
    gate.leave()
    answer = redirect(url_for("public.home"), 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
