"""A renewal for tests: last year's answers accepted, this year's mostly confirmed unchanged, taken for review."""

import io
from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa

from portal.actions import confirm, drawing, intake, resting, review
from portal.core import readable
from portal.core.actor import SYSTEM
from portal.core.templates import Question
from portal.models import Attestation, Draw, Party, Review
from portal.queries import reviews, sampling, tasks
from portal.store.cellar import Cellar
from portal.store.work import Work
from tests.actions import flow
from tests.cast import Cast, Member
from tests.world import pdf

Result = TypeVar("Result")


def begun(cellar: Cellar, cast: Cast, **last_year: review.Judgement) -> str:
    """This year's attestation as it was asked for, after last year's was signed off; gives the public id."""
    before = flow.ask(cellar, cast, year=2025)
    attach(cellar, cast, before, wanting(cellar, before))
    flow.answer_all(cellar, cast, before)
    flow.certify_it(cellar, cast, before)
    flow.taken(cellar, cast, before)
    flow.judged(cellar, cast, before, **last_year)
    flow.pass_on(cellar, cast, before)
    flow.sign(cellar, cast, before)
    return flow.ask(cellar, cast)


def submitted(cellar: Cellar, cast: Cast, **last_year: review.Judgement) -> str:
    """This year's attestation: what may be confirmed is confirmed unchanged, the rest answered; gives the public id."""
    public_id = begun(cellar, cast, **last_year)
    confirmed(cellar, cast, public_id)
    flow.answer_all(cellar, cast, public_id)
    flow.certify_it(cellar, cast, public_id)
    return public_id


def confirmed(cellar: Cellar, cast: Cast, public_id: str) -> None:
    """Let the clerk confirm unchanged what may be."""
    with cellar.work() as work:
        found = work.rows.scalars(sa.select(Attestation).where(Attestation.public_id == public_id)
                                  .options(*tasks.WITH_ALL)).one()
        sheet = tasks.sheet(work.rows, cast.clerk.actor, found, readable.day_in(work.now()))
        confirm.unchanged(work, cast.clerk.actor, found, [row.question.id for row in sheet.rows if row.may_confirm])


def wanting(cellar: Cellar, public_id: str, critical: bool = False) -> list[Question]:
    """The party's questions that ask for evidence: the critical ones, or all others."""
    return [question for question in flow.template_of(cellar, public_id).questions
            if question.evidence and (question.criticality == "critical") is critical
            and question.answered_by == "party"]


def attach(cellar: Cellar, cast: Cast, public_id: str, asked: list[Question]) -> None:
    """Let the clerk attach to each of some questions an accepted file of the kind it asks for."""
    blobs = {question.id: cellar.blobs.keep(cast.party.public_id, io.BytesIO(pdf(question.id))) for question in asked}
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        for question in asked:
            blob = blobs[question.id]
            file = intake.receive(work, cast.clerk.actor, work.rows.get_one(Party, cast.party.id), intake.Arrived(
                f"{question.id}.pdf", blob.digest, blob.size, question.evidence[0]))
            work.rows.flush()
            intake.settle(work, SYSTEM, file, intake.Looked("pdf", "accepted", (), "clean", "", 1, ""))
            resting.link(work, cast.clerk.actor, found, question.id, file)


def taken(cellar: Cellar, cast: Cast, **last_year: review.Judgement) -> str:
    """The same in the reviewer's hand."""
    public_id = submitted(cellar, cast, **last_year)
    flow.taken(cellar, cast, public_id)
    return public_id


def act(cellar: Cellar, public_id: str, verb: Callable[[Work, Review], Result]) -> Result:
    """Carry a verb out on the going review."""
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        return verb(work, review.current(work, found))


def draw(cellar: Cellar, by: Member, public_id: str) -> list[str]:
    """Draw the sample; gives the drawn questions."""
    act(cellar, public_id, lambda work, going: drawing.draw(work, by.actor, going))
    with cellar.read() as rows:
        return list(rows.scalars(sa.select(Draw.drawn).order_by(Draw.id.desc()).limit(1)).one())


def judge(cellar: Cellar, by: Member, public_id: str, questions: list[str], verdict: str = "conforms") -> None:
    """Judge questions one by one."""
    act(cellar, public_id, lambda work, going: review.save(work, by.actor, going, [
        review.Judgement(name, verdict, comment="" if verdict == "conforms" else "範囲が分かりません。")
        for name in questions]))


def accept(cellar: Cellar, by: Member, public_id: str) -> int:
    """Accept the block; gives how many."""
    return act(cellar, public_id, lambda work, going: drawing.accept(work, by.actor, going))


def block(cellar: Cellar, cast: Cast, public_id: str) -> list[str]:
    """Draw, read the sample and accept the block; gives the drawn questions."""
    drawn = draw(cellar, cast.reviewer, public_id)
    judge(cellar, cast.reviewer, public_id, drawn)
    accept(cellar, cast.reviewer, public_id)
    return drawn


def judge_rest(cellar: Cellar, cast: Cast, public_id: str) -> None:
    """Judge all that has no verdict yet, and answer JMDP's own questions."""
    done = {item.question.id: review.Judgement(item.question.id, item.verdict.verdict)
            for item in sheet(cellar, cast.reviewer, public_id).items if item.verdict and item.verdict.verdict}
    flow.judged(cellar, cast, public_id, **{name.replace("-", "_"): said for name, said in done.items()})


def sheet(cellar: Cellar, by: Member, public_id: str) -> reviews.Sheet:
    """The workspace as somebody sees it."""
    with cellar.read() as rows:
        found = rows.scalars(sa.select(Attestation).where(Attestation.public_id == public_id)
                             .options(*reviews.WITH_PARTY)).one()
        return reviews.sheet(rows, by.actor, found, 2026)


def sample(cellar: Cellar, by: Member, public_id: str) -> sampling.Sample | None:
    """The sample as somebody sees it."""
    made = sheet(cellar, by, public_id)
    with cellar.read() as rows:
        return sampling.of(rows, made)


def offered(cellar: Cellar, by: Member, public_id: str) -> dict[str, str]:
    """Why each question is read by itself, '' where it may stand in a block."""
    made = sheet(cellar, by, public_id)
    with cellar.read() as rows:
        return dict(sampling.offered(rows, made, readable.day_in(cellar.clock())))
