"""Re-entrustment (再委託) from the party's side: drafted, sent as a request or a report, taken back, ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from portal.actions import letters, record, touching
from portal.core import reentrustment
from portal.core.actor import Actor, Role
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete, NotNow
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.reentrusted import HELD, OUTERMOST
from portal.core.reentrustment import Wish
from portal.core.workflow import Move
from portal.models import Contract, Evidence, Party, Reentrustment, ReentrustmentFile, ReentrustmentLine, ScopeLine
from portal.queries import reentrustment as asked
from portal.store.work import Work

OPEN = ("draft", "returned")
"""The states in which the party may change what it says."""
OVER = N_("The contract is no longer in force, so this cannot be sent.")
NOT_WHOLE = "The request is not complete yet. See the fields marked below."


@dataclass(frozen=True, slots=True)
class Said:
    """What the party says of a body; `items` are data items by the public id of the scope line they come from.

    `under` is the public id of the body of its own tree above it, "" for one directly below the party.
    """

    name_ja: str = ""
    name_en: str = ""
    country: str = ""
    legal_id: str = ""
    named_at: str = ""
    work: str = ""
    reason: str = ""
    safeguards: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    under: str = ""
    items: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def begin(work: Work, actor: Actor, contract: Contract, said: Said) -> Reentrustment:
    """Begin a draft under one of the party's contracts; Incomplete where it forbids that or is over, or for a field."""
    record.require(actor, Permission.ANSWER, contract)
    refused = reentrustment.refusal(work.catalogue.reentrustment_modes.get(contract.reentrustment_mode))
    last = asked.last_day(work.rows, contract.id)
    if refused is None and (last is None or last < day_in(work.now())):
        refused = OVER
    if refused:
        raise Incomplete(refused, {"under": refused})
    row = Reentrustment(
        number=work.numbered("S"), party_id=contract.party_id, contract_id=contract.id,
        tier=2, made_by_id=actor.person_id, made_at=work.now())
    lines = _write(work, row, said)
    work.rows.add(row)
    work.rows.flush()
    _keep_lines(work, row, lines)
    record.note(work, actor, row, "begun", tier=row.tier, name=Personal(row.name_ja))
    return row


def save(work: Work, actor: Actor, row: Reentrustment, said: Said, version: int | None = None) -> None:
    """Keep what a draft or a returned request says; Stale when a colleague changed it meanwhile."""
    record.require(actor, Permission.ANSWER, row)
    _open(row)
    record.unchanged(row, version)
    _keep_lines(work, row, _write(work, row, said))
    flag_modified(row, "name_ja")  # a change of lines alone is a change of the request too
    record.note(work, actor, row, "saved", tier=row.tier, name=Personal(row.name_ja))


def send(work: Work, actor: Actor, row: Reentrustment) -> None:
    """Send it to JMDP as the contract's mode asks: for consent or permission, or as a report. An officer does."""
    record.require(actor, Permission.SUBMIT_REENTRUSTMENT, row)
    _open(row)
    contract = work.rows.get_one(Contract, row.contract_id)
    mode = work.catalogue.reentrustment_modes.get(contract.reentrustment_mode)
    refused = reentrustment.refusal(mode)
    if refused or mode is None:
        raise Incomplete(NOT_WHOLE, {"under": refused or reentrustment.UNKNOWN})
    wish = wished(work, row)
    wrong = reentrustment.problems(wish, mode, day_in(work.now())) | _contract(work, row) | _above(work, row)
    if wrong:
        raise Incomplete(NOT_WHOLE, wrong)
    row.way = reentrustment.way(mode, wish.classes)
    row.submitted_at, row.submitted_by_id, row.reply, row.opinion = work.now(), actor.person_id, "", ""
    kind = Move.APPLY if row.way in reentrustment.DECIDED else Move.REPORT
    record.move(work, actor, row, kind, way=row.way, tier=row.tier, country=row.country,
                starts=str(row.starts_on), ends=str(row.ends_on), name=Personal(row.name_ja))
    if kind is Move.REPORT:
        touch(work, row)
    tell_desk(work, row, kind.value, Role.REVIEWER if kind is Move.APPLY else Role.LEAD)


def take_back(work: Work, actor: Actor, row: Reentrustment) -> None:
    """Take a draft or a request back before JMDP has passed it on."""
    record.require(actor, Permission.ANSWER, row)
    record.move(work, actor, row, Move.TAKE_BACK)


def end(work: Work, actor: Actor, row: Reentrustment, said: str, on: date | None) -> None:
    """Report that a body no longer handles the data, since when, and what became of them there."""
    record.require(actor, Permission.ANSWER, row)
    wrong = {} if said.strip() else {"said": N_("Write whether the data there were given back or erased, and how")}
    if on is None or on > day_in(work.now()):
        wrong["on"] = N_("Choose today or a day before")
    if asked.held_below(work.rows, row):
        wrong["said"] = N_("Report the end of the bodies below it first")
    if wrong:
        raise Incomplete("Something is missing. See the fields marked below.", wrong)
    record.move(work, actor, row, Move.END, on=str(on), said=Personal(said.strip()))
    touch(work, row)
    tell_desk(work, row, Move.END.value, Role.LEAD, said.strip())


def link(work: Work, actor: Actor, row: Reentrustment, evidence: Evidence) -> None:
    """Let a request rest on a file of the same party while it is in the party's hands; twice is once."""
    record.require(actor, Permission.ANSWER, row)
    _open(row)
    if evidence.party_id != row.party_id or evidence.state in ("refused", "purged"):
        raise Incomplete("This file cannot be used here. Choose another one.", {"file": N_("Choose another file")})
    if work.rows.scalar(sa.select(ReentrustmentFile.id).where(
            ReentrustmentFile.reentrustment_id == row.id, ReentrustmentFile.evidence_id == evidence.id)) is None:
        work.rows.add(ReentrustmentFile(reentrustment_id=row.id, party_id=row.party_id, evidence_id=evidence.id,
                                        linked_by_id=actor.person_id, linked_at=work.now()))
        record.note(work, actor, row, "file_attached", evidence=evidence.public_id, digest=evidence.digest)


def barred(work: Work, row: Reentrustment) -> str | None:
    """Give the sentence for why the contract, as it stands now, lets nobody consent to a request, or nothing."""
    contract = work.rows.get_one(Contract, row.contract_id)
    mode = work.catalogue.reentrustment_modes.get(contract.reentrustment_mode)
    return reentrustment.refusal(mode, wished(work, row).classes)


def wished(work: Work, row: Reentrustment) -> Wish:
    """Give what a row says as the core judges it."""
    items = asked.items_of(work.rows, row)
    named = frozenset[str]().union(*items.values())
    texts = {"work": row.work, "reason": row.reason, "safeguards": row.safeguards, "named_at": row.named_at}
    return Wish(row.name_ja, row.country, row.legal_id, texts, len(named), row.starts_on, row.ends_on,
                work.catalogue.classes(named))


def touch(work: Work, row: Reentrustment) -> None:
    """Have the party's lines judged again: a fact they rest on has changed."""
    touching.party(work, work.rows.get_one(Party, row.party_id))


def tell_desk(work: Work, row: Reentrustment, what: str, role: Role, said: str = "") -> None:
    """Write to JMDP's people of a role of what happened to a request."""
    party = work.rows.get_one(Party, row.party_id)
    for reader in letters.of_role(work, role):
        letters.write(work, reader, "reentrustment_desk", thing=row.public_id, row=row, what=what, said=said,
                      party=party.name(reader.language))


def _open(row: Reentrustment) -> None:
    if row.state not in OPEN:
        raise NotNow("This cannot be done in the present state. Reload the page to see where it stands.")


def _write(work: Work, row: Reentrustment, said: Said) -> dict[int, list[str]]:
    """Put what was said on the row; gives the lines to keep. Incomplete for what even a draft cannot hold."""
    lines, wrong = _lines(work, row, said)
    parent = _parent(work, row, said.under)
    if said.under and parent is None:
        wrong["under"] = N_("Choose a body of your own tree that JMDP knows")
    wish = Wish(said.name_ja, said.country.strip().upper(), said.legal_id.strip(), {
        "name_en": said.name_en, "named_at": said.named_at, "work": said.work, "reason": said.reason,
        "safeguards": said.safeguards}, len(lines), said.starts_on, said.ends_on)
    wrong |= reentrustment.shape(wish)
    if wrong:
        raise Incomplete(NOT_WHOLE, wrong)
    row.parent_id, row.tier = (parent.id, parent.tier + 1) if parent else (None, 2)
    row.name_ja, row.name_en, row.country = said.name_ja.strip(), said.name_en.strip(), wish.country
    row.legal_id, row.named_at, row.work = wish.legal_id, said.named_at.strip(), said.work.strip()
    row.reason, row.safeguards = said.reason.strip(), said.safeguards.strip()
    row.starts_on, row.ends_on = said.starts_on, said.ends_on
    return lines


def _parent(work: Work, row: Reentrustment, under: str) -> Reentrustment | None:
    """The body above: of the same party and contract, and one that JMDP knows."""
    return work.rows.scalar(sa.select(Reentrustment).where(
        Reentrustment.public_id == under, Reentrustment.party_id == row.party_id,
        Reentrustment.contract_id == row.contract_id, Reentrustment.state.in_(HELD),
        Reentrustment.tier < OUTERMOST)) if under else None


def _lines(work: Work, row: Reentrustment, said: Said) -> tuple[dict[int, list[str]], dict[str, str]]:
    """The chosen items by line: of lines of the contract alone, and only items that those lines share."""
    found = {line.public_id: line for line in work.rows.scalars(sa.select(ScopeLine).where(
        ScopeLine.contract_id == row.contract_id, ScopeLine.state != "ended",
        ScopeLine.public_id.in_(sorted(said.items))))}
    foreign = any(name not in found or not set(items) <= set(found[name].items) for name, items in said.items.items())
    kept = {found[name].id: sorted(set(items)) for name, items in said.items.items() if name in found and items}
    return kept, {"items": N_("Choose data items of your own contract")} if foreign else {}


def _keep_lines(work: Work, row: Reentrustment, lines: Mapping[int, list[str]]) -> None:
    work.rows.execute(sa.delete(ReentrustmentLine).where(ReentrustmentLine.reentrustment_id == row.id))
    work.rows.add_all(ReentrustmentLine(reentrustment_id=row.id, party_id=row.party_id, scope_id=scope, items=items)
                      for scope, items in sorted(lines.items()))


def _contract(work: Work, row: Reentrustment) -> dict[str, str]:
    """What the contract bounds: nothing is asked for under one that has ended, nor for longer than it runs."""
    last = asked.last_day(work.rows, row.contract_id)
    if last is None or last < day_in(work.now()):
        return {"under": OVER}
    if row.ends_on and row.ends_on > last:
        return {"ends_on": N_("The contract ends earlier: choose a day up to then")}
    return {}


def _above(work: Work, row: Reentrustment) -> dict[str, str]:
    """What a body may not exceed: the days and the data of the one above it."""
    parent = work.rows.get(Reentrustment, row.parent_id) if row.parent_id else None
    if parent is None:
        return {}
    if parent.state not in HELD:
        return {"under": N_("The body above no longer stands: choose another one")}
    wrong, theirs = {}, asked.items_of(work.rows, parent)
    if any(not items <= theirs.get(line, frozenset()) for line, items in asked.items_of(work.rows, row).items()):
        wrong["items"] = N_("The body above is not given some of these items")
    if row.ends_on and parent.ends_on and row.ends_on > parent.ends_on:
        wrong["ends_on"] = N_("The body above ends earlier: choose a day up to then")
    return wrong
