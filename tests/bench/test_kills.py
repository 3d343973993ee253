"""A few kills of each kind, counted in keys and not in seconds: nothing half done, and no word lost."""

import pytest
from playwright.sync_api import Browser

from tests.bench import kills
from tests.bench.kills import Kill

ASK = 9


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_kill_costs_no_word_and_leaves_nothing_half_done(browser: Browser) -> None:
    """A tab that crashes may take the key just pressed with it; all else waits in the browser or in the portal."""
    found = kills.killed(browser, 4, ASK)
    assert [(one.kind, one.faults) for one in found] == [(kind, []) for kind in kills.KINDS * (ASK // 3)]
    assert {one.kind: one.lost for one in found if one.lost > (one.kind == "tab")} == {}
    assert sum(one.kept for one in found) > ASK


def test_the_figures_are_the_worst_of_all() -> None:
    found = [Kill("tab", 9, 9, 0.0, []), Kill("server", 9, 7, 1.25, ["the state is wrong"])]
    assert kills.seconds_lost(found).told() == {"value": 1.25, "unit": "s", "spread": [0.0, 1.25]}
    assert kills.half_states(found).told() == {"value": 1.0, "unit": "half states", "spread": [0.0, 1.0]}
