"""A finding by its pages: opened by hand, answered by the party with files, verified, and nothing typed lost."""

import io
import re

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.actions import findings, intake
from portal.actions import people as acts
from portal.models import Evidence, Finding, FindingEvidence, Party
from portal.store.cellar import Cellar
from tests.cast import Cast, client
from tests.web.test_absences import proven
from tests.web.walk import TOKEN, Walk, faults
from tests.world import pdf

WORDS = {"ja": ("是正計画待ち", "是正計画をご記入ください", "是正完了"),
         "en": ("Awaiting a plan", "Please write your corrective plan", "Verified")}


def prove(cellar: Cellar, cast: Cast, public_id: str) -> None:
    """Let the clerk attach a file that shows the correction."""
    blob = cellar.blobs.keep(cast.party.public_id, io.BytesIO(pdf("台帳")))
    with cellar.work() as work:
        file = intake.receive(work, cast.clerk.actor, work.rows.get_one(Party, cast.party.id),
                              intake.Arrived("台帳.pdf", blob.digest, blob.size))
        work.rows.flush()
        finding = work.rows.scalars(sa.select(Finding).where(Finding.public_id == public_id)).one()
        findings.link(work, cast.clerk.actor, finding, file)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_finding_from_the_desk_to_its_end(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    with cellar.work() as work:
        for who in (people.reviewer, people.clerk, people.approver):
            acts.choose_language(work, who.actor, language)
    reviewer, clerk, approver = (Walk(client(app, cellar, who)) for who in
                                 (people.reviewer, people.clerk, people.approver))
    waits, asks, closed = WORDS[language]
    where = f"/desk/parties/{people.party.public_id}"
    assert f"{where}/findings/new" in reviewer.get(f"{where}?tab=findings")
    early = {"fact": "鍵の台帳", "severity": "high", "due_on": "2026-01-01"}
    assert "鍵の台帳" in reviewer.post(f"{where}/findings/new", 422, **early)
    reviewer.post(f"{where}/findings/new", fact="鍵の台帳がない。", severity="high", due_on="2026-12-28")
    with cellar.read() as rows:
        public_id = rows.scalars(sa.select(Finding.public_id)).one()
    desk, mine = f"/desk/findings/{public_id}", f"/my/findings/{public_id}"
    assert waits in reviewer.get("/desk/findings") and public_id in reviewer.get(f"{where}?tab=findings")
    assert asks in clerk.get(mine) and public_id in clerk.get("/my/findings")
    clerk.post(f"{mine}/plan", 422, plan=" ")
    clerk.post(f"{mine}/plan", plan="台帳を作ります。")
    late = clerk.post(f"{mine}/plan", 422, plan="もう一度書きました。")
    assert "台帳を作ります。" in late
    assert "2026-01-05" in reviewer.post(f"{desk}/agree", 422, **{"agree-due_on": "2026-01-05"})
    reviewer.post(f"{desk}/reject", 422, **{"reject_plan-reason": ""})
    assert ("Agree to the plan" in reviewer.get(desk)) == (language == "en")
    reviewer.post(f"{desk}/agree", **{"agree-due_on": ""})
    assert "12月1日に作りました。" in clerk.post(f"{mine}/report", 422, result="12月1日に作りました。")
    prove(cellar, people, public_id)
    clerk.post(f"{mine}/report", result="12月1日に作りました。")
    assert f"{desk}/verify" not in reviewer.get(desk)
    assert f"{desk}/verify" in approver.get(desk)
    approver.post(f"{desk}/verify", **{"verify-reason": "写しを確認しました。"})
    assert closed in clerk.get(mine) and "写しを確認しました。" in clerk.get(mine)
    assert public_id not in reviewer.get("/desk/findings")
    assert public_id in reviewer.get("/desk/findings?view=closed&severity=high&q=鍵")
    assert public_id not in reviewer.get("/desk/findings?view=closed&severity=low")


def test_files_are_attached_new_and_held(app: Flask, cellar: Cellar, people: Cast) -> None:
    reviewer, browser = Walk(client(app, cellar, people.reviewer)), client(app, cellar, people.clerk)
    reviewer.post(f"/desk/parties/{people.party.public_id}/findings/new", fact="鍵の台帳がない。", severity="low",
                  due_on="2026-12-28")
    with cellar.read() as rows:
        public_id = rows.scalars(sa.select(Finding.public_id)).one()
    where = f"/my/findings/{public_id}"

    def send(*files: tuple[bytes, str], **fields: str) -> str:
        token = TOKEN.search(browser.get(where).text)
        assert token is not None
        answer = browser.post(f"{where}/files", data={
            "csrf_token": token[1], "file": [(io.BytesIO(data), name) for data, name in files], **fields},
            follow_redirects=True)
        assert answer.status_code == 200 and not faults(answer.text)
        return answer.text

    assert "先にファイルを選択してください" in send()
    assert "台帳.exe" not in send((b"MZ", "台帳.exe"))
    assert "台帳.pdf" in send((pdf("1"), "台帳.pdf"))
    with cellar.work() as work:
        work.rows.execute(sa.delete(FindingEvidence))
        held = work.rows.scalars(sa.select(Evidence.public_id)).one()
    assert re.search(rf'name="held"[^>]*value="{held}"|value="{held}"[^>]*name="held"', browser.get(where).text)
    assert f"/my/evidence/{held}" in send(held=held)
    assert client(app, cellar, people.stranger).get(where).status_code == 404
    assert f"/desk/evidence/{held}" in reviewer.get(f"/desk/findings/{public_id}")


def test_an_acceptance_is_taken_back_by_its_form(app: Flask, cellar: Cellar, people: Cast) -> None:
    reviewer, approver = (Walk(client(app, cellar, who)) for who in (people.reviewer, people.approver))
    clerk = Walk(client(app, cellar, people.clerk))
    reviewer.post(f"/desk/parties/{people.party.public_id}/findings/new", fact="鍵の台帳がない。", severity="low",
                  due_on="2026-12-28")
    with cellar.read() as rows:
        public_id = rows.scalars(sa.select(Finding.public_id)).one()
    desk = f"/desk/findings/{public_id}"
    typed = {"accept_risk-reason": "影響が限られる。", "accept_risk-until": "2027-03-31"}
    assert "/account/step-up?ticket=" in approver.post(f"{desk}/accept", **typed)
    assert f"{desk}/resume" not in reviewer.get(desk)
    proven(cellar)
    approver.post(f"{desk}/accept", **typed)
    assert f"{desk}/resume" in reviewer.get(desk) and f"{desk}/reopen" not in reviewer.get(desk)
    assert "理由を記入してください" in reviewer.post(f"{desk}/resume", 422, **{"resume-reason": ""})
    reviewer.post(f"{desk}/resume", **{"resume-reason": "状況が変わりました。"})
    assert "是正計画待ち" in reviewer.get(desk)
    mine = clerk.get(f"/my/findings/{public_id}")
    assert "状況が変わりました。" in mine and f"/my/findings/{public_id}/plan" in mine
