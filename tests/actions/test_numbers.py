"""Numbers of things: one series a kind and year of Japan, without gaps."""

from datetime import UTC, datetime

from portal.store.cellar import Cellar
from tests.conftest import Clock


def test_a_number_is_of_the_year_in_japan(cellar: Cellar, clock: Clock) -> None:
    clock.now = datetime(2026, 12, 31, 14, 59, tzinfo=UTC)
    with cellar.work() as work:
        assert [work.numbered(kind) for kind in "PPF"] == ["P-2026-0001", "P-2026-0002", "F-2026-0001"]
    clock.now = datetime(2026, 12, 31, 15, 0, tzinfo=UTC)
    with cellar.work() as work:
        assert (work.numbered("P"), work.numbered("R", digits=5)) == ("P-2027-0001", "R-2027-00001")
        assert work.numbered("A", 2026) == "A-2026-0001"
