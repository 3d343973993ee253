"""Every figure of use in small, in the one browser: counted, weighed, and of the agreed form; times never asserted."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.bench import clicks, hands, weights
from tests.bench.screens import at
from tests.bench.world import World, made


@pytest.fixture(scope="module")
def of() -> Iterator[World]:
    """A world with short checklists, whose files wait for their examination."""
    with made(0, 12) as small:
        yield small


def test_keys_and_paints_are_counted(browser: Browser, of: World) -> None:
    with at(browser, of, of.people.reviewer, hands.unjudged(of)) as hand:
        hands.review(hand, returns=1, attachments=1)
        assert hand.page.url.endswith("/finish")
        assert 11 + 4 + 1 <= hand.keys <= 11 + 4 + 1 + 2
    assert hands.key_to_paint(browser, of, 1, runs=1).unit == "ms"


def test_clicks_stay_where_they_are(browser: Browser) -> None:
    assert clicks.returns(browser).value <= 2
    assert clicks.renewal(browser).value <= 32


def test_first_views_are_weighed(browser: Browser, of: World) -> None:
    assert 5 < weights.weight(browser, of, "task_list").value <= 30
    assert weights.paint(browser, of, "desk", runs=1).unit == "ms"
    assert 0 < weights.files("css").value <= 16
