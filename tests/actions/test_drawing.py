"""Sampling before a block: drawn once, read first, falls with one that fails, undone in the draft."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.actions import approve, drawing, findings, finish, looking, review
from portal.core import sampling as law
from portal.core.errors import Incomplete, NotAllowed, NotNow, Stale
from portal.models import Attestation, Draw, LedgerEntry, Party, Review, SignOff, Verdict
from portal.store.cellar import Cellar
from tests.actions import flow, renewed
from tests.cast import Cast


def events(cellar: Cellar) -> list[str]:
    """What the ledger says of samples and blocks, in order."""
    with cellar.read() as rows:
        found = rows.scalars(sa.select(LedgerEntry.event).order_by(LedgerEntry.id))
        return [event for event in found if event.startswith(("attestation.sample", "attestation.block"))]


def verdicts(cellar: Cellar, *, together: bool) -> list[str]:
    """The questions whose newest verdicts were accepted as a block, or judged by themselves."""
    with cellar.read() as rows:
        newest = sa.select(sa.func.max(Review.id)).scalar_subquery()
        condition = Verdict.draw_id.is_not(None) if together else Verdict.draw_id.is_(None)
        return sorted(rows.scalars(sa.select(Verdict.question).where(
            Verdict.review_id == newest, Verdict.verdict != "", condition)))


def test_a_block_is_accepted_after_the_sample_and_told_to_the_approver(cellar: Cellar, people: Cast) -> None:
    public_id = renewed.taken(cellar, people)
    eligible = [name for name, why in renewed.offered(cellar, people.reviewer, public_id).items() if not why]
    drawn = renewed.draw(cellar, people.reviewer, public_id)
    assert len(drawn) == 3 < len(eligible) and set(drawn) < set(eligible)
    with pytest.raises(Incomplete) as refused:
        renewed.accept(cellar, people.reviewer, public_id)
    assert set(refused.value.fields) == set(drawn)
    renewed.judge(cellar, people.reviewer, public_id, drawn)
    assert renewed.accept(cellar, people.reviewer, public_id) == len(eligible) - 3
    assert verdicts(cellar, together=True) == sorted(set(eligible) - set(drawn))
    renewed.judge_rest(cellar, people, public_id)
    flow.pass_on(cellar, people, public_id)
    told = renewed.sample(cellar, people.approver, public_id)
    assert told is not None and told.state == "accepted" and len(told.block) == len(eligible) - 3
    assert [one.item.question.id for one in told.drawn] == drawn and all(one.first_at for one in told.drawn)
    flow.sign(cellar, people, public_id)
    assert events(cellar) == ["attestation.sample_drawn", "attestation.block_accepted"]
    with cellar.read() as rows:
        row = rows.scalars(sa.select(Draw)).one()
        assert rows.scalar(sa.select(sa.func.count()).select_from(SignOff)) == 2
        assert row.drawn == list(law.drawn(law.Rule(row.percent, row.minimum), row.seed, row.version_digest, eligible))


def test_only_unchanged_answers_of_low_risk_may_be_drawn(cellar: Cellar, people: Cast) -> None:
    found = review.Judgement("LAB-14", "finding", comment="記録がない。", severity="low", due_on=flow.later(30))
    public_id = renewed.taken(cellar, people, LAB_14=found)
    why = renewed.offered(cellar, people.reviewer, public_id)
    critical = {q.id for q in flow.template_of(cellar, public_id).questions if q.criticality == "critical"}
    assert not critical & {name for name, reason in why.items() if not reason}
    assert why["LAB-14"] == "not_accepted"
    renewed.judge(cellar, people.reviewer, public_id, [next(name for name, reason in why.items() if not reason)])
    again = renewed.offered(cellar, people.reviewer, public_id)
    assert [name for name in why if why[name] != again[name]] == [next(n for n, reason in why.items() if not reason)]
    assert "verdict" in again.values()
    with cellar.work() as work:
        work.rows.get_one(Party, people.party.id).tier = "critical"
    assert set(renewed.offered(cellar, people.reviewer, public_id).values()) <= {"tier", "own", "new"}
    with pytest.raises(Incomplete):
        renewed.draw(cellar, people.reviewer, public_id)


def test_a_first_year_has_nothing_to_draw_from(cellar: Cellar, people: Cast) -> None:
    public_id = flow.submitted(cellar, people)
    flow.taken(cellar, people, public_id)
    assert set(renewed.offered(cellar, people.reviewer, public_id).values()) == {"new"}
    for verb in (renewed.draw, renewed.accept):
        with pytest.raises(Incomplete):
            verb(cellar, people.reviewer, public_id)
    assert events(cellar) == []


def test_a_sample_is_drawn_once_and_never_changed(cellar: Cellar, people: Cast) -> None:
    public_id = renewed.taken(cellar, people)
    renewed.draw(cellar, people.reviewer, public_id)
    with pytest.raises(NotNow):
        renewed.draw(cellar, people.reviewer, public_id)
    with pytest.raises(sa.exc.DatabaseError, match="said once"), cellar.engine.begin() as raw:
        raw.execute(sa.update(Draw).values(seed="0" * 64))
    with pytest.raises(Stale), cellar.work() as work:
        row = work.rows.scalars(sa.select(Draw)).one()
        work.rows.add(Draw(**{name: getattr(row, name) for name in (
            "attestation_id", "party_id", "version_id", "version_digest", "percent", "minimum", "seed", "eligible",
            "drawn", "drawn_by_id", "drawn_at")}))


def test_the_block_falls_with_one_drawn_answer(cellar: Cellar, people: Cast) -> None:
    public_id = renewed.taken(cellar, people)
    drawn = renewed.block(cellar, people, public_id)
    renewed.judge(cellar, people.reviewer, public_id, drawn[:1], "return")
    assert verdicts(cellar, together=True) == [] and events(cellar)[-1] == "attestation.block_fell"
    told = renewed.sample(cellar, people.reviewer, public_id)
    assert told is not None and told.state == "fallen"
    with pytest.raises(Incomplete) as refused:
        renewed.accept(cellar, people.reviewer, public_id)
    assert list(refused.value.fields) == drawn[:1]
    with pytest.raises(Incomplete), cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        finish.return_to_party(work, people.reviewer.actor, found, flow.digest_of(cellar, public_id),
                               finish.Letter("", flow.later(20)))


def test_the_block_is_undone_in_the_draft_and_single_answers_leave_it(cellar: Cellar, people: Cast) -> None:
    public_id = renewed.taken(cellar, people)
    renewed.block(cellar, people, public_id)
    first, *rest = verdicts(cellar, together=True)
    renewed.judge(cellar, people.reviewer, public_id, [first], "return")
    assert verdicts(cellar, together=True) == rest, "an answer that was not drawn leaves the block by itself"
    taken_back = renewed.act(cellar, public_id, lambda work, going: drawing.take_back(
        work, people.reviewer.actor, going))
    assert taken_back == len(rest) and verdicts(cellar, together=True) == []
    assert renewed.accept(cellar, people.reviewer, public_id) == len(rest)


def test_the_block_needs_its_sample_until_the_finish(cellar: Cellar, people: Cast) -> None:
    public_id = renewed.taken(cellar, people)
    drawn = renewed.block(cellar, people, public_id)
    renewed.judge_rest(cellar, people, public_id)
    renewed.act(cellar, public_id, lambda work, going: looking.keep(
        work, people.reviewer.actor, going, looking.Looked({drawn[0]: False})))
    with pytest.raises(Incomplete) as refused:
        flow.pass_on(cellar, people, public_id)
    assert list(refused.value.fields) == [drawn[0]]
    renewed.act(cellar, public_id, lambda work, going: looking.keep(
        work, people.reviewer.actor, going, looking.Looked({drawn[0]: True})))
    with cellar.work() as work:
        work.rows.get_one(Party, people.party.id).tier = "critical"
    with pytest.raises(Incomplete) as barred:
        flow.pass_on(cellar, people, public_id)
    assert sorted(barred.value.fields) == verdicts(cellar, together=True)


def test_only_the_reviewer_in_hand_draws_and_accepts(cellar: Cellar, people: Cast) -> None:
    public_id = renewed.taken(cellar, people)
    for other in (people.reviewer2, people.approver, people.lead):
        with pytest.raises(NotAllowed):
            renewed.draw(cellar, other, public_id)
    biased = replace(people.reviewer, actor=replace(people.reviewer.actor, conflicts=frozenset({people.party.id})))
    with pytest.raises(NotAllowed):
        renewed.draw(cellar, biased, public_id)
    drawn = renewed.draw(cellar, people.reviewer, public_id)
    renewed.judge(cellar, people.reviewer, public_id, drawn)
    for other in (people.reviewer2, biased):
        with pytest.raises(NotAllowed):
            renewed.accept(cellar, other, public_id)
    assert events(cellar) == ["attestation.sample_drawn"]


def test_another_reviewer_reads_the_sample_again(cellar: Cellar, people: Cast) -> None:
    public_id = renewed.taken(cellar, people)
    drawn = renewed.block(cellar, people, public_id)
    with cellar.work() as work:
        review.release(work, people.reviewer.actor, work.rows.get_one(Attestation, flow.find(cellar, public_id).id))
    flow.taken(cellar, people, public_id, people.reviewer2)
    assert verdicts(cellar, together=True) == [] and not set(drawn) & set(verdicts(cellar, together=False))
    with pytest.raises(Incomplete):
        renewed.accept(cellar, people.reviewer2, public_id)
    renewed.judge(cellar, people.reviewer2, public_id, drawn)
    assert renewed.accept(cellar, people.reviewer2, public_id) > 0


def test_a_block_stands_when_it_is_sent_back_and_falls_with_a_new_version(cellar: Cellar, people: Cast) -> None:
    public_id = renewed.taken(cellar, people)
    renewed.block(cellar, people, public_id)
    held = verdicts(cellar, together=True)
    renewed.judge_rest(cellar, people, public_id)
    flow.pass_on(cellar, people, public_id)
    with cellar.work() as work:
        approve.send_back(work, people.approver.actor, work.rows.get_one(Attestation, flow.find(cellar, public_id).id),
                          "LAB-02をもう一度確認してください。")
    assert verdicts(cellar, together=True) == held
    renewed.judge(cellar, people.reviewer, public_id, ["LAB-02"], "return")
    with cellar.work() as work:
        finish.return_to_party(work, people.reviewer.actor, work.rows.get_one(
            Attestation, flow.find(cellar, public_id).id), flow.digest_of(cellar, public_id),
            finish.Letter("", flow.later(20)))
    flow.answer_all(cellar, people, public_id, "夜間を含みます。")
    flow.certify_it(cellar, people, public_id)
    flow.taken(cellar, people, public_id)
    assert verdicts(cellar, together=True) == [] and not set(held) & set(verdicts(cellar, together=False))
    assert renewed.sample(cellar, people.reviewer, public_id) is None
    assert renewed.offered(cellar, people.reviewer, public_id)["LAB-02"] != ""


def test_a_whole_page_makes_no_single_verdicts_of_a_block_that_falls(cellar: Cellar, people: Cast) -> None:
    public_id = renewed.taken(cellar, people)
    drawn = renewed.block(cellar, people, public_id)
    block = verdicts(cellar, together=True)
    shown = {item.question.id: item.verdict for item in renewed.sheet(cellar, people.reviewer, public_id).items
             if item.verdict and item.verdict.verdict}
    page = [review.Judgement(name, "return" if name == drawn[0] else row.verdict,
                             comment="範囲が分かりません。" if name == drawn[0] else "", version=row.version)
            for name, row in shown.items()]
    saved = renewed.act(cellar, public_id, lambda work, going: review.save(work, people.reviewer.actor, going, page))
    assert list(saved.versions) == drawn[:1] and saved.theirs == {}
    assert verdicts(cellar, together=True) == [] and not set(block) & set(verdicts(cellar, together=False))


def test_a_corrected_verdict_revives_the_block_and_both_stand_in_the_ledger(cellar: Cellar, people: Cast) -> None:
    public_id = renewed.taken(cellar, people)
    drawn = renewed.draw(cellar, people.reviewer, public_id)
    renewed.judge(cellar, people.reviewer, public_id, drawn)
    for verdict, state in (("return", "fallen"), ("conforms", "ready")):
        renewed.judge(cellar, people.reviewer, public_id, drawn[:1], verdict)
        told = renewed.sample(cellar, people.reviewer, public_id)
        assert told is not None and told.state == state
    with cellar.read() as rows:
        leaves = rows.scalars(sa.select(LedgerEntry.leaf).where(LedgerEntry.event == "review.judged"))
        assert [drawn[0] in leaf and '"return"' in leaf for leaf in leaves].count(True) == 1


def test_an_accepted_risk_past_its_day_keeps_its_question_out_of_the_sample(cellar: Cellar, people: Cast) -> None:
    public_id, now = renewed.submitted(cellar, people), cellar.clock()
    name = next(name for name, why in renewed.offered(cellar, people.reviewer, public_id).items() if not why)
    with cellar.work() as work:
        found = findings.raise_finding(work, people.reviewer.actor, work.rows.get_one(Party, people.party.id),
                                       findings.Found("記録がない。", "high", flow.later(30)))
        found.question = name
        work.rows.flush()
        findings.accept_risk(work, people.approver.proven, found, "限定的", flow.later(1))
    assert not renewed.offered(cellar, people.reviewer, public_id)[name]
    cellar.clock = lambda: now + timedelta(days=2)
    assert renewed.offered(cellar, people.reviewer, public_id)[name]
