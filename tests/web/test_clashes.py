"""Two colleagues at one page: what the second is given back is all that the first has saved, of any kind of answer."""

from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from portal.actions import finish
from portal.actions.review import Judgement
from portal.models import Answer, Attestation
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast, client
from tests.web.walk import Walk

ASKED = ("X-Requested-With", "autosave"), ("Accept", "application/json")
ROW = {"name": "架空輸送", "work": "輸送", "tier": "2", "country": "JP", "approval_no": "S-1", "approved_on": ""}
Fields = dict[str, Any]


def cells(*rows: Mapping[str, str], room: int = 3) -> Fields:
    """The cells of a page with these rows and some empty ones."""
    empty = dict.fromkeys(ROW, "")
    return {f"LAB-18.{column}.{number}": text for number, row in enumerate([*rows, *[empty] * room])
            for column, text in (empty | dict(row)).items()}


def save(browser: FlaskClient, place: str, version: str, fields: Fields) -> tuple[int, Any]:
    """Send the page as the autosave does; gives the status and what was said."""
    walk = Walk(browser)
    walk.get("/privacy")
    answer = browser.post(place, data={"csrf_token": walk.token, "version": version, **fields}, headers=ASKED)
    return answer.status_code, answer.get_json()


def place_of(cellar: Cellar, public_id: str, question: str) -> str:
    """The page of a question."""
    section = flow.template_of(cellar, public_id).question(question).section
    return f"/my/attestations/{public_id}/sections/{section}"


def kept(cellar: Cellar, question: str) -> tuple[Any, ...]:
    """An answer as it stands."""
    with cellar.read() as rows:
        row = rows.scalars(sa.select(Answer).where(Answer.question == question)).one()
        return row.value, row.comment, row.reply, row.is_not_applicable, row.version


@pytest.mark.parametrize(("question", "first", "second"), [
    ("LAB-02", {"LAB-02.text": "yes"}, {"LAB-02.text": "no", "LAB-02.comment": "準備中"}),
    ("LAB-01", {"LAB-01.choices": ["jshi", "efi"]}, {"LAB-01.choices": ["none"]}),
    ("LAB-03", {"LAB-03.text": "12"}, {"LAB-03.text": "数十"}),
    ("LAB-02", {"LAB-02.na": "yes", "LAB-02.comment": "理由"}, {"LAB-02.text": "no"}),
    ("LAB-18", cells(ROW), cells(ROW | {"name": "架空検査"})),
    ("LAB-18", cells(ROW, ROW | {"tier": "二"}), cells(ROW, room=4)),
    ("LAB-18", cells() | {"LAB-18.none": "yes"}, cells(ROW)),
    ("LAB-18", cells(ROW), cells() | {"LAB-18.none": "yes"}),
])
def test_what_is_given_back_is_all_that_stands(
        app: Flask, cellar: Cellar, people: Cast, question: str, first: Fields, second: Fields) -> None:
    place = place_of(cellar, flow.ask(cellar, people), question)
    officer, clerk = client(app, cellar, people.officer), client(app, cellar, people.clerk)
    assert save(officer, place, f"{question}:0", first)[0] == 200
    before = kept(cellar, question)
    status, told = save(clerk, place, f"{question}:0", second)
    assert (status, told["version"], told["who"]) == (409, f"{question}:1", "責任 太郎")
    assert kept(cellar, question) == before
    page = dict.fromkeys({*first, *second, f"{question}.comment"}, "") | second
    assert any(told["theirs"].get(name, "") != text for name, text in page.items()), "the clash would not be seen"
    theirs = {name: text for name, text in told["theirs"].items()  # a browser sends no box that is not ticked
              if text or not name.endswith((".na", ".none"))}
    assert save(clerk, place, told["version"], cells(room=0) | theirs) == (200, {
        "saved_at": "2026-11-25T01:00:00+00:00", "version": f"{question}:1"})
    assert kept(cellar, question) == before, "using theirs changes nothing"
    assert save(clerk, place, told["version"], second)[0] == 200
    assert kept(cellar, question) != before, "staying with mine is a choice of one who saw both"


def test_a_reply_is_given_back_too(app: Flask, cellar: Cellar, people: Cast) -> None:
    public_id = flow.submitted(cellar, people)
    flow.taken(cellar, people, public_id)
    flow.judged(cellar, people, public_id, LAB_02=Judgement("LAB-02", "return", "範囲は。"))
    digest = flow.digest_of(cellar, public_id)
    with cellar.work() as work:
        found = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        finish.return_to_party(work, people.reviewer.actor, found, digest, finish.Letter("1点です。", flow.later(20)))
    place, version = place_of(cellar, public_id, "LAB-02"), kept(cellar, "LAB-02")[4]
    officer, clerk = client(app, cellar, people.officer), client(app, cellar, people.clerk)
    same = {"LAB-02.text": "yes", "LAB-02.comment": "別途提出します。"}
    assert save(officer, place, f"LAB-02:{version}", same | {"LAB-02.reply": "夜間も含みます。"})[0] == 200
    status, told = save(clerk, place, f"LAB-02:{version}", same | {"LAB-02.reply": "含みません。"})
    assert (status, told["theirs"]["LAB-02.reply"]) == (409, "夜間も含みます。")
    page = Walk(clerk).post(place, 409, version=f"LAB-02:{version}", **same, **{"LAB-02.reply": "含みません。"})
    assert "夜間も含みます。" in page and "含みません。</textarea>" in page


def test_rows_that_a_page_had_no_room_for_stay(app: Flask, cellar: Cellar, people: Cast) -> None:
    place = place_of(cellar, flow.ask(cellar, people), "LAB-18")
    officer, clerk = client(app, cellar, people.officer), client(app, cellar, people.clerk)
    rows = [ROW | {"name": f"架空{number}"} for number in range(5)]
    assert save(officer, place, "LAB-18:0", cells(*rows))[0] == 200
    mine = cells(ROW | {"name": "仮想"}, *rows[1:3], room=0)  # a page from before, with room for three rows
    status, told = save(clerk, place, "LAB-18:0", mine)
    assert status == 409 and told["theirs"]["LAB-18.name.0"] == "架空0" and "LAB-18.name.3" not in told["theirs"]
    assert save(clerk, place, told["version"], mine)[0] == 200
    assert [row["name"] for row in kept(cellar, "LAB-18")[0]["rows"]] == ["仮想", "架空1", "架空2", "架空3", "架空4"]


def test_a_text_that_is_asked_no_longer_is_given_back_too(app: Flask, cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people, "MED")
    hidden = next(one for one in flow.template_of(cellar, public_id).questions
                  if one.visible_when and one.answered_by == "party")
    place = place_of(cellar, public_id, hidden.id)
    officer, clerk = client(app, cellar, people.officer), client(app, cellar, people.clerk)
    assert save(officer, place, f"{hidden.id}:0", {f"{hidden.id}.comment": "前の回答"})[0] == 200
    status, told = save(clerk, place, f"{hidden.id}:0", {f"{hidden.id}.comment": "私の回答"})
    assert (status, told["theirs"][f"{hidden.id}.comment"]) == (409, "前の回答")
