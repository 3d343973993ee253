"""Who is at work just now: a fresh draft is a sign, an old one is not, a clock slightly behind is no fault."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.core.presence import minutes_ago

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "minutes"), [
    (0, 0), (59, 0), (60, 1), (599, 9), (600, None), (86400, None), (-5, 0)])
def test_a_draft_is_a_sign_for_ten_minutes(seconds: int, minutes: int | None) -> None:
    assert minutes_ago(NOW - timedelta(seconds=seconds), NOW) == minutes
