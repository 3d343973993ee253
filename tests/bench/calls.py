"""Calls of an app as its server makes them, without the costs of a test client, and the CPU they take."""

import io
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import EnvironBuilder

from portal.store.cellar import Cellar
from tests.bench.figure import Figure, figure
from tests.bench.world import World
from tests.cast import Member, client
from tests.web.walk import TOKEN

ROUNDS, TIMES = 15, 4


@dataclass(frozen=True, slots=True)
class Caller:
    """A signed-in browser's calls: its cookie goes with each."""

    app: Flask
    cookie: str = ""

    def get(self, path: str) -> Callable[[], str]:
        """Give a call that fetches a page and answers its text; AssertionError unless it is answered with 200."""
        return self._call(path, None, {})

    def post(self, path: str, fields: Mapping[str, str], **headers: str) -> str:
        """Send a form, urlencoded, and give the answer's text; AssertionError unless it is 200 or 303."""
        return self._call(path, urlencode(fields).encode(), headers)()

    def _call(self, path: str, body: bytes | None, headers: Mapping[str, str]) -> Callable[[], str]:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        builder = EnvironBuilder(
            path=path.partition("?")[0], query_string=path.partition("?")[2], method="GET" if body is None else "POST",
            headers={"Cookie": self.cookie, "Accept-Language": "ja", "User-Agent": "test", **given},
            content_type=None if body is None else "application/x-www-form-urlencoded", data=body)
        environ = builder.get_environ()

        def call() -> str:
            told: list[str] = []
            asked = {**environ, "wsgi.input": io.BytesIO(body or b"")}
            answer = self.app.wsgi_app(asked, lambda status, headers, error=None: told.append(status) or bytes)
            text = b"".join(answer).decode()
            getattr(answer, "close", lambda: None)()
            assert told[0][:3] in ("200", "303"), (path, told, text[:500])
            return text

        return call


def signed_in(world: World, member: Member) -> Caller:
    """Give the calls of a member of the world's cast."""
    browser = client(world.app, world.cellar, member)
    browser.get("/privacy")  # a first page puts the form token's half into the cookie
    cookie = browser.get_cookie("portal")
    assert cookie is not None
    return Caller(world.app, f"portal={cookie.value}")


def token(page: str) -> str:
    """Give the form token of a page."""
    found = TOKEN.search(page)
    assert found, page[:500]
    return found[1]


def cpu_ms(act: Callable[[], object], times: int = TIMES) -> float:
    """Give the CPU milliseconds of an act, as the mean of some times."""
    start = time.process_time()
    for _ in range(times):
        act()
    return (time.process_time() - start) * 1000 / times


def beside(*acts: Callable[[], object], rounds: int = ROUNDS) -> Sequence[list[float]]:
    """Give each act's CPU milliseconds, one of each in turn after a warming-up, so that a slow moment hits them all."""
    for act in acts:
        cpu_ms(act)
    measured: list[list[float]] = [[] for _ in acts]
    for _ in range(rounds):
        for act, values in zip(acts, measured, strict=True):
            values.append(cpu_ms(act))
    return measured


def ratio(act: Callable[[], object], floor: Callable[[], object], rounds: int = ROUNDS) -> Figure:
    """Give an act's CPU with the floor's beside it."""
    taken, least = beside(act, floor, rounds=rounds)
    return figure(taken, "CPU ms", least)


def growth(small: Callable[[], object], large: Callable[[], object], rounds: int = ROUNDS) -> Figure:
    """Give by how much more an act takes in the large world than in the small one."""
    before, after = beside(small, large, rounds=rounds)
    return figure([one / other for one, other in zip(after, before, strict=True)], "×")


def asked(cellar: Cellar, act: Callable[[], object]) -> int:
    """Give how many statements an act sends to the database."""
    told: list[str] = []

    def note(*parts: object) -> None:
        told.append(str(parts[2]))

    sa.event.listen(cellar.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        sa.event.remove(cellar.engine, "before_cursor_execute", note)
    return len(told)
