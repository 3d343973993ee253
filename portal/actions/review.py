"""Review (審査): take, judge question by question as drafts, and one finish that returns or passes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from portal.actions import drawing, looking, record
from portal.core import frozen
from portal.core.actor import Actor
from portal.core.dates import fiscal_year
from portal.core.errors import N_, Incomplete, NotAllowed, NotFound, NotNow, Stale
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.workflow import Move
from portal.models import Attestation, AttestationVersion, ConflictStatement, Review, Verdict
from portal.models.review import VERDICTS
from portal.queries import versions
from portal.queries.visible import GONE
from portal.store.work import STALE, Work

NOT_YOURS = looking.NOT_YOURS
CARRIED = ("question", "verdict", "comment", "wish", "suggestion", "note", "severity", "due_on", "draw_id",
           "judged_by_id", "judged_at")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on one question as plain values; `version` is the draft that the reviewer saw, 0 for none yet."""

    question: str
    verdict: str = ""
    comment: str = ""
    wish: str = ""
    suggestion: str = ""
    note: str = ""
    severity: str = ""
    due_on: date | None = None
    version: int | None = None


def take(work: Work, actor: Actor, attestation: Attestation) -> Review:
    """Take a submitted attestation for review; Incomplete until the reviewer stated their interest this year."""
    record.require(actor, Permission.TAKE, attestation)
    if not _has_stated(work, actor, attestation.party_id):
        raise Incomplete("State first whether you have an interest in this party.",
                         {"interest": N_("Choose one of the two")})
    version = versions.newest(work.rows, actor, attestation.id)
    review = Review(
        attestation_id=attestation.id, party_id=attestation.party_id, version_id=version.id,
        reviewer_id=actor.person_id, started_at=work.now(),
    )
    work.rows.add(review)
    work.rows.flush()
    _carry_over(work, actor, version, review)
    attestation.reviewer_id = actor.person_id
    attestation.reviewer_ids = sorted({*attestation.reviewer_ids, actor.person_id})
    record.move(work, actor, attestation, Move.TAKE, version=version.number, digest=version.digest)
    return review


def release(work: Work, actor: Actor, attestation: Attestation) -> None:
    """Give an attestation back to the queue; the drafts stay with the review that is closed here."""
    review = current(work, attestation)
    review.finished_at, review.outcome = work.now(), "released"
    attestation.reviewer_id = None
    record.move(work, actor, attestation, Move.RELEASE)


def current(work: Work, attestation: Attestation) -> Review:
    """Give the review that is going on; NotNow when there is none."""
    found = work.rows.scalar(
        sa.select(Review).where(Review.attestation_id == attestation.id, Review.finished_at.is_(None))
    )
    if found is None:
        raise NotNow("This attestation is not under review now. Reload the page to see where it stands.")
    return found


def judge(work: Work, actor: Actor, review: Review, said: Judgement) -> Verdict:
    """Keep the draft of one verdict; Stale with the draft that stands when somebody changed it meanwhile."""
    record.require(actor, Permission.REVIEW, review)
    if review.finished_at is not None:
        raise Stale(STALE)
    if review.reviewer_id != actor.person_id:
        raise NotAllowed(NOT_YOURS)
    if said.verdict not in ("", *VERDICTS):
        raise Incomplete("Choose a verdict.", {"verdict": N_("Choose one of the verdicts offered")})
    if said.question not in _answered(work, review):
        raise NotFound(GONE)
    row = work.rows.scalar(sa.select(Verdict).where(Verdict.review_id == review.id, Verdict.question == said.question))
    if said.version is not None and (row.version if row else 0) != said.version:
        raise Stale(STALE, theirs=row)
    if row is None:
        row = Verdict(review_id=review.id, attestation_id=review.attestation_id, party_id=review.party_id,
                      question=said.question)
        work.rows.add(row)
    row.verdict, row.severity, row.due_on = said.verdict, said.severity, said.due_on
    row.comment, row.wish, row.suggestion, row.note = said.comment, said.wish, said.suggestion, said.note
    row.judged_by_id, row.judged_at, row.draw_id = actor.person_id, work.now(), None
    drawing.judged(work, actor, review, row)
    record.note(work, actor, review, "judged", question=said.question, verdict=said.verdict or "none")
    return row


def _answered(work: Work, review: Review) -> Collection[str]:
    version = work.rows.get_one(AttestationVersion, review.version_id, options=[undefer(AttestationVersion.body)])
    return frozen.read(version.body).by_question()


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of some drafts: the new version of each that was kept, and what stands where somebody was first."""

    versions: dict[str, int]
    theirs: dict[str, dict[str, str]]


def save(work: Work, actor: Actor, review: Review, drafts: Iterable[Judgement]) -> Saved:
    """Keep the drafts that differ from what stands; one that somebody changed meanwhile is left and told."""
    stand = {row.question: row for row in work.rows.scalars(sa.select(Verdict).where(Verdict.review_id == review.id))}
    saved = Saved({}, {})
    # which ones differ is settled first: a block that falls by one of them takes verdicts away from under the others
    for draft in [draft for draft in drafts if _says(stand.get(draft.question)) != _says(draft)]:
        row = stand.get(draft.question)
        try:
            kept = judge(work, actor, review, draft)
            work.rows.flush()
            saved.versions[draft.question] = kept.version
        except Stale:
            saved.theirs[draft.question] = {"version": str(row.version if row else 0),
                                            **dict(zip(("verdict", "comment"), _says(row)[:2], strict=True))}
    looking.judged(work, actor, review, saved.versions)
    return saved


def _says(said: Verdict | Judgement | None) -> tuple[str, ...]:
    if said is None:
        return ("",) * 7
    return (said.verdict, said.comment, said.wish, said.suggestion, said.note, said.severity,
            said.due_on.isoformat() if said.due_on else "")


def _has_stated(work: Work, actor: Actor, party_id: int) -> bool:
    year = fiscal_year(day_in(work.now()))
    return work.rows.scalar(
        sa.select(ConflictStatement.id).where(
            ConflictStatement.person_id == actor.person_id, ConflictStatement.party_id == party_id,
            ConflictStatement.fiscal_year == year,
        ).limit(1)
    ) is not None


def copied(verdict: Verdict, review: Review) -> Verdict:
    """Give a verdict once more for another review of the same attestation: as it was judged, by whom and when."""
    kept = {name: getattr(verdict, name) for name in CARRIED}
    return Verdict(review_id=review.id, attestation_id=review.attestation_id, party_id=review.party_id, **kept)


def _carry_over(work: Work, actor: Actor, version: AttestationVersion, review: Review) -> None:
    """Bring the verdicts of the review before along, except where the answer changed or was to be corrected."""
    last = work.rows.scalar(
        sa.select(Review).where(Review.attestation_id == review.attestation_id, Review.id != review.id)
        .order_by(Review.id.desc()).limit(1)
    )
    if last is None:
        return
    earlier = work.rows.get_one(AttestationVersion, last.version_id)
    moved = set() if earlier.id == version.id else versions.changes(earlier, version)
    if earlier.id != version.id:
        looking.carry(work, earlier, version, moved)
    moved |= set(drawing.carried(work, last, review))
    for row in work.rows.scalars(sa.select(Verdict).where(Verdict.review_id == last.id)):
        again = row.verdict == "return" and earlier.id != version.id
        if row.question not in moved and not again:
            work.rows.add(copied(row, review))


