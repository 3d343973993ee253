"""Risk: the tier of an engagement from its facts, the cadence from the tier, the 5×5 rating and stale acceptances."""

from datetime import date
from typing import Literal

from msgspec import Struct

Tier = Literal["critical", "high", "medium", "low"]
TIERS: tuple[Tier, ...] = ("critical", "high", "medium", "low")
MANY = 1_000
DIRECT = 2
"""The tier of a body to which the party itself re-entrusts."""
BANDS: tuple[tuple[int, Tier], ...] = ((15, "critical"), (10, "high"), (5, "medium"))


class Exposure(Struct, frozen=True):
    """What decides a tier: classes of data, persons, place and how far the party reaches (policy I.1, I.2).

    `outermost` is the farthest tier to which the data are re-entrusted; the party itself is 1.
    """

    data: frozenset[str]
    persons: int = 0
    location: str = "JP"
    remote_admin: bool = False
    payment: bool = False
    linked: bool = False
    handles: bool = True
    outermost: int = 1


class Cadence(Struct, frozen=True):
    """How often a tier is looked at, in months; no site visit by the calendar where `onsite` is empty."""

    round_months: int
    grace_months: int
    onsite_months: int | None
    approver: str


def tier(exposure: Exposure) -> Tier:
    """Give the tier: special-care and My Number data always land in the top two (JMDP rule).

    A re-entrusted body that re-entrusts in its turn makes the reach wide.
    """
    sensitive = not exposure.data.isdisjoint({"special_care", "mynumber"})
    deep = exposure.outermost > DIRECT
    if not exposure.handles:
        return "low"
    if sensitive:
        wide = exposure.persons > MANY or exposure.location == "OTHER" or exposure.remote_admin or deep
        return "critical" if wide else "high"
    ordinary = "ordinary" in exposure.data
    if (ordinary and (exposure.persons > MANY or deep)) or exposure.payment or exposure.linked:
        return "medium"
    return "low"


def known(code: str) -> Tier:
    """Give the tier of a code; one that nobody has rated is looked at as a high one."""
    return next((tier for tier in TIERS if tier == code), "high")


def cadence(of: Tier, advertising: bool = False) -> Cadence:
    """Give the cadence of a tier; advertising and analytics of the medium tier are looked at each half year."""
    if of == "critical":
        return Cadence(12, 2, 36, "secretary_general")
    if of == "high":
        return Cadence(12, 2, None, "department_head")
    if of == "medium":
        return Cadence(6 if advertising else 12, 2, None, "section_head")
    return Cadence(24, 3, None, "section_head")


def lowers(proposed: Tier, computed: Tier) -> bool:
    """Say whether a chosen tier is lower than the computed one, which needs a reason and an approver."""
    return TIERS.index(proposed) > TIERS.index(computed)


class Rating(Struct, frozen=True):
    """Likelihood and impact, each from 1 to 5."""

    likelihood: int
    impact: int

    def __post_init__(self) -> None:
        if not (1 <= self.likelihood <= 5 and 1 <= self.impact <= 5):
            raise ValueError("likelihood and impact run from 1 to 5")

    @property
    def score(self) -> int:
        """Likelihood times impact, 1 to 25."""
        return self.likelihood * self.impact

    @property
    def band(self) -> Tier:
        """The band of the score: critical from 15, high from 10, medium from 5, low below."""
        for floor, band in BANDS:
            if self.score >= floor:
                return band
        return "low"


class Acceptance(Struct, frozen=True):
    """A risk that was accepted at a rating, until a day."""

    rating: Rating
    until: date


def staleness(acceptance: Acceptance, now: Rating, as_of: date) -> Literal["", "expired", "rating_changed"]:
    """Say why an acceptance no longer stands: its day has passed, or the rating is not the one accepted."""
    if acceptance.until < as_of:
        return "expired"
    return "rating_changed" if now != acceptance.rating else ""
