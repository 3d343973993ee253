"""The portal as processes: how soon it is ready in an empty folder, its memory, and fifty people at once."""

import re
import tempfile
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from random import random
from statistics import quantiles
from urllib.parse import quote, urlencode, urlsplit

import psutil

from portal.store.cellar import utc_now
from tests.bench.calls import signed_in, token
from tests.bench.figure import Figure, figure
from tests.bench.pages import FIELD
from tests.bench.world import SMALL, World, made
from tests.served import Portal, serving

ROUNDS, PEOPLE, SECONDS, PAUSE = 5, 50, 20.0, 1.0


def first_start(rounds: int = ROUNDS) -> Figure:
    """Wall seconds from the command in an empty folder, without the demo, until pages answer."""
    taken = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            start = time.perf_counter()
            with serving(Path(folder), PORTAL_DEMO="no"):
                taken.append(time.perf_counter() - start)
    return figure(taken, "s")


def memory(rounds: int = ROUNDS) -> Figure:
    """MiB of all processes of the portal together, shared pages counted once, after a few hundred pages."""
    held = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, \
                serving(Path(folder), PORTAL_DEMO="no") as portal:
            for path in ("/", "/sign-in", "/privacy", "/accessibility", "/v/") * 60:
                urllib.request.urlopen(portal.address + path, timeout=30).close()
            family = [psutil.Process(portal.process.pid), *psutil.Process(portal.process.pid).children(recursive=True)]
            held.append(sum(process.memory_full_info().pss for process in family) / (1 << 20))
    return figure(held, "MiB")


@dataclass
class Person:
    """Somebody who opens one page after another with a second's look at each, and saves an answer in between."""

    address: str
    cookie: str
    paths: list[str]
    saves: bool
    taken: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def walk(self, until: float) -> None:
        """Go on until a moment (monotonic seconds)."""
        line = HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        time.sleep(random() * PAUSE)  # nobody begins at the same moment
        turn = 0
        while time.monotonic() < until:
            path = self.paths[turn % len(self.paths)]
            page = self._ask(line, "GET", path)
            if self.saves and "/sections/" in path and page:
                self._save(line, path, page, turn)
            turn += 1
            time.sleep(PAUSE)
        line.close()

    def _save(self, line: HTTPConnection, path: str, page: str, turn: int) -> None:
        name = next(name for name in FIELD.findall(page) if name.endswith(".comment"))
        question = name.removesuffix(".comment")
        version = re.findall(rf'name="version" value="[^"]*?({question}:\d+)', page)[0]
        text = dict(re.findall(r'name="([\w.-]+\.text)" value="([\w.-]+)" checked', page)).get(f"{question}.text", "")
        self._ask(line, "POST", path, {"csrf_token": token(page), "version": version, f"{question}.text": text,
                                       name: f"書き足し {turn}"})

    def _ask(self, line: HTTPConnection, method: str, path: str, fields: dict[str, str] | None = None) -> str:
        start = time.perf_counter()
        line.request(method, path, urlencode(fields) if fields else None, {
            "Cookie": self.cookie, "Accept": "application/json" if fields else "text/html",
            **({"Content-Type": "application/x-www-form-urlencoded", "X-Requested-With": "autosave"} if fields else {}),
        })
        answer = line.getresponse()
        body = answer.read().decode()
        self.taken.append((time.perf_counter() - start) * 1000)
        if answer.status not in (200, 409):  # two clerks at one answer are told so; nothing is lost
            self.wrong.append(f"{answer.status} {method} {path}")
        return body


def crowd(of: World, portal: Portal) -> list[Person]:
    """Twenty at the party, fifteen reviewers and fifteen leads, each with a session."""
    section = re.findall(r"/my/attestations/\w+/sections/\w+",
                         signed_in(of, of.people.clerk).get(f"/my/attestations/{of.open}")())
    desk = ["/desk/", "/desk/?tab=all", f"/desk/reviews/{of.reviewed}"]
    register = ["/desk/parties", f"/desk/parties/{of.people.party.public_id}", f"/desk/parties?q={quote('見本')}",
                "/desk/packets"]
    parts = [(of.people.clerk, ["/my/", f"/my/attestations/{of.open}", section[n % len(section)]], True)
             for n in range(20)]
    parts += [(of.people.reviewer, desk, False)] * 15 + [(of.people.lead, register, False)] * 15
    return [Person(portal.address, signed_in(of, who).cookie, paths, saves) for who, paths, saves in parts]


def mixed() -> Figure:
    """The 95th percentile in wall milliseconds of fifty people's requests; AssertionError if one is refused."""
    with made(SMALL) as of, serving(of.cellar.settings.folder, PORTAL_DEMO="no") as portal:
        of.cellar.clock = utc_now
        people = crowd(of, portal)
        until = time.monotonic() + SECONDS
        with ThreadPoolExecutor(PEOPLE) as hall:
            for walked in [hall.submit(person.walk, until) for person in people]:
                walked.result()
    wrong = [line for person in people for line in person.wrong]
    assert not wrong, wrong[:10]
    taken = [value for person in people for value in person.taken]
    percentiles = quantiles(taken, n=20)
    return Figure(round(percentiles[18], 1), "ms", (round(percentiles[9], 1), round(max(taken), 1)))


FIGURES: dict[str, Callable[[], Figure]] = {
    "first_start_s": first_start, "memory_mb": memory, "mixed_50_p95_ms": mixed,
}
