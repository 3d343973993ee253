"""What a reviewer's hands meet: keys for a whole review, and the time from a key to its paint."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import quantiles

import sqlalchemy as sa
from playwright.sync_api import Browser

from portal.models import Verdict, Viewed
from tests.bench import renewed
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


@dataclass
class Work:
    """What is still to be met in a review: so many returns to write, so many files to open."""

    returns: int
    files: int


def judge(hand: Hand, left: Work) -> None:
    """Judge the question that is shown: open each file and turn its page, return it for a usual reason or accept it."""
    panel = hand.page.locator("[data-panel]:not([hidden])")
    files = min(left.files, panel.locator("a[target=evidence]").count())
    left.files -= files
    for number in range(files):
        hand.press(*(["e"] if number else []), "Space")  # the first one is open already
    if left.returns and panel.get_attribute("data-drawn") is None:
        left.returns -= 1
        hand.press("r", "Escape", "1", "Control+Enter")
    else:
        hand.press("a")


def to(hand: Hand, key: str) -> None:
    """Press a key that leads to another page."""
    with hand.page.expect_navigation():
        hand.press(key)


def review(hand: Hand, left: Work) -> None:
    """Judge every question that has no verdict yet, and go on to the page that finishes the review."""
    page = hand.page
    while page.locator("[data-panel]").count() > page.locator("[data-verdict]:checked").count():
        judge(hand, left)
    to(hand, "Shift+Enter")
    assert page.url.endswith("/finish"), page.url


def sample(hand: Hand, left: Work) -> None:
    """Draw the sample, read what was drawn, accept the block, and come back to the questions that are left."""
    to(hand, "s")
    to(hand, "Shift+Enter")
    to(hand, "1")
    while hand.page.locator("[data-drawn]:not(:has([data-verdict]:checked))").count():
        judge(hand, left)
    to(hand, "s")
    to(hand, "Shift+Enter")
    to(hand, "u")


def keys_review(browser: Browser, of: World) -> Figure:
    """Keys for a hundred questions with thirty files and five returns, up to the page that finishes the review."""
    left = Work(RETURNS, ATTACHMENTS)
    with at(browser, of, of.people.reviewer, unjudged(of)) as hand:
        review(hand, left)
        assert not left.returns and not left.files
        return figure([float(hand.keys)], "keys")


def keys_sampled(browser: Browser, of: World, returns: int = RETURNS) -> Figure:
    """Keys for the same where most was accepted last year: sample and block first, files of the block not opened."""
    left = Work(returns, ATTACHMENTS)
    with at(browser, of, of.people.reviewer, f"/desk/reviews/{of.reviewed}") as hand:
        sample(hand, left)
        review(hand, left)
        assert not left.returns and not hand.clicks
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
    "keys_review_100_sampled": lambda: keys_sampled(chromium(), renewed.hundred()),
    **{name: partial(lambda slower: key_to_paint(chromium(), examined(), slower), slower)
       for name, slower in (("key_to_paint_p98_ms", 1), ("key_to_paint_4x_p98_ms", 4))},
}
