"""A party's risk: the tier its facts give, with reasons; the rating that stands, and whether it is accepted."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core import risk
from portal.core.actor import Actor
from portal.core.catalogue import Catalogue
from portal.core.risk import Exposure, Rating, Tier
from portal.core.sentences import sentence
from portal.core.supervision import Reason
from portal.models import Engagement, Party, Person, Provision, RiskAcceptance, RiskRating, ScopeLine, TierProposal
from portal.queries import reentrusted
from portal.queries.facts import PLACES
from portal.queries.visible import visible_to

YEAR = timedelta(days=365)
PAYMENT = "card"
SENSITIVE = sentence("Special-care data or My Number are shared: %(items)s")
ORDINARY = sentence("Personal data are shared, none of them special-care.")
NOTHING = sentence("No personal data are shared.")
PLACE = sentence("The farthest place is %(place)s.")
PERSONS = sentence("Records of the last year count %(persons)s individuals.")
CARDS = sentence("Payment data are shared.")
TIERS = sentence("The data are re-entrusted to %(bodies)s bodies, as far as tier %(tier)s.")
CLOUD = sentence("The party does not handle the data it stores.")


@dataclass(frozen=True, slots=True)
class Computed:
    """The tier that the facts give, and why."""

    tier: Tier
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating with who made it, and its acceptance: the row, who, and why it is stale ("" where it stands)."""

    row: RiskRating
    by: str
    acceptance: RiskAcceptance | None
    accepted_by: str
    stale: str


def computed(rows: Session, catalogue: Catalogue, party: Party, today: date) -> Computed:
    """Give the tier from the lines that have not ended, the records of a year, the places and the relations."""
    lines = list(rows.scalars(sa.select(ScopeLine).where(ScopeLine.party_id == party.id, ScopeLine.state != "ended")))
    relations = set(rows.scalars(sa.select(Engagement.relation).where(
        Engagement.party_id == party.id, sa.or_(Engagement.ended_on.is_(None), Engagement.ended_on >= today))))
    persons = rows.scalar(sa.select(sa.func.sum(Provision.persons)).where(
        Provision.party_id == party.id, Provision.last_on >= today - YEAR)) or 0
    codes = sorted({item for line in lines for item in line.items})
    bodies, outermost, places = reentrusted.reach(rows, catalogue, party, today)
    found = Exposure(
        data=catalogue.classes(codes), persons=persons, payment=PAYMENT in codes,
        location=max([party.location, *(line.location for line in lines), *places], key=PLACES.index),
        handles=relations != {"cloud_no_handling"}, outermost=outermost)
    below = [Reason("met", TIERS, {"bodies": bodies, "tier": outermost})] if bodies else []
    return Computed(risk.tier(found), (*_reasons(catalogue, found, codes), *below))


def _reasons(catalogue: Catalogue, found: Exposure, codes: list[str]) -> list[Reason]:
    items = [catalogue.data_items[code] for code in codes if code in catalogue.data_items]
    grave = tuple(item.code for item in items if item.data_class in ("special_care", "mynumber"))
    told = [Reason("met", CLOUD)] if not found.handles else []
    if grave:
        told.append(Reason("met", SENSITIVE, {"items": grave}))
    else:
        told.append(Reason("met", ORDINARY if "ordinary" in found.data else NOTHING))
    told.append(Reason("met", PERSONS, {"persons": found.persons}))
    told.append(Reason("met", PLACE, {"place": catalogue.rules.codes("location")[found.location]}))
    return [*told, Reason("met", CARDS)] if found.payment else told


def ratings(rows: Session, actor: Actor, party: Party, today: date) -> list[Rated]:
    """Give a party's ratings, the newest first, each with its last acceptance held against what stands now."""
    found = rows.execute(
        sa.select(RiskRating, Person.name).join(Person, Person.id == RiskRating.made_by_id)
        .where(RiskRating.party_id == party.id, visible_to(actor, RiskRating.party_id))
        .order_by(RiskRating.id.desc())).all()
    accepted = {row.rating_id: (row, name) for row, name in rows.execute(
        sa.select(RiskAcceptance, Person.name).join(Person, Person.id == RiskAcceptance.accepted_by_id)
        .where(RiskAcceptance.party_id == party.id).order_by(RiskAcceptance.id))}
    told = []
    for row, name in found:
        acceptance, by = accepted.get(row.id, (None, ""))
        stale = "" if acceptance is None else risk.staleness(
            risk.Acceptance(residual(row), acceptance.until), residual(found[0][0]), today)
        told.append(Rated(row, name, acceptance, by, stale))
    return told


def residual(row: RiskRating) -> Rating:
    """Give the rating with the measures."""
    return Rating(row.residual_likelihood, row.residual_impact)


def inherent(row: RiskRating) -> Rating:
    """Give the rating before the measures."""
    return Rating(row.inherent_likelihood, row.inherent_impact)


def newest(rows: Session, party: Party) -> RiskRating | None:
    """Give the rating that stands, or nothing."""
    return rows.scalar(sa.select(RiskRating).where(RiskRating.party_id == party.id)
                       .order_by(RiskRating.id.desc()).limit(1))


def waiting(rows: Session, party: Party) -> TierProposal | None:
    """Give the proposal that waits for a second person, or nothing."""
    return rows.scalar(sa.select(TierProposal).where(TierProposal.party_id == party.id, TierProposal.outcome == ""))
