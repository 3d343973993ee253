"""What a kill costs: somebody types without a rest until the tab, the server or the line dies; then they come back."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from random import Random, SystemRandom

import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page

from portal.core import entry
from portal.models import Answer, Attestation, LedgerEntry
from portal.store import keys, proof
from portal.store.cellar import Cellar, utc_now
from tests.actions import flow
from tests.bench.calls import signed_in
from tests.bench.clicks import CODE, laboratory
from tests.bench.figure import Figure
from tests.bench.screens import chromium
from tests.line import Line, line
from tests.served import Portal, begin
from tests.ui.visitor import LAPTOP

KILLS, KINDS = 200, ("tab", "server", "network")
QUESTION = "LAB-02"
FIELD = f"[name='{QUESTION}.comment']"
LETTERS = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
TELL = """document.addEventListener("autosave:saved", (event) => console.debug("saved " + event.detail.version));"""


@dataclass(slots=True)
class Kill:
    """One kill: what died, keys typed and kept, seconds lost up to the kill, and what is half done."""

    kind: str
    typed: int
    kept: int
    seconds: float
    faults: list[str]

    @property
    def lost(self) -> int:
        """How many keys were lost."""
        return self.typed - self.kept


@dataclass
class Typist:
    """Somebody of a party who types into one field, on a line that can be cut to a portal that can be killed."""

    cellar: Cellar
    context: BrowserContext
    line: Line
    portal: Portal
    public_id: str
    random: Random
    told: int = 0
    died: float = 0.0
    typed: list[tuple[str, float]] = field(default_factory=list)

    @property
    def place(self) -> str:
        """The address of the section."""
        section = flow.template_of(self.cellar, self.public_id).question(QUESTION).section
        return f"{self.line.address}/my/attestations/{self.public_id}/sections/{section}"

    def new_page(self) -> Page:
        """A tab whose page tells each time that it has saved."""
        page = self.context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        page.on("console", self._hear)
        return page

    def _hear(self, said: ConsoleMessage) -> None:
        if said.text.startswith("saved "):
            versions = dict(one.split(":") for one in said.text.removeprefix("saved ").split())
            self.told = max(self.told, int(versions[QUESTION]))

    def kill(self, kind: str, page: Page) -> tuple[Page, Kill]:
        """Type from an empty field on until something dies, come back and see; gives the living page."""
        page.goto(self.place)
        while page.locator(".conflict").count():
            page.locator(".conflict button").first.click()
        before = self.stands()[0]
        page.fill(FIELD, "")
        page.focus(FIELD)
        self.typed = []
        page = getattr(self, f"_kill_{kind}")(page)
        page.goto(self.place)
        kept = self.kept(page)
        text = "".join(letter for letter, _ in self.typed)
        last = self.typed[kept - 1][1] if kept else self.typed[0][1]
        seconds = max(0.0, self.died - last) if kept < len(text) else 0.0
        return page, Kill(kind, len(text), kept, seconds, self.faults(text, before))

    def kept(self, page: Page) -> int:
        """How many keys are there again: in the field, in a text that is offered beside it, or in the portal.

        A page that is opened while the one before still saves shows what stood before; what was saved then stands.
        """
        text = "".join(letter for letter, _ in self.typed)
        shown = [page.input_value(FIELD), *page.locator(".conflict .said").all_inner_texts()]
        return max(shared(text, one) for one in (*shown, self.stands()[0]))

    def type(self, page: Page, count: int, until: Callable[[], bool] = lambda: False) -> None:
        """Type so many letters or until something has happened, with a short rest now and then."""
        for _ in range(count):
            if until():
                return
            letter = self.random.choice(LETTERS)
            self.typed.append((letter, time.monotonic()))
            page.keyboard.insert_text(letter)
            page.wait_for_timeout(self.random.choice((20, 50, 80, 120, 150, 150, 600)))

    def _kill_tab(self, page: Page) -> Page:
        """Crash the tab, or close it."""
        self.type(page, self.random.randint(3, 30))
        page.wait_for_timeout(self.random.uniform(0, 500))
        self.died = time.monotonic()
        if self.random.random() < 0.5:
            with suppress(Error):  # nobody is left to answer
                page.goto("chrome://crash")
        page.close()
        return self.new_page()

    def _kill_server(self, page: Page) -> Page:
        """Kill the portal with all its processes while letters are typed, and start it again."""
        self._while_typing(page, self.portal.kill)
        self.portal = begin(self.cellar.settings.folder, "serve", PORTAL_DEMO="no")
        self.line.port = port_of(self.portal)
        return page

    def _kill_network(self, page: Page) -> Page:
        """Cut the line while letters are typed, and mend it."""
        self._while_typing(page, self.line.cut)
        self.line.mend()
        return page

    def _while_typing(self, page: Page, kill: Callable[[], None]) -> None:
        def now() -> None:
            self.died = time.monotonic()
            kill()

        killer = threading.Timer(self.random.uniform(0.1, 3), now)
        killer.start()
        self.type(page, 1000, lambda: not killer.is_alive())
        self.type(page, self.random.randint(1, 10))
        killer.join()

    def stands(self) -> tuple[str, int]:
        """The text that the portal has, and its version."""
        with self.cellar.read() as rows:
            row = rows.scalar(sa.select(Answer).where(Answer.question == QUESTION))
            return (row.comment, row.version) if row else ("", 0)

    def faults(self, text: str, before: str) -> list[str]:
        """What is half done or not as it was said: answer, count, state and ledger held against each other."""
        comment, version = self.stands()
        with self.cellar.read() as rows:
            found = rows.scalars(sa.select(Attestation).where(Attestation.public_id == self.public_id)).one()
            answers = rows.scalars(sa.select(Answer).where(Answer.attestation_id == found.id)).all()
            leaves = [entry.read(leaf.encode()) for leaf in rows.scalars(
                sa.select(LedgerEntry.leaf).where(LedgerEntry.thing == self.public_id).order_by(LedgerEntry.id))]
            ledger = proof.check(rows, keys.log_key(self.cellar.settings.keys)).faults
        saved = [leaf.facts["revision"] for leaf in leaves if leaf.facts.get("question") == QUESTION]
        begun = [leaf.event for leaf in leaves].count("attestation.start")
        wrong = {
            "the text is none that was typed": not (text.startswith(comment) or comment == before),
            "what was said to be saved is not": version < self.told,
            "versions and ledger differ": saved != list(range(1, version + 1)),
            "the count of answers is wrong": found.answered != len(answers),
            "the state is wrong": (found.state, begun) != (("in_progress", 1) if answers else ("requested", 0)),
        }
        return [name for name, is_so in wrong.items() if is_so] + ledger


def shared(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    return next((place for place, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1),
                min(len(one), len(other)))


def port_of(portal: Portal) -> int:
    """The port of a portal."""
    return int(portal.address.rpartition(":")[2])


@contextmanager
def typing(browser: Browser, seed: int) -> Iterator[Typist]:
    """Somebody with a session before a portal of their own, for the length of a block."""
    with laboratory() as of:
        of.cellar.clock = utc_now
        public_id = flow.ask(of.cellar, of.people, CODE)
        cookie = signed_in(of, of.people.clerk).cookie.removeprefix("portal=")
        portal = begin(of.cellar.settings.folder, "serve", PORTAL_DEMO="no")
        with line(port_of(portal)) as wire:
            context = browser.new_context(viewport=LAPTOP, reduced_motion="reduce")
            context.add_init_script(TELL)
            context.add_cookies([{"name": "portal", "value": cookie, "url": wire.address}])
            typist = Typist(of.cellar, context, wire, portal, public_id, Random(seed))
            try:
                yield typist
            finally:
                context.close()
                typist.portal.kill()


def killed(browser: Browser, seed: int, times: int) -> list[Kill]:
    """Kill so many times, each kind in turn."""
    found = []
    with typing(browser, seed) as typist:
        page = typist.new_page()
        for number in range(times):
            page, one = typist.kill(KINDS[number % len(KINDS)], page)
            found.append(one)
        assert typist.told, "the page never said that it had saved"
    return found


@cache
def run() -> list[Kill]:
    """The kills of this run; the seed is told, so that they can be had again."""
    seed = SystemRandom().randrange(1 << 32)
    print(f"kills: seed {seed}", file=sys.stderr, flush=True)
    return killed(chromium(), seed, KILLS)


def seconds_lost(kills: list[Kill]) -> Figure:
    """The longest typing that a kill has cost, in seconds up to the kill, beside the shortest and longest."""
    found = [one.seconds for one in kills]
    return Figure(round(max(found), 3), "s", (round(min(found), 3), round(max(found), 3)))


def half_states(kills: list[Kill]) -> Figure:
    """How many kills left something half done."""
    found = [len(one.faults) for one in kills]
    return Figure(float(sum(count > 0 for count in found)), "half states", (float(min(found)), float(max(found))))


FIGURES: dict[str, Callable[[], Figure]] = {
    "kills_seconds_lost": lambda: seconds_lost(run()), "kills_half_states": lambda: half_states(run()),
}
