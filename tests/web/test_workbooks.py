"""Answers in Excel through the real forms: out, filled, back, looked at, taken; foreign sheets; what is no workbook."""

import io
import random
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.actions import attest
from portal.models import Answer, Attestation, LedgerEntry, Workbook
from portal.store import whole
from portal.store.cellar import Cellar
from tests import hostile
from tests.actions import flow
from tests.cast import Cast
from tests.sheets import books
from tests.web.test_walk import enter
from tests.web.walk import Walk

HEAD = ["No.", "分類", "確認項目", "回答", "備考", "根拠資料"]


def send(clerk: Walk, public_id: str, data: bytes, name: str = "回答.xlsx", expect: int = 303) -> str:
    """Hand a workbook back; gives where it leads, or the page."""
    return clerk.post(f"/my/attestations/{public_id}/workbook", expect, file=(io.BytesIO(data), name))


def stands(cellar: Cellar) -> dict[str, Answer]:
    """The answers that stand, by question."""
    with cellar.read() as rows:
        return {row.question: row for row in rows.query(Answer)}


def ticked(page: str) -> dict[str, Any]:
    """What a browser would send of the page as it is: the boxes ticked and the versions shown."""
    fields: dict[str, Any] = {"take": []}
    for part in page.split('name="take" value="')[1:]:
        id, tag = part.partition('"')[0], part.partition(">")[0]
        fields[f"version.{id}"] = part.partition(f'name="version.{id}" value="')[2].partition('"')[0]
        if "checked" in tag:
            fields["take"].append(id)
    return fields


def answer(cellar: Cellar, people: Cast, public_id: str, question: str, text: str) -> None:
    """Let the officer answer a question in the portal."""
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        attest.save(work, people.officer.actor, found, attest.Draft(question, {"text": text}))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_out_filled_and_taken(app: Flask, cellar: Cellar, people: Cast, tmp_path: Path, language: str) -> None:
    public_id = flow.ask(cellar, people)
    clerk = enter(app, cellar, people.clerk, language)
    clerk.get(f"/my/attestations/{public_id}")
    clerk.get(f"/my/attestations/{public_id}/workbook")
    clerk = enter(app, cellar, people.clerk, "ja")
    file = clerk.client.get(f"/my/attestations/{public_id}/workbook.xlsx")
    assert "A-2026-0001_LAB.xlsx" in file.headers["Content-Disposition"] and file.headers["Content-Length"]
    book = books.back(file.data, tmp_path)
    for id, text in (("LAB-02", "はい"), ("LAB-04", "いいえ"), ("LAB-03", "31日"), ("LAB-05", "一部")):
        book = books.edited(book, id, answer=text, comment="Excelで回答")
    answer(cellar, people, public_id, "LAB-04", "yes")
    clerk = enter(app, cellar, people.clerk, language)
    place = send(clerk, public_id, books.saved(book))
    page = clerk.get(place)
    fields = ticked(page)
    assert fields["take"] == ["LAB-02", "LAB-03", "LAB-05"] and "version.LAB-04" in fields
    assert stands(cellar).keys() == {"LAB-04"}
    with cellar.read() as rows:  # what was handed in is kept, backed up and proven like all that a row names
        assert all(cellar.blobs.exists(party, digest) for party, digest in whole.named(rows))
        assert rows.query(Workbook.digest).scalar() in {digest for _, digest in whole.named(rows)}
    clerk.post(f"{place}/take", **fields)
    now = stands(cellar)
    assert (now["LAB-02"].value, now["LAB-02"].comment) == ({"choice": "yes"}, "Excelで回答")
    assert now["LAB-03"].value == {"raw": {"text": "31日"}}
    assert now["LAB-04"].value == {"choice": "yes"}
    again = ticked(clerk.get(place))
    assert again["take"] == []
    clerk.post(f"{place}/take", **again | {"take": "LAB-04"})
    assert stands(cellar)["LAB-04"].value == {"choice": "no"}
    with cellar.read() as rows:
        assert rows.query(Workbook).one().taken == 4
        assert rows.query(LedgerEntry).filter(LedgerEntry.event == "workbook.taken").count() == 2


def test_what_changes_between_the_look_and_the_taking_is_left(
    app: Flask, cellar: Cellar, people: Cast, tmp_path: Path
) -> None:
    public_id = flow.ask(cellar, people)
    clerk = enter(app, cellar, people.clerk, "en")
    with_japanese = enter(app, cellar, people.clerk, "ja")
    data = with_japanese.client.get(f"/my/attestations/{public_id}/workbook.xlsx").data
    book = books.edited(books.back(data, tmp_path), "LAB-02", answer="はい")
    clerk = enter(app, cellar, people.clerk, "en")
    place = send(clerk, public_id, books.saved(book))
    fields = ticked(clerk.get(place))
    answer(cellar, people, public_id, "LAB-02", "no")
    assert clerk.post(f"{place}/take", **fields) == place
    assert "changed in the portal meanwhile" in clerk.get(place)
    assert stands(cellar)["LAB-02"].value == {"choice": "no"}


def test_a_sheet_of_their_own(app: Flask, cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people)
    clerk = enter(app, cellar, people.clerk, "en")
    data = books.sheet(
        ["個人情報取扱チェックシート"], HEAD,
        ["1", "登録", "衛生検査所の登録はありますか。", "○", "第123号", "登録証の写し"],
        ["2", "事故", "検体ラベルの記載を符号のみに限っていますか。", "なし", "", ""],
        ["3", "その他", "ISOの認証はありますか。", "◎", "", ""])
    place = send(clerk, public_id, data)
    page = clerk.get(place)
    assert "What these marks mean" in page and ">なし (1)<" in page and "LAB-04" in page
    form = {"sheet": "チェックシート", "head": "2", "column.number": "0", "column.question": "2", "column.answer": "3",
            "column.comment": "4", "column.evidence": "5"}
    chosen = form | {"question.2": "LAB-02", "question.3": "LAB-04", "mark.0": "no"}
    assert clerk.post(f"{place}/arrange", **chosen).startswith(place)
    fields = ticked(clerk.get(place))
    assert fields["take"] == ["LAB-02", "LAB-04"]
    clerk.post(f"{place}/take", **fields)
    now = stands(cellar)
    assert (now["LAB-02"].value, now["LAB-02"].comment) == ({"choice": "yes"}, "第123号\n根拠資料：登録証の写し")
    assert now["LAB-04"].value == {"choice": "no"}
    clerk.post(f"{place}/arrange", **form | {"column.answer": ""})
    assert "nothing in this workbook" in clerk.get(place)


def test_a_sheet_without_known_heads_is_arranged_by_hand(app: Flask, cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people)
    clerk = enter(app, cellar, people.clerk, "en")
    data = books.sheet(["甲", "乙"], ["衛生検査所の登録がありますか", "はい"], name="S")
    place = send(clerk, public_id, data)
    assert "The questions were not found" in clerk.get(place)
    clerk.post(f"{place}/arrange", sheet="S", head="1")
    clerk.post(f"{place}/arrange", sheet="S", head="1", **{"column.question": "0", "column.answer": "1"})
    assert ticked(clerk.get(place))["take"] == ["LAB-02"]


def test_csv_in_the_usual_encoding_is_read(app: Flask, cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people)
    clerk = enter(app, cellar, people.clerk)
    data = "No.,設問,回答,備考\r\nLAB-02,登録,○,第１号\r\nLAB-03,日付,令和8年10月1日,\r\n".encode("cp932")
    place = send(clerk, public_id, data, "check.csv")
    clerk.post(f"{place}/take", **ticked(clerk.get(place)))
    now = stands(cellar)
    assert (now["LAB-02"].value, now["LAB-03"].value) == ({"choice": "yes"}, {"date": "2026-10-01"})


def test_the_workbook_of_another_request_is_refused(app: Flask, cellar: Cellar, people: Cast) -> None:
    first, other = flow.ask(cellar, people), flow.ask(cellar, people, "ITO")
    clerk = enter(app, cellar, people.clerk, "en")
    data = clerk.client.get(f"/my/attestations/{first}/workbook.xlsx").data
    assert "was made for A-2026-0001" in send(clerk, other, data, expect=422)


@pytest.mark.parametrize(("name", "data"), [
    ("none.xlsx", b""), ("page.html", b"<html>"), ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    ("text.txt", b"yes"), ("paper.pdf", b"%PDF-1.7"), ("torn.xlsx", b"PK\x03\x04" + b"\0" * 100),
    ("macro.xlsm", b"PK\x03\x04"), ("huge.csv", b"a,b\r\n" * (3 << 20)), ("long.csv", b"x" * 20_000 + b"\r\n"),
])
def test_what_is_no_workbook_is_refused_with_a_sentence(
    app: Flask, cellar: Cellar, people: Cast, name: str, data: bytes
) -> None:
    public_id = flow.ask(cellar, people)
    clerk = enter(app, cellar, people.clerk, "ja")
    page = send(clerk, public_id, data * (300 if name == "long.csv" else 1), name, expect=422)
    assert "problems-title" in page and stands(cellar) == {}


@pytest.mark.slow
def test_hostile_spreadsheets_by_the_form(app: Flask, cellar: Cellar, people: Cast) -> None:
    """What intake refuses is refused with a sentence; the rest is looked at and changes nothing unasked."""
    public_id = flow.ask(cellar, people)
    clerk = enter(app, cellar, people.clerk)
    tried = [case for case in hostile.cases() if case.name.endswith((".xlsx", ".csv"))]
    assert len(tried) > 40
    clerk.get(f"/my/attestations/{public_id}/workbook")
    for case in tried:
        data = case.make(random.Random(1))
        answered = clerk.client.post(f"/my/attestations/{public_id}/workbook", data={
            "csrf_token": clerk.token, "file": (io.BytesIO(data), case.name)})
        allowed = {422} if case.verdict == hostile.REFUSED else {303, 422}
        assert answered.status_code in allowed, (case.name, answered.status_code)
        if answered.status_code == 303:
            clerk.get(str(answered.location))
    assert stands(cellar) == {}


def test_a_copy_after_submission(app: Flask, cellar: Cellar, people: Cast, tmp_path: Path) -> None:
    public_id = flow.submitted(cellar, people)
    clerk = enter(app, cellar, people.clerk)
    assert "answers.json" in clerk.get(f"/my/attestations/{public_id}/receipt")
    kept = clerk.client.get(f"/my/attestations/{public_id}/answers.json")
    assert sha256(kept.data).hexdigest() == flow.digest_of(cellar, public_id)
    book = books.back(clerk.client.get(f"/my/attestations/{public_id}/workbook.xlsx").data, tmp_path)
    page = book.sheet("回答")
    states = {row[-1] for row in page.rows if row[0].startswith("LAB-")} if page else set()
    assert states == {"受付済み（変更不可）"}
    enter(app, cellar, people.stranger).get(f"/my/attestations/{public_id}/answers.json", 404)


def test_doors_of_the_workbooks(app: Flask, cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people)
    clerk, stranger = enter(app, cellar, people.clerk), enter(app, cellar, people.stranger)
    place = send(clerk, public_id, books.sheet(HEAD, ["1", "", "登録", "○", "", ""]))
    for path in (f"/my/attestations/{public_id}/workbook", f"/my/attestations/{public_id}/workbook.xlsx", place):
        stranger.get(path, 404)
    stranger.post(f"{place}/take", 404, take="LAB-02")
    stranger.post(f"{place}/arrange", 404, sheet="S")
    enter(app, cellar, people.reviewer).get(place, 404)
    flow.answer_all(cellar, people, public_id)
    flow.certify_it(cellar, people, public_id)
    assert "problems-title" in send(clerk, public_id, books.sheet(HEAD), expect=422)
