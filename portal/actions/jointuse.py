"""The joint-use notice (共同利用の公表文): written by the lead, published by an approver who did not write it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import msgspec
import sqlalchemy as sa

from portal.actions import record, touching
from portal.core.actor import Actor
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete
from portal.core.jointuse import MATTERS, Matter, changed, lacking, when_to_tell
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.models import JointUseDraft, JointUseNotice, JointUseReview, Party
from portal.queries import jointuse as notices
from portal.store.work import Work


@dataclass(frozen=True, slots=True)
class Said:
    """What a notice says: each matter in both languages, and in codes what it covers."""

    ja: Mapping[str, str]
    en: Mapping[str, str]
    party_kinds: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()


def begin(work: Work, actor: Actor) -> JointUseDraft:
    """Begin the next notice from the last one, or go on with the one being written."""
    record.require(actor, Permission.EDIT_NOTICE)
    found = notices.draft(work.rows, actor)
    if found is None:
        last = notices.newest(work.rows)
        own = work.catalogue.own.name
        found = JointUseDraft(
            id=1, made_by_id=actor.person_id, made_at=work.now(),
            matters_ja=dict(last.matters_ja) if last else {"responsible": own.ja},
            matters_en=dict(last.matters_en) if last else {"responsible": own.en},
            party_kinds=list(last.party_kinds) if last else [], parties=list(last.parties) if last else [],
            items=list(last.items) if last else [], purposes=list(last.purposes) if last else [],
        )
        work.rows.add(found)
        record.note(work, actor, found, "begun")
    return found


def save(work: Work, actor: Actor, draft: JointUseDraft, said: Said, seen: int | None = None) -> None:
    """Keep what the draft says, whole or not; Incomplete for a code that is none, Stale when somebody was first."""
    record.require(actor, Permission.EDIT_NOTICE)
    record.unchanged(draft, seen)
    _known(work, said)
    draft.matters_ja = {matter: said.ja.get(matter, "").strip() for matter in MATTERS}
    draft.matters_en = {matter: said.en.get(matter, "").strip() for matter in MATTERS}
    draft.party_kinds, draft.parties = sorted(set(said.party_kinds)), sorted(set(said.parties))
    draft.items, draft.purposes = sorted(set(said.items)), sorted(set(said.purposes))
    draft.made_by_id, draft.made_at = actor.person_id, work.now()
    record.note(work, actor, draft, "saved", kinds=draft.party_kinds, parties=draft.parties, items=draft.items,
                purposes=draft.purposes)


def discard(work: Work, actor: Actor, draft: JointUseDraft) -> None:
    """Throw the draft away; what was published stays."""
    record.require(actor, Permission.EDIT_NOTICE)
    record.note(work, actor, draft, "discarded")
    work.rows.delete(draft)


def publish(work: Work, actor: Actor, draft: JointUseDraft, effective_on: date, basis: str = "") -> JointUseNotice:
    """Publish the draft for good from a day on; Incomplete names what the law asks that is not there.

    A change of purpose or responsible party is told before; items and scope change only on a stated basis (consent or
    a fresh set-up), by Art. 27(6).
    """
    record.require(actor, Permission.PUBLISH_NOTICE, draft)
    last, today = notices.newest(work.rows), day_in(work.now())
    problems = _problems(draft, last, effective_on, today)
    if last is not None and not basis.strip() and "new_notice" in map(when_to_tell, changes(draft, last)):
        problems["basis"] = N_("Say on what basis items or scope change: consent, or a fresh notice")
    if problems:
        raise Incomplete("The notice cannot be published yet.", problems)
    row = JointUseNotice(
        number=(last.number if last else 0) + 1, matters_ja=draft.matters_ja, matters_en=draft.matters_en,
        party_kinds=draft.party_kinds, parties=draft.parties, items=draft.items, purposes=draft.purposes,
        basis=basis.strip(), effective_on=effective_on, made_by_id=draft.made_by_id, published_by_id=actor.person_id,
        published_at=work.now(), digest=digest(draft, effective_on),
    )
    work.rows.add(row)
    record.note(work, actor, row, "published", number=row.number, effective=effective_on.isoformat(),
                digest=row.digest)
    work.rows.delete(draft)
    touching.joint_uses(work)
    return row


def review(work: Work, actor: Actor, notice: JointUseNotice, note: str) -> JointUseReview:
    """Say that a notice was looked at again and still holds; Incomplete without a word on what was looked at."""
    record.require(actor, Permission.EDIT_NOTICE)
    if not note.strip():
        raise Incomplete("Say what you looked at.", {"note": N_("Write what was looked at")})
    row = JointUseReview(notice_id=notice.id, note=note.strip(), reviewed_by_id=actor.person_id, reviewed_at=work.now())
    work.rows.add(row)
    record.note(work, actor, notice, "reviewed", number=notice.number, note=Personal(note.strip()))
    touching.joint_uses(work)
    return row


def changes(draft: JointUseDraft, last: JointUseNotice) -> tuple[Matter, ...]:
    """Give the matters in which a draft differs from the last notice in either language, or in what it covers."""
    told = {matter for language in ("ja", "en")
            for matter in changed(notices.as_notice(last, language), notices.as_notice(draft, language))}
    return tuple(matter for matter in MATTERS if matter in told)


def digest(row: JointUseDraft, effective_on: date) -> str:
    """Give the SHA-256 (hex) of what a notice says, as canonical JSON."""
    said = [row.matters_ja, row.matters_en, row.party_kinds, row.parties, row.items, row.purposes, effective_on]
    return sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()


def _problems(draft: JointUseDraft, last: JointUseNotice | None, effective_on: date, today: date) -> dict[str, str]:
    problems = {f"{matter}_{language}": N_("Write this matter; the law asks for it") for language in ("ja", "en")
                for matter in lacking(notices.as_notice(draft, language))}
    for name, codes in (("items", draft.items), ("purposes", draft.purposes),
                        ("party_kinds", [*draft.party_kinds, *draft.parties])):
        if not codes:
            problems[name] = N_("Choose at least one")
    if effective_on < today:
        problems["effective_on"] = N_("Choose today or a day to come")
    told = changes(draft, last) if last else ()
    if "before" in map(when_to_tell, told) and effective_on <= today:
        problems["effective_on"] = N_("A new purpose or responsible party is told before it applies: a day to come")
    if last is not None and effective_on < last.effective_on:
        problems["effective_on"] = N_("The last notice applies later than this day: choose a later one")
    if last is not None and not told:
        problems["basis"] = N_("Nothing differs from the last notice")
    return problems


def _known(work: Work, said: Said) -> None:
    catalogue = work.catalogue
    parties = set(work.rows.scalars(sa.select(Party.code).where(Party.code.in_(said.parties))))
    strange = {
        "party_kinds": set(said.party_kinds) - set(catalogue.rules.codes("party_kind")),
        "parties": set(said.parties) - parties, "items": set(said.items) - set(catalogue.data_items),
        "purposes": set(said.purposes) - set(catalogue.purposes),
    }
    problems = {name: N_("Choose from the list") for name, codes in strange.items() if codes}
    if problems:
        raise Incomplete("Some choices are not on the list.", problems)
