"""The packet figures are of the agreed form, and unchanged sections are spared; times are printed, never asserted."""

import pytest

from tests.bench import packets

FORM = {"value", "unit", "spread", "floor", "ratio"}


def test_a_packet_is_timed_and_weighed() -> None:
    found = packets.prints(4, 1)
    assert set(packets.pages_per_s(found).told()) == FORM
    assert packets.s_per_page(found).unit == "s/page"
    assert 20 < packets.peak(found).value < 400


def test_a_large_parent_makes_no_child_look_large() -> None:
    ballast = b"x" * (600 * 2**20)
    assert packets.peak(packets.prints(2, 1)).value < 400 < len(ballast) >> 20


def test_unchanged_sections_are_spared() -> None:
    again = packets.reissue(4, 1)
    assert again.value < again.floor


@pytest.mark.slow
def test_a_seal_stands_beside_its_floor() -> None:
    assert set(packets.seal(2).told()) == FORM
