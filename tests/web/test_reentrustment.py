"""Re-entrustment by its pages: drafted and sent by the party, examined, consented to, its letter fetched, ended."""

import io
import re
from dataclasses import replace
from datetime import date

import pytest
import python_calamine
import sqlalchemy as sa
from flask import Flask
from pyhanko.pdf_utils.reader import PdfFileReader

from portal.actions import people as acts
from portal.jobs import consenting
from portal.models import Contract, ContractTerm, Reentrustment
from portal.store.cellar import Cellar
from tests.cast import Cast, client
from tests.reentrusted import SAID, consented, contract, drafted, line_of, passed, sent
from tests.web.walk import TOKEN, Walk, faults
from tests.world import pdf

WORDS = {"ja": ("申請済み", "事前承諾", "承諾書（PDF）", "データを取り扱う者の範囲"),
         "en": ("Sent to JMDP", "Prior consent", "Letter of consent (PDF)", "Who can see the data")}
DESK, MINE = "/desk/parties/reentrustment", "/my/reentrustment"


def typed(cellar: Cellar, under: str, **other: str) -> dict[str, str]:
    """A whole form under a contract."""
    with cellar.work() as work:
        item = f"{line_of(work, under).public_id}:name"
    return {"under": "", "name_ja": "例示データ入力株式会社", "name_en": "Reiji Data Entry", "country": "jp",
            "legal_id": "", "items": item, "work": "入力", "reason": "要員のため", "safeguards": "年1回の点検",
            "starts_on": "2026-12-15", "ends_on": "2027-03-31", **other}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_from_the_draft_to_the_letter_and_the_end(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    with cellar.work() as work:
        for who in (people.officer, people.reviewer, people.approver):
            acts.choose_language(work, who.actor, language)
    officer, reviewer, approver = (Walk(client(app, cellar, who)) for who in
                                   (people.officer, people.reviewer, people.approver))
    under = contract(cellar, people)
    asked, mode, letter, sees = WORDS[language]
    assert mode.lower() in officer.get(MINE).lower() and f"{MINE}/new/{under}" in officer.get(MINE)
    where = officer.post(f"{MINE}/new/{under}", **typed(cellar, under, reason=""))
    public_id = where.rpartition("/")[2]
    assert public_id not in reviewer.get(DESK)
    late = officer.post(where, 422, **typed(cellar, under, reason="", work="夜間の入力"), version="1", send="yes")
    assert "夜間の入力" in late and "reason-error" in late
    officer.post(where, **typed(cellar, under), send="yes")
    assert asked.lower() in reviewer.get(DESK).lower() and public_id in reviewer.get(f"{DESK}?waiting=yes&country=JP")
    desk = f"{DESK}/{public_id}"
    reviewer.post(f"{desk}/pass", 422, **{"pass-reason": ""})
    reviewer.post(f"{desk}/pass", **{"pass-reason": "契約書の写しを確認した。"})
    assert f"{desk}/consent" not in reviewer.get(desk) and "契約書の写しを確認した。" not in officer.get(where)
    assert "年2回の報告" in approver.post(f"{desk}/consent", 422, **{
        "consent-until": "2027-04-30", "consent-conditions": "年2回の報告"})
    approver.post(f"{desk}/consent", **{"consent-until": "2027-03-31", "consent-conditions": "年2回の報告"})
    assert letter not in officer.get(where) and officer.client.get(f"{where}/letter").status_code == 404
    consenting.run(cellar, public_id)
    assert letter in officer.get(where) and "年2回の報告" in officer.get(where)
    for reader, place in ((officer, where), (reviewer, desk)):
        answer = reader.client.get(f"{place}/letter")
        (seal,) = PdfFileReader(io.BytesIO(answer.get_data())).embedded_signatures
        seal.compute_integrity_info()
        assert seal.coverage is not None and seal.coverage.name == "ENTIRE_FILE"
        assert answer.get_data().startswith(b"%PDF") and "S-2026-0001.pdf" in answer.headers["Content-Disposition"]
    tree = reviewer.get(f"/desk/parties/{people.party.public_id}?tab=reentrustment")
    assert sees in tree and desk in tree
    assert "消去" in officer.post(f"{where}/end", 422, **{"end-on": "2027-01-01", "end-said": "消去した。"})
    officer.post(f"{where}/end", **{"end-on": "2026-11-25", "end-said": "消去した。"})
    assert public_id not in reviewer.get(DESK) and public_id in reviewer.get(f"{DESK}?state=ended")


def test_what_the_contract_forbids_has_no_form(app: Flask, cellar: Cellar, people: Cast) -> None:
    officer, under = Walk(client(app, cellar, people.officer)), contract(cellar, people, "forbidden")
    assert "契約により再委託は禁止" in officer.get(MINE) and f"{MINE}/new/{under}" not in officer.get(MINE)
    assert 'name="name_ja"' not in officer.get(f"{MINE}/new/{under}")
    officer.post(f"{MINE}/new/{under}", 422, **typed(cellar, under))
    with cellar.read() as rows:
        assert rows.scalars(sa.select(Reentrustment)).all() == []


def test_two_colleagues_see_both_texts(app: Flask, cellar: Cellar, people: Cast) -> None:
    under = contract(cellar, people)
    where = f"{MINE}/{drafted(cellar, people, under)}"
    officer, clerk = (Walk(client(app, cellar, who)) for who in (people.officer, people.clerk))
    seen = re.search(r'name="version" value="(\d+)"', clerk.get(where))
    assert seen is not None
    officer.post(where, **typed(cellar, under, reason="責任者の理由"), version=seen[1])
    both = clerk.post(where, 409, **typed(cellar, under, reason="担当者の理由"), version=seen[1])
    assert "責任者の理由" in both and "担当者の理由" in both
    assert 'name="send"' not in clerk.get(where), "an officer sends it"
    clerk.post(where, 403, **typed(cellar, under), send="yes")


def test_another_party_and_the_desk_see_no_draft(app: Flask, cellar: Cellar, people: Cast) -> None:
    draft, body = (made(cellar, people, contract(cellar, people)) for made in (drafted, sent))
    stranger, lead = (Walk(client(app, cellar, who)) for who in (people.stranger, people.lead))
    for public_id in (draft, body):
        stranger.get(f"{MINE}/{public_id}", 404)
        assert public_id not in stranger.get(MINE)
    lead.get(f"{DESK}/{draft}", 404)
    lead.post(f"{DESK}/{draft}/pass", 404, **{"pass-reason": "x"})
    lead.post(f"{DESK}/{body}/pass", 403, **{"pass-reason": "x"})


def test_files_are_attached_while_it_is_in_the_partys_hands(app: Flask, cellar: Cellar, people: Cast) -> None:
    browser, where = client(app, cellar, people.clerk), f"{MINE}/{drafted(cellar, people, contract(cellar, people))}"

    def send(*files: tuple[bytes, str]) -> str:
        token = TOKEN.search(browser.get(where).text)
        assert token is not None
        answer = browser.post(f"{where}/files", data={
            "csrf_token": token[1], "file": [(io.BytesIO(data), name) for data, name in files]}, follow_redirects=True)
        assert answer.status_code == 200 and not faults(answer.text)
        return answer.text

    assert "先にファイルを選択してください" in send()
    assert "写し.exe" not in send((b"MZ", "写し.exe"))
    assert "写し.pdf" in send((pdf("写し"), "写し.pdf"))


@pytest.mark.parametrize("now", [{"signed_on": None}, {"ends_on": date(2026, 11, 24)}])
def test_nothing_typed_is_lost_when_the_contract_is_over(app: Flask, cellar: Cellar, people: Cast,
                                                         now: dict[str, date | None]) -> None:
    under = contract(cellar, people)
    where, officer = f"{MINE}/{drafted(cellar, people, under)}", Walk(client(app, cellar, people.officer))
    assert "提出時に必須" in officer.get(where) and "Needed to send" in officer.get(f"{where}?lang=en")
    with cellar.work() as work:
        found = work.rows.scalars(sa.select(Contract).where(Contract.public_id == under)).one()
        work.rows.execute(sa.update(ContractTerm).where(ContractTerm.contract_id == found.id).values(**now))
    assert f"{MINE}/new/{under}" not in officer.get(MINE) and "契約が有効でない" in officer.get(f"{where}?lang=ja")
    for path in (where, f"{MINE}/new/{under}"):
        told = officer.post(path, 422, **typed(cellar, under, work="夜間の入力"), version="1", send="yes")
        assert "夜間の入力" in told and told.count("契約が有効でないため、提出できません。") > 1, path
    officer.post(where, **typed(cellar, under, work="夜間の入力"), version="1")
    assert "夜間の入力" in officer.get(where)


def test_the_list_is_filtered_and_given_as_a_file(app: Flask, cellar: Cellar, people: Cast) -> None:
    under = contract(cellar, people)
    here = consented(cellar, people, under)
    abroad = passed(cellar, people, under, replace(SAID, name_ja="見本外国社", country="US"))
    lead, approver = (Walk(client(app, cellar, who)) for who in (people.lead, people.approver))
    assert here in lead.get(DESK) and abroad in lead.get(DESK)
    assert here not in lead.get(f"{DESK}?country=US") and abroad in lead.get(f"{DESK}?country=US")
    assert here in lead.get(f"{DESK}?state=consented") and abroad not in lead.get(f"{DESK}?state=consented")
    assert here not in lead.get(f"{DESK}?step=90"), "it ends in 126 days"
    assert abroad in approver.get(f"{DESK}?waiting=yes") and here not in approver.get(f"{DESK}?waiting=yes")
    assert "再委託の申請" in approver.get("/desk/")
    book = python_calamine.load_workbook(io.BytesIO(lead.client.get(f"{DESK}.xlsx?country=US").get_data()))
    rows = book.get_sheet_by_index(0).to_python()
    assert sum("見本外国社" in row for row in rows) == 1 and not any(SAID.name_ja in row for row in rows)
    assert "見本外国社" in lead.client.get(f"{DESK}.csv").get_data().decode("utf-8-sig")
    lead.get(f"{DESK}.txt", 404)


def test_the_pages_do_not_ask_more_for_more_bodies(app: Flask, cellar: Cellar, people: Cast) -> None:
    under, counted = contract(cellar, people), []
    lead = Walk(client(app, cellar, people.lead))
    sa.event.listen(cellar.engine, "before_cursor_execute", lambda *given: counted.append(given[2]))

    def asks() -> list[int]:
        found = []
        for path in (DESK, f"/desk/parties/{people.party.public_id}?tab=reentrustment"):
            lead.get(path)
            counted.clear()
            lead.get(path)
            found.append(sum(text.startswith("SELECT") for text in counted))
        return found

    consented(cellar, people, under)
    few = asks()
    for number in range(4):
        sent(cellar, people, under, replace(SAID, name_ja=f"例示{number}"))
    assert asks() == few


def test_nothing_typed_is_lost_when_a_colleague_has_sent_it(app: Flask, cellar: Cellar, people: Cast) -> None:
    under = contract(cellar, people)
    where = f"{MINE}/{drafted(cellar, people, under)}"
    officer, clerk = (Walk(client(app, cellar, who)) for who in (people.officer, people.clerk))
    officer.post(where, **typed(cellar, under), version="1", send="yes")
    told = clerk.post(where, 409, **typed(cellar, under, reason="担当者が入力中の理由"), version="1")
    assert "担当者が入力中の理由" in told and 'name="reason"' not in told
