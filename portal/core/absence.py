"""Absence (不在) of JMDP's people, and who decides in their stead meanwhile (代決): what may be stated."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from portal.core.actor import Role
from portal.core.errors import N_

MOST = 92
"""The longest absence in days, both ends counted: a longer one is a change of office, which is a change of roles."""
DEPUTIES = frozenset({Role.LEAD, Role.REVIEWER, Role.APPROVER})
"""Who may decide in an approver's stead; whoever only administers the portal knows none of the parties."""


@dataclass(frozen=True, slots=True)
class Stated:
    """An absence as plain values: first and last day (Japan, both counted), and the deputy's person id, if any."""

    from_on: date | None
    until_on: date | None
    deputy_id: int | None = None


def wrong(said: Stated, today: date, taken: Collection[tuple[date, date]]) -> dict[str, str]:
    """Give what is wrong with the days, by field; `taken` are the person's absences that are not over."""
    if said.from_on is None or said.from_on < today:
        return {"from_on": N_("Choose today or a day to come")}
    if said.until_on is None or said.until_on < said.from_on:
        return {"until_on": N_("Choose the last day of the absence, not before its first")}
    if (said.until_on - said.from_on).days >= MOST:
        return {"until_on": N_("At most 92 days. For a longer time, have the roles changed instead")}
    if any(begins <= said.until_on and said.from_on <= ends for begins, ends in taken):
        return {"from_on": N_(
            "An absence is stated for some of these days already. End that one first, or choose other days")}
    return {}
