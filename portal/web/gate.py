"""Closed unless named: each audience has its own door, and a page of no audience is not reachable."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask, abort, current_app, flash, redirect, request, session, url_for
from flask_babel import gettext
from flask_login import LoginManager
from werkzeug import Response

from portal.actions import kept
from portal.actions import sessions as acts
from portal.core.actor import STAFF, Actor, Role
from portal.queries import sessions
from portal.queries.sessions import Signed
from portal.web import current

SEEN_EVERY = timedelta(minutes=1)

DOORS: dict[str, Callable[[Actor], bool]] = {
    "public": lambda actor: True,
    "account": lambda actor: actor.person_id > 0,
    "desk": lambda actor: actor.is_staff,
    "my": lambda actor: actor.is_party_member,
    "admin": lambda actor: Role.ADMINISTRATOR in actor.roles or Role.LEAD in actor.roles,
    "audit": lambda actor: Role.AUDITOR in actor.roles,
    "api": lambda actor: actor.person_id > 0,
}
OPEN = frozenset({"static", "language", "public.health.healthz", "public.health.readyz"})
BEFORE_SECOND_FACTOR = frozenset({"public", "account"})


class SignedIn:
    """The person of a living session, as flask-login wants it."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, secret: str, signed: Signed) -> None:
        self.secret = secret
        self.signed = signed

    def get_id(self) -> str:
        """The cookie's secret; the table keeps only its hash."""
        return self.secret


def load(secret: str) -> SignedIn | None:
    """Give the person behind a cookie's secret while the session lives."""
    found = sessions.find(current.reading(), secret, current.now())
    return SignedIn(secret, found) if found else None


def audience(endpoint: str) -> str:
    """Give the audience of an endpoint: the first word of its blueprint's name."""
    return endpoint.partition(".")[0] if "." in endpoint else endpoint


def check() -> Response | None:
    """Before each request: send a stranger to sign in, and answer 404 at another audience's door."""
    if request.endpoint is None or request.endpoint in OPEN:
        return None
    door = DOORS.get(audience(request.endpoint))
    actor = current.actor()
    if door is None:
        abort(404)
    if door(actor):
        _touch()
        return _asked_for_second_factor()
    if actor.person_id:
        abort(404)
    if "X-Requested-With" in request.headers:
        abort(401)
    if request.method == "GET":
        return redirect(url_for("public.sign_in", next=request.full_path.rstrip("?")), 303)
    return _keep_and_lead()


def _asked_for_second_factor() -> Response | None:
    """JMDP's people and auditors go no further than their own account until the session has shown a second factor."""
    here = current.signed()
    if here is None or not here.lacks_second_factor or audience(request.endpoint or "") in BEFORE_SECOND_FACTOR:
        return None
    flash(gettext("Set up a second factor first: JMDP's people sign in with two."))
    return redirect(url_for("account.second_factor", next=request.path if request.method == "GET" else None), 303)


def _keep_and_lead() -> Response:
    """A form without a living session: kept for the person whose session it was, and given back after the sign-in."""
    person = sessions.whose(current.reading(), session.get("_user_id", ""))
    if person is None:
        flash(gettext("You were signed out. Sign in again."))
        return redirect(url_for("public.sign_in"), 303)
    with current.work() as work:
        ticket = kept.keep(work, person, request.full_path.rstrip("?"), request.form.items(multi=True))
    flash(gettext("You were signed out. Sign in again: what you typed is kept and comes back to you."))
    if any(upload.filename for upload in request.files.values()):
        flash(gettext("Files could not be kept. Choose them again afterwards."))
    return redirect(url_for("public.sign_in", next=url_for("account.kept_form", ticket=ticket)), 303)


def _touch() -> None:
    here = current.signed()
    if here is not None and current.now() - here.seen_at > SEEN_EVERY:
        with current.work() as work:
            acts.touch(work, here.session_id)


def home(party_id: int | None, roles: frozenset[Role]) -> str:
    """The address where a person begins: their party's page, the desk, or an auditor's pages where they are open."""
    if party_id is not None:
        return url_for("my.home")
    if roles & STAFF:
        return url_for("desk.home")
    return url_for("audit.home") if "audit.home" in current_app.view_functions else url_for("account.settings")


def install(app: Flask) -> None:
    """Put the gate before every route of the app."""
    manager = LoginManager()
    manager.session_protection = None  # the session table decides, not the browser's name
    manager.user_loader(load)
    manager.init_app(app)
    app.before_request(check)
    app.teardown_appcontext(current.close_reading)


def enter(secret: str) -> None:
    """Give the browser a new cookie for a session that was just begun; nothing of the old cookie stays."""
    keep = session.get("csrf_token")
    session.clear()
    if keep:
        session["csrf_token"] = keep
    session["_user_id"] = secret


def leave() -> None:
    """Take the cookie away."""
    session.clear()
