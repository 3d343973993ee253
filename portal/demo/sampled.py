"""The demo's sample: a party in its second year, a part of its answers drawn and read, the rest accepted as a block."""

import sqlalchemy as sa

from portal.actions import drawing, finish, people, review
from portal.demo import judged
from portal.demo.story import World
from portal.models import Answer, Attestation, AttestationVersion, Party, Verdict
from portal.store.work import Work

PARTY = "EUREG"


def make(world: World) -> None:
    """Take one party's checklist, draw the sample, read it, accept the block, judge the rest, and pass it on."""
    reviewer = world.staff["reviewer"]
    with world.cellar.work() as work:
        found = _attestation(world, work)
        people.state_interest(work, reviewer, work.rows.get_one(Party, found.party_id), world.year)
        going = review.take(work, reviewer, found)
        draw = drawing.draw(work, reviewer, going)
    with world.cellar.work() as work:
        _judge(world, work, set(draw.drawn))
    with world.cellar.work() as work:
        drawing.accept(work, reviewer, review.current(work, _attestation(world, work)))
    with world.cellar.work() as work:
        found = _attestation(world, work)
        asked = set(work.rows.scalars(sa.select(Answer.question).where(
            Answer.attestation_id == found.id, Answer.author == "party")))
        _judge(world, work, asked - set(work.rows.scalars(sa.select(Verdict.question).where(
            Verdict.review_id == review.current(work, found).id, Verdict.verdict != ""))))
        judged.answer_own(work, reviewer, found)
        digest = work.rows.scalars(
            sa.select(AttestationVersion.digest).where(AttestationVersion.attestation_id == found.id)).one()
        finish.pass_on(work, reviewer, found, digest, finish.Letter(
            "前年度から変更のない回答は、抽出した設問を確認したうえで一括で適としました。ほかの設問は個別に確認しました。"))


def _attestation(world: World, work: Work) -> Attestation:
    return work.rows.scalars(sa.select(Attestation).where(
        Attestation.party_id == world.parties[PARTY].id, Attestation.fiscal_year == world.year)).one()


def _judge(world: World, work: Work, questions: set[str]) -> None:
    """Judge some questions to conform."""
    judged.keep(work, world.staff["reviewer"], _attestation(world, work),
                [review.Judgement(name, "conforms") for name in sorted(questions)])
