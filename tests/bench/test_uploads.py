"""The upload figures are of the agreed form and their memory stays flat; times are printed, never asserted."""

from functools import partial

from tests.bench import uploads
from tests.bench.figure import figure


def test_upload_figures_are_whole() -> None:
    told = uploads.upload(5).told()
    assert set(told) == {"value", "unit", "spread", "floor", "ratio"}
    assert all(isinstance(measure, partial) for measure in uploads.FIGURES.values())


def test_memory_is_flat_in_the_size() -> None:
    assert uploads.memory(100).value < 8


def test_a_figure_is_the_median_beside_its_floor() -> None:
    assert figure([3, 1, 2], "s", [4, 2, 1]).told() == {
        "value": 2, "unit": "s", "spread": [1, 3], "floor": 2, "ratio": 1.0}
    assert figure([0.0], "MiB").told() == {"value": 0.0, "unit": "MiB", "spread": [0.0, 0.0]}
