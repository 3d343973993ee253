"""What a reviewer's hands meet: keys for a whole review, and the time from a key to its paint."""

from collections.abc import Callable
from functools import partial
from statistics import quantiles

import sqlalchemy as sa
from playwright.sync_api import Browser

from portal.models import Verdict, Viewed
from tests.bench.figure import Figure, figure
from tests.bench.screens import Hand, at, chromium, examined
from tests.bench.world import World

RUNS, RETURNS, ATTACHMENTS = 5, 5, 30
LISTEN = """() => { window.kept = []; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (one.name === "keydown") window.kept.push(one.duration);
}).observe({ type: "event", durationThreshold: 16, buffered: false }); }"""


def unjudged(of: World) -> str:
    """Take every verdict and mark away from the review in hand; gives its address."""
    with of.cellar.work() as work:
        work.rows.execute(sa.delete(Verdict))
        work.rows.execute(sa.delete(Viewed))
    return f"/desk/reviews/{of.reviewed}"


def review(hand: Hand, returns: int, attachments: int) -> None:
    """Judge every question by keys: open each file and turn its page, return the first few for a usual reason."""
    page, opened = hand.page, 0
    while page.locator("[data-panel]").count() > page.locator("[data-verdict]:checked").count():
        panel = page.locator("[data-panel]:not([hidden])")
        files = panel.locator("a[target=evidence]").count() if opened < attachments else 0
        opened += files
        for number in range(files):
            hand.press(*(["e"] if number else []), "Space")  # the first one is open already
        if returns:
            returns -= 1
            hand.press("r", "Escape", "1", "Control+Enter")
        else:
            hand.press("a")
    with page.expect_navigation():
        hand.press("Shift+Enter")


def keys_review(browser: Browser, of: World) -> Figure:
    """Keys for a hundred questions with thirty files and five returns, up to the page that finishes the review."""
    with at(browser, of, of.people.reviewer, unjudged(of)) as hand:
        review(hand, RETURNS, ATTACHMENTS)
        assert hand.page.url.endswith("/finish"), hand.page.url
        return figure([float(hand.keys)], "keys")


def key_to_paint(browser: Browser, of: World, slower: int, runs: int = RUNS) -> Figure:
    """The 98th percentile of milliseconds from a key to its paint, a key each 150 ms, on a CPU so much slower."""
    found = []
    for _ in range(runs):
        with at(browser, of, of.people.reviewer, unjudged(of)) as hand:
            hand.page.context.new_cdp_session(hand.page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
            hand.page.evaluate(LISTEN)
            hand.press(*("a" * hand.page.locator("[data-panel]").count()))
            hand.page.wait_for_timeout(500)
            taken = hand.page.evaluate("window.kept")
            found.append(quantiles(taken, n=50)[-1])
    return figure(found, "ms")


FIGURES: dict[str, Callable[[], Figure]] = {
    "keys_review_100": lambda: keys_review(chromium(), examined()),
    **{name: partial(lambda slower: key_to_paint(chromium(), examined(), slower), slower)
       for name, slower in (("key_to_paint_p98_ms", 1), ("key_to_paint_4x_p98_ms", 4))},
}
