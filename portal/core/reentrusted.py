"""The tree of bodies that a party re-entrusts to: how each stands on a day, its place, and who sees which data."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

Standing = Literal["asked", "coming", "live", "lapsed", "over"]
HELD = frozenset({"consented", "listed"})
LAPSED = frozenset({"expired", "withdrawn"})
ASKED = frozenset({"draft", "submitted", "returned", "awaiting_approval"})
PLACES = ("JP", "EQ", "OTHER")
"""The places under the law (APPI Art. 28(1)), the nearest first."""
OUTERMOST = 9
"""The farthest tier that is kept; the party itself is tier 1."""


class Body(Struct, frozen=True):
    """One body of the tree; `items` are the data items it is given, by the key of the scope line they come from."""

    key: int
    above: int | None
    name: str
    country: str
    tier: int
    state: str
    starts_on: date | None
    ends_on: date | None
    items: Mapping[int, frozenset[str]]


class Seen(Struct, frozen=True):
    """Who can see one data item: bodies by name with their tier, and the countries they are in."""

    item: str
    bodies: tuple[tuple[str, int, str], ...]
    countries: tuple[str, ...]


def covered(country: str, place: str, line: tuple[str, str], party: tuple[str, str]) -> bool:
    """Say whether a line covers a body's country and its place; `line` and `party` are (place, country).

    A nearer place is covered by a farther one; outside the equivalent countries each country is named by itself.
    """
    if PLACES.index(place) > max(PLACES.index(line[0]), PLACES.index(party[0])):
        return False
    return place != "OTHER" or country in (line[1], party[1])


def standings(bodies: Iterable[Body], today: date) -> dict[int, Standing]:
    """Say how each body stands on a day (Japan); nobody stands below a body that does not."""
    by_key = {body.key: body for body in bodies}
    found: dict[int, Standing] = {}
    for body in sorted(by_key.values(), key=lambda one: one.tier):
        above = found.get(body.above) if body.above is not None else "live"
        found[body.key] = _standing(body, today, above)
    return found


def _standing(body: Body, today: date, above: Standing | None) -> Standing:
    if body.state in ASKED:
        return "asked"
    if body.state in LAPSED:
        return "lapsed"
    if body.state not in HELD:
        return "over"
    if (body.ends_on is not None and body.ends_on < today) or above in ("lapsed", "over", None):
        return "lapsed"
    begins_later = body.starts_on is not None and body.starts_on > today
    return "coming" if begins_later or above == "coming" else "live"


def ordered(bodies: Sequence[Body]) -> list[Body]:
    """Give the bodies as a tree is read: each followed by those below it, in the order they came."""
    below: dict[int | None, list[Body]] = {}
    keys = {body.key for body in bodies}
    for body in sorted(bodies, key=lambda one: one.key):
        below.setdefault(body.above if body.above in keys else None, []).append(body)
    found: list[Body] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        body = waiting.pop()
        found.append(body)
        waiting.extend(reversed(below.get(body.key, [])))
    return found


def who_sees(first: tuple[str, str], own: Mapping[int, Iterable[str]], bodies: Iterable[Body], today: date
             ) -> list[Seen]:
    """Give for each data item of the party's lines everybody who can see it: the party (name, country), then the tree.

    Bodies whose time is over or whose consent was withdrawn count until the party reports their end.
    """
    told = list(bodies)
    standing = standings(told, today)
    seen: dict[str, list[tuple[str, int, str]]] = {
        item: [(first[0], 1, first[1])] for item in sorted({item for items in own.values() for item in items})}
    for body in sorted(told, key=lambda one: (one.tier, one.key)):
        if standing[body.key] in ("live", "lapsed"):
            for item in sorted({item for items in body.items.values() for item in items}):
                seen.setdefault(item, []).append((body.name, body.tier, body.country))
    return [Seen(item, tuple(dict.fromkeys(found)), tuple(sorted({country for _, _, country in found})))
            for item, found in seen.items()]
