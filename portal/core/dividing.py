"""WHETHER a section may be given to a colleague: who is there, by which day, and what a colleague changed meanwhile."""

from collections.abc import Collection, Mapping
from datetime import date

from msgspec import Struct

from portal.core.dates import BadDate, read_date
from portal.core.errors import N_

PERSON = N_("Choose a colleague who has an account here")
DAY = N_("Choose a day from today to the due day of the checklist")


class Part(Struct, frozen=True):
    """Who answers a section (a person's public id, empty for nobody) and by which day (Japan)."""

    person: str = ""
    due_on: date | None = None

    @property
    def code(self) -> str:
        """The part as a form carries it, to tell later what was seen."""
        return f"{self.person}:{self.due_on.isoformat() if self.due_on else ''}"


class Wish(Struct, frozen=True):
    """What somebody chose for a section: a person and a day as typed, and the part that they had seen."""

    person: str
    due: str
    seen: str

    @property
    def is_untouched(self) -> bool:
        """Whether it was left as it was seen, whatever has become of it since."""
        return f"{self.person}:{self.due}" == self.seen

    def part(self, latest: date) -> Part:
        """Give the part that is wished for; without a day it is the latest one. BadDate when it is none."""
        if not self.person:
            return Part()
        return Part(self.person, read_date(self.due) if self.due.strip() else latest)


NOBODY = Part()


def latest(due_on: date, today: date) -> date:
    """The last day a section may be due: the checklist's own, or today where that has passed."""
    return max(due_on, today)


def problems(wish: Wish, colleagues: Collection[str], today: date, due_on: date) -> dict[str, str]:
    """Say what is wrong with a wish, by field ('person', 'due'); nothing when it can be kept."""
    if wish.is_untouched or not wish.person:
        return {}
    found = {} if wish.person in colleagues else {"person": PERSON}
    try:
        fits = today <= (wish.part(latest(due_on, today)).due_on or due_on) <= latest(due_on, today)
    except BadDate:
        fits = False
    return found if fits else found | {"due": DAY}


def settle(wishes: Mapping[str, Wish], stands: Mapping[str, Part], last: date) -> tuple[dict[str, Part], list[str]]:
    """Hold wishes against what stands; gives (what changes, the sections that somebody else changed meanwhile)."""
    changes: dict[str, Part] = {}
    clashes: list[str] = []
    for section, wish in wishes.items():
        if wish.is_untouched:
            continue
        now, wanted = stands.get(section, NOBODY), wish.part(last)
        if wanted == now or wanted.code == wish.seen:
            continue
        if now.code != wish.seen:
            clashes.append(section)
        else:
            changes[section] = wanted
    return changes, clashes
