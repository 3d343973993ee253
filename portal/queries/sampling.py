"""Which answers of a version may be accepted as a block, its draw, and how the reviewer met the drawn ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core import sampling
from portal.core.sampling import Candidate, File, Why
from portal.core.templates import Question
from portal.models import Attestation, Draw, Evidence, Finding, Party, Person, SignOff, Verdict, Viewed
from portal.queries import forms, unsettled
from portal.queries.reviews import Item, Sheet

REMARKS = ("comment", "wish", "suggestion", "note")


@dataclass(frozen=True, slots=True)
class Opened:
    """A drawn question: when its reviewer first opened it (UTC), and which of its files they opened when."""

    item: Item
    first_at: datetime | None
    files: list[tuple[Evidence, datetime]]
    is_passed: bool

    @property
    def is_failed(self) -> bool:
        """Whether it was read and did not pass."""
        return bool(self.item.verdict and self.item.verdict.verdict not in ("", sampling.PASSING))


@dataclass(frozen=True, slots=True)
class Sample:
    """The draw of a version with what became of it; `block` was accepted by it, `left` could still be."""

    draw: Draw
    who: str
    drawn: list[Opened]
    block: list[Item]
    left: list[Item]

    @property
    def state(self) -> str:
        """'drawn' while some are to be read, 'ready', 'accepted', or 'fallen' once a drawn one did not pass."""
        if any(one.is_failed for one in self.drawn):
            return "fallen"
        if self.block:
            return "accepted"
        return "ready" if all(one.is_passed for one in self.drawn) else "drawn"


def offered(rows: Session, sheet: Sheet, today: date) -> dict[str, Why]:
    """Give each question of a sheet with why it must be read by itself, '' where it may stand in a block."""
    before = _wording(rows, sheet.attestation)
    accepted = _accepted(rows, sheet.attestation)
    found = set(rows.scalars(sa.select(Finding.question).where(
        Finding.party_id == sheet.attestation.party_id, unsettled.on(today))))
    tier = rows.scalar(sa.select(Party.tier).where(Party.id == sheet.attestation.party_id)) or ""
    until = max(today, sheet.attestation.due_on)
    return {
        item.question.id: sampling.why_not(Candidate(
            item.question, before.get(item.question.id), item.answer, item.last_year,
            tuple(File(file.state, file.evidence_type, file.valid_from, file.valid_to) for file in item.evidence),
            was_accepted=item.question.id in accepted, was_returned=bool(item.exchange),
            has_finding=item.question.id in found, is_remarked=_is_remarked(item.verdict), tier=tier), until)
        for item in sheet.items
    }


def of(rows: Session, sheet: Sheet) -> Sample | None:
    """Give the draw of a sheet's version with how its reviewer met it; None where nothing was drawn."""
    found = rows.execute(
        sa.select(Draw, Person.name).join(Person, Person.id == Draw.drawn_by_id)
        .where(Draw.version_id == sheet.version.id)).one_or_none()
    if found is None or sheet.review is None:
        return None
    draw, who = found
    reviewer = sheet.review.reviewer_id
    marks = list(rows.scalars(sa.select(Viewed).where(
        Viewed.version_id == sheet.version.id, Viewed.person_id == reviewer)))
    times = {row.question: row.first_at for row in marks if row.evidence_id is None}
    files = {row.evidence_id: row.first_at for row in marks if row.evidence_id is not None}
    items = {item.question.id: item for item in sheet.items}
    return Sample(
        draw, who, [_opened(items[name], times.get(name), files, reviewer) for name in draw.drawn if name in items],
        [item for item in sheet.items if item.verdict and item.verdict.draw_id == draw.id],
        [items[name] for name in draw.eligible
         if name in items and name not in draw.drawn and not _has_verdict(items[name])],
    )


def drawn(rows: Session, sheet: Sheet) -> frozenset[str]:
    """Give the questions that were drawn for a sheet's version; none where nothing was drawn."""
    return frozenset(rows.scalar(sa.select(Draw.drawn).where(Draw.version_id == sheet.version.id)) or ())


def _opened(item: Item, at: datetime | None, files: Mapping[int, datetime], reviewer: int) -> Opened:
    verdict = item.verdict
    passed = (at is not None and verdict is not None and verdict.verdict == sampling.PASSING
              and verdict.draw_id is None and verdict.judged_by_id == reviewer)
    return Opened(item, at, [(file, files[file.id]) for file in item.evidence if file.id in files], passed)


def _has_verdict(item: Item) -> bool:
    return item.verdict is not None and bool(item.verdict.verdict)


def _is_remarked(verdict: Verdict | None) -> bool:
    """Whether somebody judged the answer by itself or wrote something on it."""
    if verdict is None:
        return False
    judged = bool(verdict.verdict) and verdict.draw_id is None
    return judged or any(getattr(verdict, name).strip() for name in REMARKS)


def _wording(rows: Session, attestation: Attestation) -> dict[str, Question]:
    """The questions as they were asked last year."""
    template = rows.scalar(sa.select(Attestation.template_id).where(Attestation.id == attestation.previous_id))
    return {question.id: question for question in forms.template(rows, template).questions} if template else {}


def _accepted(rows: Session, attestation: Attestation) -> set[str]:
    """The questions that conformed when last year's answers were signed off, if they still are."""
    review = rows.scalar(
        sa.select(SignOff.review_id).join(Attestation, Attestation.id == SignOff.attestation_id)
        .where(SignOff.attestation_id == attestation.previous_id, Attestation.state == "signed_off",
               Attestation.party_id == attestation.party_id)
        .order_by(SignOff.id.desc()).limit(1))
    return set(rows.scalars(sa.select(Verdict.question).where(
        Verdict.review_id == review, Verdict.verdict == sampling.PASSING)))
