"""Sampling (抽出確認) and the block (一括適合): drawn once a version, accepted once the sample was read, taken back."""

import secrets
from collections.abc import Collection

import sqlalchemy as sa

from portal.actions import looking, record
from portal.core import sampling
from portal.core.actor import Actor
from portal.core.dates import fiscal_year
from portal.core.errors import N_, Incomplete, NotAllowed, NotNow, Stale
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.models import Attestation, AttestationVersion, Draw, Review, Verdict
from portal.queries import reviews
from portal.queries import sampling as samples
from portal.store.work import STALE, Work

RULE = sampling.Rule()
SEED_BYTES = 32
READ_FIRST = N_("It was drawn: open it and judge it by itself first")
NO_LONGER = N_("It may no longer stand in the block: read it by itself")


def draw(work: Work, actor: Actor, review: Review) -> Draw:
    """Draw the sample of a version, once for all: NotNow when it was drawn, Incomplete when too few may be drawn from.

    The seed is made here and kept; the rest follows from it (core/sampling).
    """
    _in_hand(actor, review)
    if _draw_of(work, review) is not None:
        raise NotNow("The sample of this version was drawn already. It is drawn only once.")
    offered = samples.offered(work.rows, _sheet(work, actor, review), day_in(work.now()))
    eligible = [name for name, why in offered.items() if not why]
    if not sampling.is_enough(RULE, len(eligible)):
        raise Incomplete("There are too few unchanged answers of low risk for a sample. Read each by itself.")
    version = work.rows.get_one(AttestationVersion, review.version_id)
    seed = secrets.token_hex(SEED_BYTES)
    row = Draw(
        attestation_id=review.attestation_id, party_id=review.party_id, version_id=version.id,
        version_digest=version.digest, percent=RULE.percent, minimum=RULE.minimum, seed=seed, eligible=eligible,
        drawn=list(sampling.drawn(RULE, seed, version.digest, eligible)), drawn_by_id=actor.person_id,
        drawn_at=work.now(),
    )
    work.rows.add(row)
    record.note(work, actor, _attestation(work, review), "sample_drawn", version=version.number, digest=version.digest,
                seed=seed, percent=row.percent, minimum=row.minimum, eligible=eligible, drawn=row.drawn)
    return row


def accept(work: Work, actor: Actor, review: Review) -> int:
    """Accept what was eligible and not drawn as a block; gives how many. Incomplete until the whole sample has passed.

    Left out is what was judged or remarked on by itself since, and what may no longer stand in a block.
    """
    _in_hand(actor, review)
    sheet = _sheet(work, actor, review)
    sample = samples.of(work.rows, sheet)
    if sample is None:
        raise Incomplete("Draw the sample first.")
    _passed(sample)
    offered = samples.offered(work.rows, sheet, day_in(work.now()))
    names = [item.question.id for item in sample.left if not offered[item.question.id]]
    if not names:
        raise Incomplete("No answer is left that could be accepted as a block.")
    stand = {row.question: row for row in work.rows.scalars(sa.select(Verdict).where(Verdict.review_id == review.id))}
    for name in names:
        row = stand.get(name) or Verdict(
            review_id=review.id, attestation_id=review.attestation_id, party_id=review.party_id, question=name)
        row.verdict, row.draw_id = sampling.PASSING, sample.draw.id
        row.judged_by_id, row.judged_at = actor.person_id, work.now()
        work.rows.add(row)
    record.note(work, actor, _attestation(work, review), "block_accepted", version=sheet.version.number,
                questions=names, drawn=list(sample.draw.drawn))
    return len(names)


def take_back(work: Work, actor: Actor, review: Review) -> int:
    """Take the block back as long as the review goes on: its questions have no verdict again; gives how many."""
    _in_hand(actor, review)
    names = _clear(work, review)
    if names:
        record.note(work, actor, _attestation(work, review), "block_taken_back", questions=names)
    return len(names)


def judged(work: Work, actor: Actor, review: Review, verdict: Verdict) -> None:
    """Let the block fall where a drawn question was judged not to conform, or its verdict was withdrawn."""
    row = None if verdict.verdict == sampling.PASSING else _draw_of(work, review)
    if row is None or verdict.question not in row.drawn:
        return
    names = _clear(work, review)
    if names:
        record.note(work, actor, _attestation(work, review), "block_fell", question=verdict.question, questions=names)


def carried(work: Work, last: Review, again: Review) -> Collection[str]:
    """Give the questions whose verdicts do not go along into a later review: blocks fall with version and reviewer.

    On the same version another reviewer must also read the drawn ones again.
    """
    block = set(work.rows.scalars(sa.select(Verdict.question).where(
        Verdict.review_id == last.id, Verdict.draw_id.is_not(None))))
    if last.version_id != again.version_id:
        return block
    if last.reviewer_id == again.reviewer_id:
        return set()
    row = _draw_of(work, again)
    return block | set(row.drawn if row else ())


def require_standing(work: Work, actor: Actor, review: Review) -> None:
    """Raise Incomplete at the finish where a block rests on no sample that passed, or holds what it may not."""
    sheet = _sheet(work, actor, review)
    sample = samples.of(work.rows, sheet)
    if sample is None or not sample.block:
        return
    _passed(sample)
    offered = samples.offered(work.rows, sheet, day_in(work.now()))
    fallen = {item.question.id: NO_LONGER for item in sample.block if offered[item.question.id]}
    if fallen:
        raise Incomplete("Some answers may no longer stand in the block. Take it back, or judge them by themselves.",
                         fallen)


def _passed(sample: samples.Sample) -> None:
    failed = {one.item.question.id: N_("It was drawn and did not pass") for one in sample.drawn if one.is_failed}
    if failed:
        raise Incomplete("A drawn answer did not pass, so there is no block: read each of the others by itself.",
                         failed)
    unread = {one.item.question.id: READ_FIRST for one in sample.drawn if not one.is_passed}
    if unread:
        raise Incomplete("Read the whole sample first.", unread)


def _in_hand(actor: Actor, review: Review) -> None:
    record.require(actor, Permission.REVIEW, review)
    if review.finished_at is not None:
        raise Stale(STALE)
    if review.reviewer_id != actor.person_id:
        raise NotAllowed(looking.NOT_YOURS)


def _clear(work: Work, review: Review) -> list[str]:
    rows = list(work.rows.scalars(
        sa.select(Verdict).where(Verdict.review_id == review.id, Verdict.draw_id.is_not(None))
        .order_by(Verdict.question)))
    for row in rows:
        row.verdict, row.draw_id = "", None
    return [row.question for row in rows]


def _draw_of(work: Work, review: Review) -> Draw | None:
    return work.rows.scalar(sa.select(Draw).where(Draw.version_id == review.version_id))


def _attestation(work: Work, review: Review) -> Attestation:
    return work.rows.get_one(Attestation, review.attestation_id)


def _sheet(work: Work, actor: Actor, review: Review) -> reviews.Sheet:
    work.rows.flush()
    return reviews.sheet(work.rows, actor, _attestation(work, review), fiscal_year(day_in(work.now())))
