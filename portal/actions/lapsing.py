"""Re-entrustments that end: both sides are told at 90, 60 and 30 days and on the day after; then their time is over."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from portal.actions import consent, letters
from portal.actions.letters import Reader
from portal.core.actor import SYSTEM, Role
from portal.core.reentrusted import HELD
from portal.models import Party, Reentrustment
from portal.queries import reentrustment
from portal.store.work import Work


def tell(work: Work, day: date) -> int:
    """Write the leads one letter, and each party one of its own, on what reaches a step on a day (Japan).

    Gives how many bodies; told again of the same day, as by a nightly job that is retried, nobody is written to twice.
    """
    found = [row for days in reentrustment.TOLD for row in reentrustment.at(work.rows, day, days)]
    by_party: defaultdict[int, list[Reentrustment]] = defaultdict(list)
    for row in found:
        by_party[row.party_id].append(row)
    if found:
        _write(work, letters.of_role(work, Role.LEAD), found, day)
    for party_id, rows in by_party.items():
        _write(work, letters.of_party(work, work.rows.get_one(Party, party_id)), rows, day)
    return len(found)


def lapse(work: Work, key: int) -> None:
    """Let the time of one body be over, unless the party has reported its end, or JMDP withdrawn it, meanwhile."""
    row = work.rows.get_one(Reentrustment, key)
    if row.state in HELD:
        consent.lapse(work, SYSTEM, row)


def _write(work: Work, readers: Iterable[Reader], rows: list[Reentrustment], day: date) -> None:
    for reader in readers:
        key = f"reentrustment_ending:{day.isoformat()}:{reader.party_id or 0}"
        if reader.person_id and work.once(reader.person_id, key) is not None:
            continue
        letters.write(work, reader, "reentrustment_ending", day=day, mine=reader.party_id is not None, bodies=[
            {"party": row.party.name(reader.language), "number": row.number,
             "name": row.name(reader.language), "tier": row.tier, "ends_on": row.ends_on,
             "days": (row.ends_on - day).days if row.ends_on else 0} for row in rows])
