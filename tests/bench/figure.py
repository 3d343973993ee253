"""One figure of the bench: a value with its spread, and the floor measured in the same run beside it."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Told = dict[str, float | str | list[float]]


@dataclass(frozen=True)
class Figure:
    """A median with the smallest and largest value seen, and what it is compared with (0: nothing)."""

    value: float
    unit: str
    spread: tuple[float, float]
    floor: float = 0.0
    ratio: float = 0.0

    def told(self) -> Told:
        """The figure as the bench prints it; a floor that was not measured is absent."""
        compared: Told = {"floor": self.floor, "ratio": self.ratio} if self.floor else {}
        return {"value": self.value, "unit": self.unit, "spread": list(self.spread)} | compared


def figure(values: Sequence[float], unit: str, floors: Sequence[float] = ()) -> Figure:
    """The figure for some measured values, with the median of the floor's own values."""
    value = statistics.median(values)
    floor = statistics.median(floors) if floors else 0.0
    ratio = round(value / floor, 2) if floor else 0.0
    return Figure(round(value, 3), unit, (round(min(values), 3), round(max(values), 3)), round(floor, 3), ratio)


def seconds(act: Callable[[], object]) -> float:
    """Wall-clock seconds of one act."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
