"""A real Chromium on a bench-made world: pages opened by one of its cast, with every key and click counted."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from werkzeug.serving import make_server

from portal.demo.uploads import settle
from tests import peers
from tests.bench.calls import signed_in
from tests.bench.world import RUN, World, world
from tests.cast import Member
from tests.gallery import Quiet
from tests.ui.visitor import LAPTOP

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
Served = Callable[..., Iterable[Any]]
CADENCE = 150  # milliseconds between keys


@cache
def chromium() -> Browser:
    """The browser of this run."""
    play = RUN.enter_context(sync_playwright())
    return play.chromium.launch(
        executable_path=peers.program("chromium", "chromium-browser", "google-chrome"), args=ARGUMENTS)


@cache
def examined() -> World:
    """The smallest world, its files examined, so that their pages can be looked at."""
    of = world(0)
    settle(of.cellar)
    return of


@contextmanager
def site(app: Served) -> Iterator[str]:
    """An app on a free port, for the length of a block."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(10)


@dataclass
class Hand:
    """One person at one page: what is clicked and pressed is counted; words typed and files chosen are not."""

    page: Page
    clicks: int = 0
    keys: int = 0

    def click(self, place: Locator) -> None:
        """Click something that is there and wait for the page it leads to."""
        self.clicks += 1
        place.click()
        self.page.wait_for_load_state()

    def press(self, *keys: str) -> None:
        """Press keys one after another, at the pace of a quick reader."""
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(CADENCE)


@contextmanager
def at(browser: Browser, of: World, who: Member, path: str = "",
       through: Callable[[Served], Served] = lambda app: app) -> Iterator[Hand]:
    """A page of a world, opened by one of its cast who has signed in; a blank one where no path is given."""
    cookie = signed_in(of, who).cookie.removeprefix("portal=")
    with site(through(of.app)) as address:
        context = browser.new_context(base_url=address, viewport=LAPTOP, reduced_motion="reduce")
        context.add_cookies([{"name": "portal", "value": cookie, "url": address}])
        try:
            page = context.new_page()
            if path:
                page.goto(path)
            yield Hand(page)
        finally:
            context.close()
