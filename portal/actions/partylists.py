"""Lists of parties as files: received, looked at as a plan, and taken whole or not at all."""

from collections.abc import Collection
from dataclasses import dataclass

from portal.actions import record, register
from portal.core import partylist
from portal.core.actor import Actor
from portal.core.errors import N_, BadFile, Incomplete, NotNow
from portal.core.policy import Permission
from portal.core.sheet import Book
from portal.models import PartyList
from portal.queries import partylists
from portal.store.work import Work

NO_HEADS = N_("No head row was found. The list needs a column “Name (Japanese)” or 名称 and at least one more.")
LEFT = N_("Rows %(rows)s are wrong and not left out. Mend them in the file and send it again, or leave them out.")


@dataclass(frozen=True, slots=True)
class Taken:
    """How many parties were added and amended."""

    added: int
    amended: int


def receive(work: Work, actor: Actor, name: str, book: Book) -> PartyList:
    """Hold a list for looking at; nothing in the register changes yet. BadFile where no heads are found."""
    record.require(actor, Permission.EDIT_PARTY)
    words = partylist.words(work.catalogue)
    shown = [sheet.rows for sheet in book.sheets if not sheet.hidden]
    cells = next((rows for rows in shown if partylist.read(rows, words) is not None), None)
    if cells is None:
        raise BadFile(NO_HEADS)
    row = PartyList(name=name, cells=cells, received_by_id=actor.person_id, received_at=work.now())
    work.rows.add(row)
    record.note(work, actor, row, "received", rows=len(cells))
    return row


def take(work: Work, actor: Actor, found: PartyList, left_out: Collection[int]) -> Taken:
    """Add and amend what the list says, all of it or nothing; Incomplete while a wrong row is not left out."""
    record.require(actor, Permission.EDIT_PARTY)
    if found.taken_at is not None:
        raise NotNow("This list was taken into the register already.")
    plan = partylists.plan(work.rows, found.cells, work.catalogue)
    chosen = [item for item in plan if item.row.number not in left_out]
    if wrong := [str(item.row.number) for item in chosen if item.outcome == "wrong"]:
        raise Incomplete(LEFT, {}, rows=", ".join(wrong[:20]))
    done = {"add": 0, "amend": 0, "same": 0}
    for item in chosen:
        done[item.outcome] += 1
        if item.party is None:
            register.add_party(work, actor, item.facts)
        elif item.changed:
            register.amend_party(work, actor, item.party, item.facts)
    found.taken_by_id, found.taken_at = actor.person_id, work.now()
    found.added, found.amended = done["add"], done["amend"]
    record.note(work, actor, found, "taken", added=found.added, amended=found.amended, left_out=len(left_out))
    return Taken(found.added, found.amended)
