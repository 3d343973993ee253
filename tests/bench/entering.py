"""Signing in by address and password, the page's own work included; the floor is one argon2id check."""

from collections.abc import Callable

from portal.actions import credentials
from portal.models import Person
from tests.bench.calls import ROUNDS, Caller, ratio, token
from tests.bench.figure import Figure
from tests.bench.world import SMALL, World, world
from tests.web.doors import PASSWORD, equip


def sign_in(of: World, rounds: int = ROUNDS) -> Figure:
    """CPU of one sign-in by a known browser."""
    equip(of.cellar, of.people.officer)
    with of.cellar.read() as rows:
        kept = rows.get_one(Person, of.people.officer.person_id).password_hash or ""
    return ratio(post(of), lambda: credentials.HASHER.verify(kept, PASSWORD), rounds)


def post(of: World) -> Callable[[], str]:
    """The form of the sign-in page, sent by a browser that has been here before."""
    browser = of.app.test_client()
    fields = {"csrf_token": token(browser.get("/sign-in").get_data(as_text=True)),
              "email": of.people.officer.email, "password": PASSWORD}
    assert browser.post("/sign-in", data=fields).location == "/my/"
    cookies = [browser.get_cookie(name) for name in ("portal", "device")]
    caller = Caller(of.app, "; ".join(f"{one.key}={one.value}" for one in cookies if one is not None))
    return lambda: caller.post("/sign-in", fields)


FIGURES: dict[str, Callable[[], Figure]] = {"sign_in": lambda: sign_in(world(SMALL))}
