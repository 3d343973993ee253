"""The packet figures are of the agreed form, and unchanged sections are spared; times are printed, never asserted."""

import pytest

from tests.bench import packets


def test_the_named_figures_are_there() -> None:
    assert {"packet_pages_per_s", "packet_100q_s", "packet_peak_mb", "seal_ms"} <= set(packets.FIGURES)


@pytest.mark.slow
def test_packet_figures_are_whole() -> None:
    told = packets.seal().told()
    assert set(told) == {"value", "unit", "spread", "floor", "ratio"}
    again = packets.reissue().told()
    assert set(again) == {"value", "unit", "spread", "floor", "ratio"}
    assert packets.peak(25).value < 400
