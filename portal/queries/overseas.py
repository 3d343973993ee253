"""Overseas sheets: which parties receive data in which country outside Japan, and how their statements stand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core import overseas
from portal.core.actor import Actor
from portal.core.errors import NotFound
from portal.core.overseas import SUBJECTS, Outcome, Said, Standing, Subject
from portal.models import Evidence, OverseasStatement, Party, Person, ScopeLine, ScopeStatement
from portal.queries.visible import GONE, visible_to

PAGE = 50
MOST = 10_000
"""So many sheets at most go into one file."""
ABROAD = ("OTHER", "EQ")
_NEAR = tuple((column == place, which) for place in ABROAD
              for column, which in ((ScopeLine.location, "line"), (Party.location, "party")))
LOCATION: sa.ColumnElement[str] = sa.case(
    *((of, place) for place in ABROAD for of in (ScopeLine.location == place, Party.location == place)), else_="JP")
"""The farther place of line and party, as the law table judges a line."""
COUNTRY: sa.ColumnElement[str] = sa.case(
    *((of, ScopeLine.country if which == "line" else Party.country) for of, which in _NEAR), else_="JP")
"""The country of that place; the line's own where both are as far."""


@dataclass(frozen=True, slots=True)
class Place:
    """A country in which a party receives data: the farthest kind of place, lines that have not ended, and running."""

    party: Party
    country: str
    location: str
    lines: int
    running: int
    wanted: frozenset[Subject]


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement with who made it, the name of its file and its last day, that of the proof included."""

    row: OverseasStatement
    by: str
    file: str
    said: Said


@dataclass(frozen=True, slots=True)
class Sheet:
    """A place with its newest statement on each subject."""

    place: Place
    newest: Mapping[Subject, Stated] = field(default_factory=dict)

    @property
    def due(self) -> date | None:
        """The next last day of what stands, or nothing."""
        return overseas.next_due({subject: one.said for subject, one in self.newest.items()})

    def standing(self, subject: Subject, today: date) -> Standing:
        """Say how a subject stands."""
        one = self.newest.get(subject)
        return overseas.standing(one.said if one else None, today, wanted=subject in self.place.wanted)


def place_of(line: ScopeLine, party: Party) -> tuple[str, str]:
    """Give the farther place of a line and its party, and its country."""
    for place in ABROAD:
        if line.location == place:
            return place, line.country
        if party.location == place:
            return place, party.country
    return "JP", "JP"


def listing(rows: Session, actor: Actor, page: int = 1, party: str = "", most: int = PAGE) -> list[Sheet]:
    """Give one page (and one more) of sheets, by the party's name; with a party's public id only its own."""
    asked = (_places(actor).order_by(Party.name_ja, Party.id, "receives_in")
             .limit(most + 1).offset((page - 1) * most))
    if party:
        asked = asked.where(Party.public_id == party)
    places = [_place(row) for row in rows.execute(asked)]
    stated = _newest(rows, {place.party.id for place in places})
    return [Sheet(place, stated.get((place.party.id, place.country), {})) for place in places]


def one(rows: Session, actor: Actor, public_id: str, country: str) -> Sheet:
    """Give the sheet of a party for a country, NotFound where neither a line nor a statement is there."""
    for sheet in listing(rows, actor, 1, public_id, most=MOST):
        if sheet.place.country == country:
            return sheet
    party = rows.scalar(sa.select(Party).where(Party.public_id == public_id, visible_to(actor, Party.id)))
    stated = _newest(rows, {party.id}).get((party.id, country)) if party else None
    if party is None or stated is None:
        raise NotFound(GONE)
    return Sheet(Place(party, country, "", 0, 0, frozenset()), stated)


def history(rows: Session, actor: Actor, sheet: Sheet) -> list[Stated]:
    """Give every statement of a sheet, the newest first; at most 200."""
    return _stated(rows, _joined().where(
        OverseasStatement.party_id == sheet.place.party.id, OverseasStatement.country == sheet.place.country,
        visible_to(actor, OverseasStatement.party_id)).order_by(OverseasStatement.id.desc()).limit(200))


def sheets_of(rows: Session, party_ids: Iterable[int]) -> dict[tuple[int, str], overseas.Sheet]:
    """Give the newest statement on each subject as core/overseas holds it, by party and country."""
    return {where: {subject: one.said for subject, one in found.items()}
            for where, found in _newest(rows, party_ids).items()}


def lost(rows: Session, parties: Mapping[int, Party], lines: Iterable[ScopeLine], end: datetime) -> set[int]:
    """Give the lines whose equivalent measures were no longer assured before a moment.

    The newest check of the line's sheet says so; where there is none, the newest statement on the line itself.
    """
    checks = rows.scalars(sa.select(OverseasStatement).where(
        OverseasStatement.party_id.in_(parties), OverseasStatement.subject == "check",
        OverseasStatement.made_at < end).order_by(OverseasStatement.id))
    sheets = {(row.party_id, row.country): row.outcome == "stop" for row in checks}
    told = {row.scope_id: row.value == "yes" for row in rows.scalars(sa.select(ScopeStatement).where(
        ScopeStatement.party_id.in_(parties), ScopeStatement.fact == "eq_assurance_lost",
        ScopeStatement.stated_at < end).order_by(ScopeStatement.id))}
    found = set()
    for line in lines:
        place, country = place_of(line, parties[line.party_id])
        stated = told.get(line.id, False)
        if sheets.get((line.party_id, country), stated) if place == "OTHER" else stated:
            found.add(line.id)
    return found


def _places(actor: Actor) -> sa.Select[Party, str, str, int, int, int, int]:
    def count(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.sum(sa.case((condition, 1), else_=0))

    # Two indexed reads: lines that are abroad themselves, and lines of parties that are.
    abroad = sa.union(
        sa.select(ScopeLine.id).where(ScopeLine.location.in_(ABROAD)),
        sa.select(ScopeLine.id).join(Party, Party.id == ScopeLine.party_id).where(Party.location.in_(ABROAD)))
    return (sa.select(Party, COUNTRY.label("receives_in"), sa.func.max(LOCATION), sa.func.count(),
                      count(ScopeLine.state == "active"), count(ScopeLine.route.like("%EQSYS")),
                      count(ScopeLine.route.like("%FX-CONSENT")))
            .select_from(ScopeLine).join(Party, Party.id == ScopeLine.party_id)
            .where(ScopeLine.id.in_(abroad), ScopeLine.state != "ended", visible_to(actor, ScopeLine.party_id))
            .group_by(Party.id, "receives_in"))


def _place(row: sa.Row[Party, str, str, int, int, int, int]) -> Place:
    party, country, location, lines, running, by_system, by_consent = row
    return Place(party, country, location, lines, running, overseas.wanted(
        location, by_system=by_system > 0, by_consent=by_consent > 0))


def _joined() -> sa.Select[OverseasStatement, str, str, date | None]:
    return (sa.select(OverseasStatement, Person.name, Evidence.name, Evidence.valid_to)
            .join(Person, Person.id == OverseasStatement.made_by_id)
            .outerjoin(Evidence, Evidence.id == OverseasStatement.evidence_id))


def _newest(rows: Session, party_ids: Iterable[int]) -> Mapping[tuple[int, str], dict[Subject, Stated]]:
    newest = sa.select(sa.func.max(OverseasStatement.id)).where(
        OverseasStatement.party_id.in_(sorted(party_ids))).group_by(
        OverseasStatement.party_id, OverseasStatement.country, OverseasStatement.subject)
    found: defaultdict[tuple[int, str], dict[Subject, Stated]] = defaultdict(dict)
    subjects: dict[str, Subject] = {subject: subject for subject in SUBJECTS}
    for one in _stated(rows, _joined().where(OverseasStatement.id.in_(newest))):
        found[one.row.party_id, one.row.country][subjects[one.row.subject]] = one
    return found


def _stated(rows: Session, asked: sa.Select[OverseasStatement, str, str, date | None]) -> list[Stated]:
    outcomes: dict[str, Outcome] = {"": "", **{outcome: outcome for outcome in overseas.OUTCOMES}}
    return [Stated(row, by, file or "", Said(
        row.made_on, min(filter(None, (row.valid_to, ends))), outcomes[row.outcome]))
        for row, by, file, ends in rows.execute(asked)]
