"""The last steps of every sign-in: second factor, place, a new session with a new cookie."""

import secrets
from typing import Any

from flask import flash, redirect, request, session, url_for
from flask_babel import gettext
from werkzeug import Response
from werkzeug.exceptions import NotFound

from portal.actions import sessions
from portal.core.errors import TooMany
from portal.models import Person
from portal.queries import places
from portal.web import current, gate
from portal.web.languages import local_path
from portal.web.tries import tries

PENDING_SECONDS = 600
DEVICE_AGE = 400 * 24 * 3600


def go_on(person: Person, *, proved: bool, is_new: bool = False) -> Response:
    """After the password (or, `proved`, also the second factor): ask what is still open, or enter.

    A new person is offered a second factor first.
    """
    session["pending"] = {"person": person.id, "at": int(current.now().timestamp()), "proved": proved}
    if person.totp_secret and not proved:
        return redirect(url_for("public.second_factor", next=following()), 303)
    found = places.of(current.reading(), person.id)
    if not found:
        session.pop("pending")
        flash(gettext("You have no place to act for any more. Ask whoever invited you, or call us."))
        return redirect(url_for("public.home"), 303)
    if len(found) > 1:
        return redirect(url_for("public.place", next=following()), 303)
    return enter(person, found[0], is_new=is_new)


def enter(person: Person, chosen: places.Place, *, is_new: bool = False) -> Response:
    """Begin the session at a place and give the browser its cookies."""
    proved = bool(session["pending"]["proved"])
    device = request.cookies.get(_device_name()) or secrets.token_urlsafe(16)
    with current.work() as work:
        secret = sessions.begin(work, work.rows.get_one(Person, person.id), chosen.party_id,
                                current.browser(device), second_factor=proved)
    gate.enter(secret)
    onward = following() or gate.home(chosen.party_id, places.roles(current.reading(), person.id))
    answer = redirect(url_for("account.second_factor", next=onward) if is_new else onward, 303)
    answer.set_cookie(_device_name(), device, max_age=DEVICE_AGE, secure=current.settings().secure_cookies,
                      httponly=True, samesite="Lax")
    return answer


def pending(*, open_to_all: bool = False) -> Person:
    """The person whose password was right a moment ago; with a second factor, only once it was shown (unless open)."""
    kept: dict[str, Any] = session.get("pending", {})
    fresh = kept and current.now().timestamp() - kept["at"] < PENDING_SECONDS
    person = current.reading().get(Person, kept["person"]) if fresh else None
    if person is None or not person.is_active:
        raise NotFound
    if person.totp_secret and not kept["proved"] and not open_to_all:
        raise NotFound
    return person


def following() -> str:
    """Where the person wanted to go, as a path of this site, or nothing."""
    target = request.values.get("next", "")
    return local_path(target) if target else ""


def count(occasion: str, email: str) -> None:
    """Count one try of a person from this address; TooMany says how long to wait."""
    wait = tries().wait(occasion, email, request.remote_addr or "")
    if wait:
        raise TooMany("Too many tries. Try again in %(minutes)s minutes, or call us.", wait, minutes=-(-wait // 60))


def _device_name() -> str:
    return "__Host-device" if current.settings().secure_cookies else "device"
