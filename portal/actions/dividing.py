"""Sections given to colleagues (担当): a plan with a day, told by letter; it opens and closes nothing for anybody."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from portal.actions import letters, record
from portal.core import dividing as rules
from portal.core.actor import Actor
from portal.core.dividing import NOBODY, Part, Wish
from portal.core.errors import N_, Incomplete, NotNow, Stale
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.workflow import THEIRS
from portal.models import Attestation, Party, SectionPart
from portal.queries import dividing, forms
from portal.store.work import Work

Due = tuple[str, date | None]
CLOSED = N_("This checklist is no longer in your hands; there is nothing left to divide.")
FIRST = N_("Somebody divided these sections meanwhile. Both are shown; choose and save again.")


def divide(work: Work, actor: Actor, attestation: Attestation, wishes: Mapping[str, Wish]) -> list[str]:
    """Give sections to colleagues or take them back, all or none; gives the sections that changed.

    NotNow once the party has handed it in, Incomplete for a stranger or a wrong day, Stale (with the sections, nothing
    kept) where somebody changed the same section meanwhile.
    """
    record.require(actor, Permission.DIVIDE, attestation)
    if attestation.state not in THEIRS:
        raise NotNow(CLOSED)
    people = {one.public_id: one.id for one in dividing.colleagues(work.rows, actor, attestation.party_id)}
    stands = dividing.standing(work.rows, actor, attestation)
    asked = {question.section for question in forms.template(work.rows, attestation.template_id).questions
             if question.answered_by == "party"}
    wishes = {section: wish for section, wish in wishes.items() if section in asked}
    _check(work, attestation, wishes, people)
    last = rules.latest(attestation.due_on, day_in(work.now()))
    changes, clashes = rules.settle(wishes, stands, last)
    if clashes:
        raise Stale(FIRST, clashes)
    for section, part in sorted(changes.items()):
        row = _row(work, attestation, section)
        row.person_id, row.due_on = people.get(part.person), part.due_on
        row.given_by_id, row.given_at = actor.person_id, work.now()
        work.rows.add(row)
        _note(work, actor, attestation, section, part)
    _tell(work, actor, attestation, _moved(changes, stands))
    return sorted(changes)


def _check(work: Work, attestation: Attestation, wishes: Mapping[str, Wish], people: Mapping[str, int]) -> None:
    """Raise Incomplete for wishes that cannot be kept."""
    found: dict[str, str] = {}
    for section, wish in wishes.items():
        for field, words in rules.problems(wish, people, day_in(work.now()), attestation.due_on).items():
            found[f"{section}.{field}"] = words
    if found:
        raise Incomplete("Nothing was saved yet. See the fields marked below.", found)


def _note(work: Work, actor: Actor, attestation: Attestation, section: str, part: Part) -> None:
    if part.due_on is None:
        record.note(work, actor, attestation, "section_taken_back", section=section)
    else:
        record.note(work, actor, attestation, "section_given", section=section, person=part.person,
                    due=part.due_on.isoformat())


def _row(work: Work, attestation: Attestation, section: str) -> SectionPart:
    found = work.rows.scalar(sa.select(SectionPart).where(
        SectionPart.attestation_id == attestation.id, SectionPart.section == section))
    return found or SectionPart(attestation_id=attestation.id, party_id=attestation.party_id, section=section)


def _moved(changes: Mapping[str, Part], before: Mapping[str, Part]) -> dict[str, tuple[list[Due], list[str]]]:
    """Give what each person (public id) was given, with its day, and what was taken from them."""
    found: defaultdict[str, tuple[list[Due], list[str]]] = defaultdict(lambda: ([], []))
    for section, part in sorted(changes.items()):
        earlier = before.get(section, NOBODY).person
        if part.person:
            found[part.person][0].append((section, part.due_on))
        if earlier and earlier != part.person:
            found[earlier][1].append(section)
    return found


def _tell(work: Work, actor: Actor, attestation: Attestation, moved: Mapping[str, tuple[list[Due], list[str]]]) -> None:
    """Write once to each colleague whose sections changed; nobody is written to about what they did themselves."""
    people = {one.id: one.public_id for one in dividing.colleagues(work.rows, actor, attestation.party_id)}
    for reader in letters.of_party(work, work.rows.get_one(Party, attestation.party_id)):
        person = people.get(reader.person_id or 0, "")
        if person in moved and reader.person_id != actor.person_id:
            letters.divided(work, attestation, reader, giver=actor.name, given=moved[person][0],
                            freed=moved[person][1])
