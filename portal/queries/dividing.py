"""Who at a party answers which section: of one checklist, and what is in a person's own hands."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core.actor import Actor
from portal.core.dividing import Part
from portal.models import Attestation, Membership, Person, SectionPart
from portal.queries.visible import visible_to


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with an account at the party, as a list to choose from needs them."""

    id: int
    public_id: str
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Given:
    """A section in somebody's hands: who, by when, and whether they are still at the party."""

    row: SectionPart
    public_id: str
    name: str
    is_here: bool

    @property
    def part(self) -> Part:
        """The part as the rules know it."""
        return Part(self.public_id, self.row.due_on)


@dataclass(frozen=True, slots=True)
class Mine:
    """A section in the actor's own hands, of an attestation of the list."""

    section: str
    due_on: date


def colleagues(rows: Session, actor: Actor, party_id: int) -> list[Colleague]:
    """Give the people of a party who can sign in, by name; none for an actor who may not see the party."""
    found = rows.execute(
        sa.select(Person.id, Person.public_id, Person.name, Membership.title)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.party_id == party_id, visible_to(actor, Membership.party_id), Membership.is_active,
               Person.is_active).order_by(Person.name, Person.id))
    return [Colleague(*row) for row in found]


def given(rows: Session, actor: Actor, attestation: Attestation) -> dict[str, Given]:
    """Give who has which section of an attestation, by the section's code; sections of nobody are left out."""
    here = sa.and_(Membership.person_id == Person.id, Membership.party_id == SectionPart.party_id)
    found = rows.execute(
        sa.select(SectionPart, Person.public_id, Person.name, sa.func.coalesce(Membership.is_active, sa.false()),
                  Person.is_active)
        .join(Person, Person.id == SectionPart.person_id).outerjoin(Membership, here)
        .where(SectionPart.attestation_id == attestation.id, visible_to(actor, SectionPart.party_id)))
    return {row.section: Given(row, public_id, name, bool(member and active))
            for row, public_id, name, member, active in found}


def standing(rows: Session, actor: Actor, attestation: Attestation) -> dict[str, Part]:
    """Give what stands for each section that somebody has."""
    return {section: one.part for section, one in given(rows, actor, attestation).items()}


def mine(rows: Session, actor: Actor, attestations: Iterable[Attestation]) -> dict[int, list[Mine]]:
    """Give the actor's own sections of the given attestations, by attestation id, in the order of their codes."""
    ids = [one.id for one in attestations]
    found: defaultdict[int, list[Mine]] = defaultdict(list)
    if ids:
        for attestation_id, section, due_on in rows.execute(
            sa.select(SectionPart.attestation_id, SectionPart.section, SectionPart.due_on)
            .where(SectionPart.attestation_id.in_(ids), SectionPart.person_id == actor.person_id,
                   visible_to(actor, SectionPart.party_id)).order_by(SectionPart.section)
        ):
            if due_on is not None:
                found[attestation_id].append(Mine(section, due_on))
    return dict(found)
