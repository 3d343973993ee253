"""Every figure of use in small, in the one browser: counted, weighed, and of the agreed form; times never asserted."""

from collections import Counter
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser

from portal.models import Attestation, Verdict
from tests.bench import clicks, hands, renewed, weights
from tests.bench.screens import at
from tests.bench.world import World, made


@pytest.fixture(scope="module")
def of() -> Iterator[World]:
    """A world with short checklists, whose files wait for their examination."""
    with made(0, 12) as small:
        yield small


def test_keys_and_paints_are_counted(browser: Browser, of: World) -> None:
    with at(browser, of, of.people.reviewer, hands.unjudged(of)) as hand:
        hands.review(hand, hands.Work(returns=1, files=1))
        assert 11 + 4 + 1 <= hand.keys <= 11 + 4 + 1 + 2
    assert hands.key_to_paint(browser, of, 1, runs=1).unit == "ms"


def test_a_sample_is_drawn_and_a_block_accepted_by_keys_alone(browser: Browser) -> None:
    with renewed.made(24, 10) as of:
        keys = hands.keys_sampled(browser, of, returns=1).value
        with of.cellar.read() as rows:
            judged = Counter((row.verdict, row.draw_id is not None) for row in rows.scalars(sa.select(Verdict)
                             .join(Attestation, Attestation.id == Verdict.attestation_id)
                             .where(Attestation.public_id == of.reviewed)))
    assert judged["conforms", True] >= 3 and judged["return", False] == 1 and judged.total() == 24
    assert keys <= 24 - judged["conforms", True] + 4 + 6 + 10


def test_clicks_stay_where_they_are(browser: Browser) -> None:
    assert clicks.returns(browser).value <= 2
    assert clicks.renewal(browser).value <= 20
    assert clicks.renewal(browser, changed=14, files=10).value <= 65


def test_first_views_are_weighed(browser: Browser, of: World) -> None:
    assert 5 < weights.weight(browser, of, "task_list").value <= 30
    assert weights.paint(browser, of, "desk", runs=1).unit == "ms"
    assert 0 < weights.files("css").value <= 16
