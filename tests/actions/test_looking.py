"""Marks of what was looked at: by question, version and reviewer; they fall only for what changed."""

import io
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.actions import approve, finish, intake, looking, resting, review
from portal.core.errors import NotAllowed, Stale
from portal.models import Attestation, LedgerEntry, LoginSession, Party, Viewed
from portal.queries import reviews, signing
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast, Member, client
from tests.web.walk import Walk
from tests.world import pdf

BACK = review.Judgement("LAB-02", "return", comment="範囲が分かりません。")


def with_file(cellar: Cellar, cast: Cast) -> tuple[str, str]:
    """A submitted attestation whose LAB-01 rests on a file of three pages; gives both public ids."""
    public_id = flow.ask(cellar, cast)
    blob = cellar.blobs.keep(cast.party.public_id, io.BytesIO(pdf("three")))
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        file = intake.receive(work, cast.clerk.actor, work.rows.get_one(Party, cast.party.id),
                              intake.Arrived("規程.pdf", blob.digest, blob.size, "policy"))
        file.pages = 3
        work.rows.flush()
        resting.link(work, cast.clerk.actor, found, "LAB-01", file)
        name = file.public_id
    flow.answer_all(cellar, cast, public_id)
    flow.certify_it(cellar, cast, public_id)
    return public_id, name


def look(cellar: Cellar, by: Member, public_id: str, looked: looking.Looked) -> None:
    """Keep marks in the going review."""
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        looking.keep(work, by.actor, review.current(work, found), looked)


def sheet(cellar: Cellar, by: Member, public_id: str) -> tuple[reviews.Sheet, signing.Looked]:
    """The workspace and what its reviewer looked at, as somebody sees them."""
    with cellar.read() as rows:
        found = rows.scalars(sa.select(Attestation).where(Attestation.public_id == public_id)
                             .options(*reviews.WITH_PARTY)).one()
        made = reviews.sheet(rows, by.actor, found, 2026)
        return made, signing.looked(rows, made)


def test_marks_and_opened_files_stand_and_are_told_to_the_approver(cellar: Cellar, people: Cast) -> None:
    public_id, file = with_file(cellar, people)
    flow.taken(cellar, people, public_id)
    look(cellar, people.reviewer, public_id, looking.Looked({"LAB-01": True, "LAB-02": True}, {file: 2}))
    look(cellar, people.reviewer, public_id, looking.Looked({"LAB-02": False}, {file: 1, "no such file": 9}))
    mine, looked = sheet(cellar, people.reviewer, public_id)
    assert [item.question.id for item in mine.items if item.is_viewed] == ["LAB-01"] == looked.seen
    assert "LAB-02" in looked.unseen and [(one.question, one.page) for one in looked.files] == [("LAB-01", 2)]
    theirs, same = sheet(cellar, people.approver, public_id)
    assert not any(item.is_viewed for item in theirs.items) and same.seen == ["LAB-01"]
    look(cellar, people.reviewer, public_id, looking.Looked({}, {file: 99}))
    assert sheet(cellar, people.approver, public_id)[1].files[0].page == 3
    with cellar.read() as rows:
        entries = list(rows.scalars(sa.select(LedgerEntry.event).where(LedgerEntry.event == "review.looked_at")))
    assert len(entries) == 1, "only what is new is noted"


def test_judging_is_looking(cellar: Cellar, people: Cast) -> None:
    public_id = flow.submitted(cellar, people)
    flow.taken(cellar, people, public_id)
    flow.judged(cellar, people, public_id)
    assert sheet(cellar, people.approver, public_id)[1].unseen == []


def test_marks_fall_only_for_what_changed(cellar: Cellar, people: Cast) -> None:
    public_id, file = with_file(cellar, people)
    flow.taken(cellar, people, public_id)
    look(cellar, people.reviewer, public_id, looking.Looked({}, {file: 1}))
    flow.judged(cellar, people, public_id, LAB_02=BACK)
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        finish.return_to_party(work, people.reviewer.actor, found, flow.digest_of(cellar, public_id),
                               finish.Letter("お願いいたします。", flow.later(20)))
    flow.answer_all(cellar, people, public_id, "夜間を含みます。")
    flow.certify_it(cellar, people, public_id)
    flow.taken(cellar, people, public_id)
    looked = sheet(cellar, people.reviewer, public_id)[1]
    assert looked.unseen == ["LAB-02"] and looked.files[0].page == 1
    flow.judged(cellar, people, public_id)
    assert sheet(cellar, people.reviewer, public_id)[1].unseen == []


def test_only_the_reviewer_marks_and_only_while_it_goes_on(cellar: Cellar, people: Cast) -> None:
    public_id = flow.submitted(cellar, people)
    going = flow.taken(cellar, people, public_id)
    for other, refusal in ((people.reviewer2, NotAllowed), (people.approver, NotAllowed)):
        with pytest.raises(refusal):
            look(cellar, other, public_id, looking.Looked({"LAB-01": True}))
    flow.judged(cellar, people, public_id)
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        finish.pass_on(work, people.reviewer.actor, found, flow.digest_of(cellar, public_id), finish.Letter(""))
    with pytest.raises(Stale), cellar.work() as work:
        looking.keep(work, people.reviewer.actor, work.rows.merge(going, load=True), looking.Looked({"LAB-01": True}))
    with cellar.read() as rows:
        assert rows.scalar(sa.select(sa.func.count()).select_from(Viewed).where(
            Viewed.person_id != people.reviewer.person_id)) == 0


def test_the_page_keeps_marks_without_scripts(app: Flask, cellar: Cellar, people: Cast) -> None:
    public_id, file = with_file(cellar, people)
    flow.taken(cellar, people, public_id)
    browser = Walk(client(app, cellar, people.reviewer))
    page = browser.get(f"/desk/reviews/{public_id}")
    assert "有効なものをお送りください" in page and f'value="{file}:3"' in page
    form = {"LAB-01.version": "0", "LAB-01.viewed": "yes", "LAB-01.read": f"{file}:2", "LAB-02.version": "0",
            "LAB-02.verdict": "conforms"}
    browser.post(f"/desk/reviews/{public_id}/drafts", **form)
    looked = sheet(cellar, people.reviewer, public_id)[1]
    assert looked.seen == ["LAB-01", "LAB-02"] and looked.files[0].page == 2
    told = client(app, cellar, people.approver).get(f"/desk/approvals/{public_id}").get_data(as_text=True)
    assert "審査者が確認したもの" in told and "2 / 3" in told and "LAB-03" in told


def test_an_outdated_signature_is_refused_with_what_changed(app: Flask, cellar: Cellar, people: Cast) -> None:
    public_id = flow.passed(cellar, people)
    old = flow.digest_of(cellar, public_id)
    approver = replace(people.approver.actor, has_stepped_up=True)
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        approve.send_back(work, approver, found, "夜間の扱いを確かめてください。")
    flow.judged(cellar, people, public_id, LAB_02=BACK)
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        finish.return_to_party(work, people.reviewer.actor, found, old, finish.Letter("", flow.later(20)))
    flow.answer_all(cellar, people, public_id, "夜間を含みます。")
    flow.certify_it(cellar, people, public_id)
    flow.taken(cellar, people, public_id)
    flow.judged(cellar, people, public_id)
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        finish.pass_on(work, people.reviewer.actor, found, flow.digest_of(cellar, public_id), finish.Letter(""))
    browser = Walk(client(app, cellar, people.approver))
    with cellar.work() as work:
        work.rows.execute(sa.update(LoginSession).values(stepped_up_at=work.now()))
    page = browser.post(f"/desk/approvals/{public_id}/sign-off", 409, digest=old, note="確認しました")
    assert flow.find(cellar, public_id).state == "awaiting_approval"
    assert "承認していません" in page and "LAB-02" in page and "確認しました" in page
    assert f'value="{flow.digest_of(cellar, public_id)}"' in page


def test_two_marks_at_once_leave_one(cellar: Cellar, people: Cast) -> None:
    public_id = flow.submitted(cellar, people)
    going = flow.taken(cellar, people, public_id)
    look(cellar, people.reviewer, public_id, looking.Looked({"LAB-01": True}))
    with pytest.raises(Stale), cellar.work() as work:
        work.rows.add(Viewed(person_id=people.reviewer.person_id, party_id=going.party_id,
                             version_id=going.version_id, question="LAB-01", first_at=work.now(), last_at=work.now()))
    with cellar.read() as rows:
        assert rows.scalar(sa.select(sa.func.count()).select_from(Viewed)) == 1
