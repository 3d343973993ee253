"""Review and sign-off: one finish, only returned questions reopen, four eyes, one digest, one winner."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.actions import approve, attest, certify, finish, review
from portal.core.errors import Incomplete, NeedsStepUp, NotAllowed, NotFound, NotNow, Stale
from portal.models import Answer, Attestation, AttestationVersion, Finding, Mail, Packet, SignOff, Verdict
from portal.queries import versions
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast

BACK = review.Judgement("LAB-02", "return", comment="範囲が分かりません。", wish="夜間帯を含めて記載してください。")


def subjects(cellar: Cellar) -> list[str]:
    """The subjects of the outbox."""
    with cellar.read() as rows:
        return list(rows.scalars(sa.select(Mail.subject).order_by(Mail.id)))


def test_from_request_to_sign_off_and_its_packets(cellar: Cellar, people: Cast) -> None:
    public_id = flow.signed_off(cellar, people)
    with cellar.read() as rows:
        found = rows.scalars(sa.select(Attestation)).one()
        assert (found.state, found.version_no, found.answered) == ("signed_off", 1, found.questions)
        signature = rows.scalars(sa.select(SignOff)).one()
        assert signature.version_digest == flow.digest_of(cellar, public_id)
        assert sorted(rows.scalars(sa.select(Packet.audience))) == ["internal", "party"]
    assert [subject for subject in subjects(cellar) if "点検が完了しました" in subject] != []


def test_a_return_reopens_only_its_questions_and_says_so_in_one_mail(cellar: Cellar, people: Cast) -> None:
    public_id = flow.submitted(cellar, people)
    flow.taken(cellar, people, public_id)
    flow.judged(cellar, people, public_id, LAB_02=BACK)
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        finish.return_to_party(work, people.reviewer.actor, found, flow.digest_of(cellar, public_id),
                               finish.Letter("よろしくお願いいたします。", flow.later(20)))
    with cellar.read() as rows:
        assert list(rows.scalars(sa.select(Answer.question).where(Answer.is_open))) == ["LAB-02"]
        mails = rows.scalars(sa.select(Mail).where(Mail.kind == "returned")).all()
    assert len(mails) == 2  # the officer and the clerk, one each
    assert "夜間帯を含めて" in mails[0].body
    with pytest.raises(NotNow), cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        attest.save(work, people.clerk.actor, found, attest.Draft("LAB-01", {"text": "no"}))
    flow.answer_all(cellar, people, public_id, "夜間を含みます。")
    flow.certify_it(cellar, people, public_id)
    again = flow.taken(cellar, people, public_id)
    with cellar.read() as rows:
        kept = set(rows.scalars(sa.select(Verdict.question).where(Verdict.review_id == again.id)))
        everything = set(rows.scalars(sa.select(Answer.question).where(Answer.author == "party")))
    assert everything - kept == {"LAB-02"}


def test_a_return_names_what_is_wanted(cellar: Cellar, people: Cast) -> None:
    public_id = flow.submitted(cellar, people)
    flow.taken(cellar, people, public_id)
    flow.judged(cellar, people, public_id, LAB_02=replace(BACK, comment=" "))
    digest = flow.digest_of(cellar, public_id)
    for act in (finish.return_to_party, finish.pass_on):
        with pytest.raises(Incomplete) as refusal, cellar.work() as work:
            found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
            act(work, people.reviewer.actor, found, digest, finish.Letter("", flow.later(20)))
        assert set(refusal.value.fields) == {"LAB-02"}
    assert flow.find(cellar, public_id).state == "under_review"


def test_nobody_reviews_with_an_interest_or_signs_what_they_reviewed(cellar: Cellar, people: Cast) -> None:
    public_id = flow.passed(cellar, people)
    digest = flow.digest_of(cellar, public_id)
    own = replace(people.reviewer.actor, roles=people.reviewer.actor.roles | people.approver.actor.roles,
                  has_stepped_up=True)
    cases = {
        NotAllowed: own,
        NeedsStepUp: people.approver.actor,
    }
    for refusal, actor in cases.items():
        with pytest.raises(refusal), cellar.work() as work:
            found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
            approve.sign_off(work, actor, found, approve.Decision(digest))
    biased = replace(people.approver.actor, conflicts=frozenset({people.party.id}), has_stepped_up=True)
    with pytest.raises(NotAllowed), cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        approve.sign_off(work, biased, found, approve.Decision(digest))
    assert flow.find(cellar, public_id).state == "awaiting_approval"


def test_a_signature_holds_for_one_version_only(cellar: Cellar, people: Cast) -> None:
    public_id = flow.passed(cellar, people)
    actor = replace(people.approver.actor, has_stepped_up=True)
    with pytest.raises(Stale), cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        approve.sign_off(work, actor, found, approve.Decision("0" * 64))


def test_two_reviewers_at_once_one_wins(cellar: Cellar, people: Cast) -> None:
    public_id = flow.submitted(cellar, people)
    flow.taken(cellar, people, public_id)
    with pytest.raises((Stale, NotNow)):
        flow.taken(cellar, people, public_id, people.reviewer2)
    assert flow.find(cellar, public_id).reviewer_id == people.reviewer.person_id


def test_a_draft_that_changed_meanwhile_is_kept_and_told(cellar: Cellar, people: Cast) -> None:
    public_id = flow.submitted(cellar, people)
    flow.taken(cellar, people, public_id)
    for comment, expected in (("一つ目", {"LAB-01": 1}), ("二つ目", {})):
        with cellar.work() as work:
            going = review.current(work, work.rows.get_one(Attestation, flow.find(cellar, public_id).id))
            saved = review.save(work, people.reviewer.actor, going, [
                review.Judgement("LAB-01", "conforms", comment=comment, version=0)])
        assert saved.versions == expected
    assert saved.theirs == {"LAB-01": {"version": "1", "verdict": "conforms", "comment": "一つ目"}}


def test_only_what_was_submitted_is_judged(cellar: Cellar, people: Cast) -> None:
    public_id = flow.submitted(cellar, people)
    flow.taken(cellar, people, public_id)
    hidden = {question.id for question in flow.template_of(cellar, public_id).questions} | {"NOT-01"}
    with cellar.read() as rows:
        hidden -= set(versions.body(versions.newest(
            rows, people.reviewer.actor, flow.find(cellar, public_id).id)).by_question())
    for question in hidden:
        with pytest.raises(NotFound), cellar.work() as work:
            going = review.current(work, work.rows.get_one(Attestation, flow.find(cellar, public_id).id))
            review.judge(work, people.reviewer.actor, going, review.Judgement(question, "return"))


def test_findings_open_at_sign_off(cellar: Cellar, people: Cast) -> None:
    found = review.Judgement("LAB-03", "finding", comment="手順が更新されていません。", severity="high",
                             due_on=flow.later(40))
    flow.signed_off(cellar, people, LAB_03=found)
    with cellar.read() as rows:
        finding = rows.scalars(sa.select(Finding)).one()
        assert (finding.question, finding.severity, finding.state) == ("LAB-03", "high", "open")
        assert rows.scalars(sa.select(SignOff)).one().conclusion == "with_findings"


def test_an_approver_sends_back_and_the_verdicts_stay(cellar: Cellar, people: Cast) -> None:
    public_id = flow.passed(cellar, people)
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        again = approve.send_back(work, people.approver.actor, found, "LAB-05 を再確認してください。")
    with cellar.read() as rows:
        assert rows.scalar(sa.select(sa.func.count()).where(Verdict.review_id == again.id)) == \
            flow.find(cellar, public_id).answered
    assert flow.find(cellar, public_id).state == "under_review"


def test_incomplete_and_alone_cannot_be_certified(cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people)
    with pytest.raises(Incomplete) as refusal, cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        certify.submit(work, people.officer.actor, found, certify.Certificate("責任 太郎", "部長", True))
    assert "LAB-01" in refusal.value.fields
    alone = replace(people, clerk=people.officer)
    flow.answer_all(cellar, alone, public_id)
    with pytest.raises(NotAllowed), cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        certify.submit(work, people.officer.actor, found, certify.Certificate("責任 太郎", "部長", True))
    assert flow.find(cellar, public_id).version_no == 0
    with cellar.read() as rows:
        assert rows.scalar(sa.select(sa.func.count()).select_from(AttestationVersion)) == 0
