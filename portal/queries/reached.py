"""Whom an edition touches by the kind of their engagement alone: they never answered what concerns them."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from portal.core import gap, policy
from portal.core.actor import Actor
from portal.core.policy import Permission
from portal.models import Attestation, Edition, Engagement, Party, Template
from portal.queries import forms
from portal.queries.gap import Reach, Source, was_asked
from portal.queries.visible import visible_to


@dataclass(frozen=True, slots=True)
class Whom:
    """What of a checklist (its code) is asked of whom, by kind of party and whether it is one person."""

    code: str
    is_joint: bool
    asked: Mapping[tuple[str, bool], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Reached:
    """A party with a checklist that its kind and relation fall under, and the touched questions that concern it."""

    party: Party
    source: Source
    questions: tuple[str, ...]

    @property
    def asked(self) -> tuple[str, tuple[str, ...]]:
        """What tells one gap checklist of an edition from another: the checklist's code and the questions."""
        return self.source.row.code, self.questions


def count(rows: Session, actor: Actor, edition: Edition, found: Reach) -> int:
    """Give how many checklists would be asked about by kind of engagement."""
    policy.require(actor, Permission.READ_REGISTER)
    listed = _all(actor, edition, _by(rows, found))
    return 0 if listed is None else rows.scalar(sa.select(sa.func.count()).select_from(listed)) or 0


def parties(rows: Session, actor: Actor, edition: Edition, view: tuple[Reach, int, int]) -> list[Reached]:
    """Give those by name: `view` is the reach, how many at most, and after how many."""
    policy.require(actor, Permission.READ_REGISTER)
    found, most, after = view
    by = _by(rows, found)
    listed = _all(actor, edition, by)
    if listed is None:
        return []
    asked = (sa.select(Party, listed.c.code).join(listed, listed.c.party == Party.id)
             .order_by(Party.name_ja, Party.id, listed.c.code).limit(most).offset(after))
    return [Reached(party, found.sources[code], by[code].asked[party.kind, party.is_individual])
            for party, code in rows.execute(asked)]


def _by(rows: Session, found: Reach) -> Mapping[str, Whom]:
    whole = {code: forms.template(rows, source.row.id) for code, source in found.sources.items()}
    return {code: Whom(code, gap.is_joint(whole[code]), gap.addressed(whole[code], source.questions))
            for code, source in found.sources.items()}


def _all(actor: Actor, edition: Edition, by: Mapping[str, Whom]) -> sa.Subquery | None:
    """Party and checklist code of everybody reached; nothing where no checklist is touched."""
    asked = [_of(actor, edition, whom) for whom in by.values() if whom.asked]
    return sa.union_all(*asked).subquery() if asked else None


def _of(actor: Actor, edition: Edition, whom: Whom) -> sa.Select[int, str]:
    """Active parties under one checklist with a relation that runs, never asked for the whole nor for this edition."""
    version = aliased(Template)
    joint = Engagement.relation.in_(gap.JOINT_RELATIONS)
    engaged = sa.exists().where(Engagement.party_id == Party.id, Engagement.ended_on.is_(None),
                                joint if whom.is_joint else ~joint)
    whole = sa.exists().where(
        Attestation.party_id == Party.id, Attestation.template_id == version.id, version.code == whom.code,
        Attestation.state != "withdrawn")
    asked = was_asked(edition, Party.id, whom.code)
    fits = sa.or_(*(sa.and_(Party.kind == kind, Party.is_individual.is_(alone)) for kind, alone in whom.asked))
    return sa.select(Party.id.label("party"), sa.literal(whom.code).label("code")).where(
        Party.status == "active", visible_to(actor, Party.id), fits, engaged, ~whole, ~asked)
