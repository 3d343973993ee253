"""Records of provision and receipt: one page of them, one with its corrections, and the lines that lack one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, joinedload

from portal.core.actor import Actor
from portal.core.catalogue import Catalogue
from portal.core.dates import add_months
from portal.core.errors import NotFound
from portal.core.recordkeeping import ASKED
from portal.models import Party, Person, Provision, RecordSetting, ScopeLine
from portal.queries.visible import GONE, visible_to

PAGE = 50
MOST = 10_000
"""So many records at most go into one file."""
MONTHS = 12
"""A running line without a record for so long is asked about (a JMDP rule)."""
_later = aliased(Provision)
STANDS = ~sa.exists().where(_later.corrects_id == Provision.id)
"""The condition that nobody has corrected a record since."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the records are asked for; empty means any. `words` is the beginning of a number or reference."""

    words: str = ""
    record: str = ""
    party: str = ""
    year: int = 0
    keep: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Lacking:
    """A running line whose route wants records: when the last was, if ever, and whether they are set up."""

    line: ScopeLine
    party: Party
    records: tuple[str, ...]
    last_on: date | None
    is_set_up: bool


def listing(rows: Session, actor: Actor, wanted: Wanted, today: date) -> list[Provision]:
    """Give one page (and one more) of the records that stand, the latest first."""
    return list(rows.scalars(_asked(actor, wanted, today).limit(PAGE + 1).offset((wanted.page - 1) * PAGE)))


def every(rows: Session, actor: Actor, wanted: Wanted, today: date) -> list[Provision]:
    """Give the records that stand for a file, at most MOST (and one more, which tells of others)."""
    return list(rows.scalars(_asked(actor, wanted, today).limit(MOST + 1)))


def _asked(actor: Actor, wanted: Wanted, today: date) -> sa.Select[Provision]:
    asked = sa.select(Provision).join(Party, Party.id == Provision.party_id).where(
        visible_to(actor, Provision.party_id), STANDS).options(joinedload(Provision.party))
    if wanted.words:
        begins = wanted.words.strip()
        asked = asked.where(sa.or_(Provision.number.startswith(begins, autoescape=True),
                                   Provision.reference.startswith(begins, autoescape=True)))
    if wanted.record:
        asked = asked.where(Provision.record == wanted.record)
    if wanted.party:
        asked = asked.where(Party.public_id == wanted.party)
    if wanted.year:
        asked = asked.where(Provision.last_on.between(date(wanted.year, 4, 1), date(wanted.year + 1, 3, 31)))
    if wanted.keep == "over":
        asked = asked.where(Provision.kept_until < today)
    return asked.order_by(Provision.last_on.desc(), Provision.id.desc())


def counts(rows: Session, actor: Actor) -> Mapping[str, int]:
    """Give how many records of each kind stand."""
    return dict(rows.execute(
        sa.select(Provision.record, sa.func.count()).where(visible_to(actor, Provision.party_id), STANDS)
        .group_by(Provision.record)).all())


def chain(rows: Session, actor: Actor, public_id: str) -> list[tuple[Provision, str]]:
    """Give a record with every record it corrects or is corrected by, the oldest first, and who made each."""
    found = rows.scalar(sa.select(Provision).where(
        Provision.public_id == public_id, visible_to(actor, Provision.party_id)))
    if found is None:
        raise NotFound(GONE)
    first = found
    while first.corrects_id is not None:
        first = rows.get_one(Provision, first.corrects_id)
    told = [first]
    while (after := rows.scalar(sa.select(Provision).where(Provision.corrects_id == told[-1].id))) is not None:
        told.append(after)
    names = dict(rows.execute(sa.select(Person.id, Person.name).where(
        Person.id.in_({row.made_by_id for row in told}))).all())
    return [(row, names.get(row.made_by_id, "")) for row in told]


def of_line(rows: Session, line: ScopeLine) -> list[Provision]:
    """Give the records of a line that stand, the latest first; at most 200."""
    return list(rows.scalars(sa.select(Provision).where(Provision.scope_id == line.id, STANDS)
                             .order_by(Provision.last_on.desc(), Provision.id.desc()).limit(200)))


def setting(rows: Session, line: ScopeLine) -> RecordSetting | None:
    """Give how the records of a line are kept, as last said, or nothing."""
    return rows.scalar(sa.select(RecordSetting).where(RecordSetting.scope_id == line.id)
                       .order_by(RecordSetting.id.desc()).limit(1))


def kinds(catalogue: Catalogue, line: ScopeLine, relation: str) -> tuple[str, ...]:
    """Give the kinds of record a person makes for a line: those of its route, or of any route of its relation."""
    routes = [route for route in catalogue.rules.route if route.id == line.route] or [
        route for route in catalogue.rules.route if relation in route.when.relation]
    return tuple(dict.fromkeys(kind for route in routes for kind in route.records if kind in ASKED))


def lacking(rows: Session, actor: Actor, catalogue: Catalogue, today: date, page: int = 1) -> list[Lacking]:
    """Give a page (and one more) of running lines whose route wants records but that have none of the last year."""
    wanting = {route.id: tuple(kind for kind in route.records if kind in ASKED) for route in catalogue.rules.route}
    last = sa.select(Provision.scope_id, sa.func.max(Provision.last_on).label("on")).group_by(
        Provision.scope_id).subquery()
    is_set = sa.exists().where(RecordSetting.scope_id == ScopeLine.id)
    found = rows.execute(
        sa.select(ScopeLine, Party, last.c.on, is_set).join(Party, Party.id == ScopeLine.party_id)
        .outerjoin(last, last.c.scope_id == ScopeLine.id)
        .where(ScopeLine.state == "active", ScopeLine.route.in_([id for id, kept in wanting.items() if kept]),
               sa.or_(last.c.on.is_(None), last.c.on < add_months(today, -MONTHS)),
               visible_to(actor, ScopeLine.party_id))
        .order_by(ScopeLine.id).limit(PAGE + 1).offset((page - 1) * PAGE))
    return [Lacking(line, party, wanting[line.route], on, bool(is_set)) for line, party, on, is_set in found]


def whose(rows: Session, row: Provision) -> tuple[Party, ScopeLine]:
    """Give the party and the scope line of a record."""
    return rows.get_one(Party, row.party_id), rows.get_one(ScopeLine, row.scope_id)
