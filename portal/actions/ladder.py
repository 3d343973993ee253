"""The ladder of contracts that end: the leads are told at 90, 60 and 30 days, and on the day after (policy II.11)."""

from datetime import date

from portal.actions import letters
from portal.core.actor import SYSTEM, Role
from portal.queries import ending
from portal.store.work import Work


def tell(work: Work, day: date) -> int:
    """Write each lead one letter on the contracts that reach a step on a day (Japan); gives how many contracts.

    Told again of the same day, as by a nightly job that is retried, nobody is written to twice.
    """
    found = [row for days in ending.TOLD for row in ending.at(work.rows, SYSTEM, day, days)]
    if found:
        for reader in letters.of_role(work, Role.LEAD):
            if work.once(reader.person_id or 0, f"contracts_ending:{day.isoformat()}") is not None:
                continue
            letters.write(work, reader, "contracts_ending", day=day, contracts=[
                {"party": row.party.name(reader.language), "number": row.term.contract.number,
                 "ends_on": row.term.ends_on, "days": (row.term.ends_on - day).days, "notice_by": row.notice_by,
                 "lines": row.lines} for row in found])
    return len(found)
