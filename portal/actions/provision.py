"""Records of provision and receipt (提供・受領の記録): set up for a line, made, and corrected by a new record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.actions import record, sharing
from portal.core.actor import Actor
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.recordkeeping import ASKED, BY_CONTRACT, MANNERS, Manner, is_reference, kept_until, looks_personal
from portal.models import Provision, RecordSetting, ScopeLine
from portal.store.work import Work

PERSONAL = N_("This looks like an individual number or a person's address. Keep it in the core system, not here.")


@dataclass(frozen=True, slots=True)
class Setting:
    """How the records of a line are kept, and what the law wants known beforehand (see models/provision)."""

    manner: str
    held_in: str
    obtained: str = ""
    ground: str = ""
    relied_on: str = ""
    statute: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """One record as it is written: kind, manner, period, count of individuals, items, reference, further texts."""

    record: str
    manner: Manner
    first_on: date
    last_on: date
    persons: int
    items: tuple[str, ...]
    reference: str
    said: Mapping[str, str]


def set_up(work: Work, actor: Actor, line: ScopeLine, said: Setting) -> RecordSetting:
    """Say how a line's records are kept, and judge the line again; the newest saying counts."""
    record.require(actor, Permission.KEEP_RECORDS, line)
    facts = work.catalogue.facts
    problems = {}
    if said.manner not in MANNERS:
        problems["manner"] = N_("Choose how the records are made")
    if not said.held_in.strip():
        problems["held_in"] = N_("Name the register of the core system that holds the individuals")
    if said.ground and said.ground not in {row.id for row in facts.ground}:
        problems["ground"] = N_("Choose from the list")
    if said.statute and said.statute not in {row.id for row in facts.statute}:
        problems["statute"] = N_("Choose a Japanese statute from the list")
    if said.relied_on not in ("", "consent", "27_1", "27_5"):
        problems["relied_on"] = N_("Choose from the list")
    if looks_personal((said.held_in, said.obtained, said.article)):
        problems["held_in"] = PERSONAL
    if problems:
        raise Incomplete("The setting is not complete yet.", problems)
    row = RecordSetting(
        scope_id=line.id, party_id=line.party_id, manner=said.manner, held_in=said.held_in.strip(),
        obtained=said.obtained.strip(), ground=said.ground, relied_on=said.relied_on, statute=said.statute,
        article=said.article.strip(), set_by_id=actor.person_id, set_at=work.now(),
    )
    work.rows.add(row)
    record.note(work, actor, line, "records_set_up", manner=said.manner, ground=said.ground,
                relied_on=said.relied_on, statute=said.statute)
    sharing.rejudge(work, actor, line)
    return row


def make(work: Work, actor: Actor, line: ScopeLine, made: Made) -> Provision:
    """Make a record for a line; Incomplete names what is missing, and what belongs into the core system instead."""
    record.require(actor, Permission.KEEP_RECORDS, line)
    _checked(work, line, made)
    row = _row(work, actor, line, made)
    work.rows.add(row)
    _note(work, actor, row, "kept")
    return row


def correct(work: Work, actor: Actor, wrong: Provision, made: Made, reason: str) -> Provision:
    """Put a corrected record in the place of one that stays as it was; Stale when somebody corrected it before."""
    record.require(actor, Permission.KEEP_RECORDS, wrong)
    line = work.rows.get_one(ScopeLine, wrong.scope_id)
    problems = {} if reason.strip() else {"why": N_("Say what was wrong")}
    _checked(work, line, made, problems)
    row = _row(work, actor, line, made)
    row.corrects_id, row.reason = wrong.id, reason.strip()
    work.rows.add(row)
    _note(work, actor, row, "corrected", former=wrong.number, reason=Personal(reason.strip()))
    return row


def _row(work: Work, actor: Actor, line: ScopeLine, made: Made) -> Provision:
    today, kind = day_in(work.now()), work.catalogue.record_types[made.record]
    return Provision(
        number=work.numbered("R", digits=5), party_id=line.party_id, scope_id=line.id,
        record=made.record, manner=made.manner, first_on=made.first_on, last_on=made.last_on, persons=made.persons,
        items=sorted(set(made.items)), reference=made.reference.strip(), route=line.route,
        said={asked.name: made.said.get(asked.name, "").strip() for asked in ASKED[made.record]},
        edition=work.catalogue.rules.header.edition, made_by_id=actor.person_id, made_at=work.now(),
        kept_until=kept_until(kind, made.manner, today, made.last_on),
    )


def _note(work: Work, actor: Actor, row: Provision, event: str, **facts: str | Personal) -> None:
    record.note(work, actor, row, event, number=row.number, kind=row.record, manner=row.manner,
                first=row.first_on.isoformat(), last=row.last_on.isoformat(), persons=row.persons, items=row.items,
                **facts)


def _checked(work: Work, line: ScopeLine, made: Made, problems: dict[str, str] | None = None) -> None:
    """Raise Incomplete unless everything the kind of record asks is there, within the line, and of no individual."""
    problems = dict(problems or {})
    today = day_in(work.now())
    if made.record not in ASKED:
        raise Incomplete("Choose a kind of record.", {"record": N_("Choose from the list")})
    if made.manner not in MANNERS or (made.manner == "contract" and made.record not in BY_CONTRACT):
        problems["manner"] = N_("Choose how the record is made; a contract may stand for Arts. 29 and 30 only")
    if made.last_on < made.first_on or made.last_on > today:
        problems["last_on"] = N_("The last day is not before the first, and not to come")
    if made.manner == "each" and made.first_on != made.last_on:
        problems["manner"] = N_("A record of each time has one day: choose a batch for a period")
    if made.persons < 1:
        problems["persons"] = N_("Count the individuals: at least one")
    if not made.items or not set(made.items) <= set(line.items):
        problems["items"] = N_("Choose among the items of the scope line")
    if not is_reference(made.reference.strip()):
        problems["reference"] = N_("Write the reference of the core system in letters, digits, dots and hyphens")
    for asked in ASKED[made.record]:
        if not made.said.get(asked.name, "").strip():
            problems[asked.name] = N_("Write this: the record holds it")
        elif looks_personal([made.said[asked.name]]):
            problems[asked.name] = PERSONAL
    if problems:
        raise Incomplete("The record is not complete yet.", problems)
