"""Overseas sheets by forms: listed, stated, shown with their history, taken along as files, and nobody else's."""

import io

import pytest
import python_calamine
from flask import Flask

from portal.actions import people as acts
from portal.core.overseas import ASKED
from portal.store.cellar import Cellar
from tests.actions.test_overseas import abroad
from tests.cast import Cast, client
from tests.web.walk import Walk

CHECK = {"on": "2026-11-20", "source": "先方回答", "method": "書面での確認", "found": "=制度の変更なし"}
WORDS = {"ja": ("未作成", "有効", "確保できない"), "en": ("Not stated yet", "Current", "No longer assured")}
REFUSED = {"ja": ("確認の結果を選択してください", "メールアドレスを取り除いてください"),
           "en": ("Say what the check came to", "Take out individual numbers and mail addresses")}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_sheet_is_stated_shown_and_taken_along(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    abroad(cellar, people)
    with cellar.work() as work:
        acts.choose_language(work, people.reviewer.actor, language)
    reviewer = Walk(client(app, cellar, people.reviewer))
    lacking, current, lost = WORDS[language]
    page = reviewer.get("/desk/records/overseas")
    sheet = f"/desk/parties/{people.party.public_id}/overseas/US"
    assert sheet in page and lacking in page
    reviewer.get(f"{sheet}/check")
    wrong = reviewer.post(f"{sheet}/check", 422, **CHECK, outcome="")
    assert "書面での確認" in wrong and REFUSED[language][0] in wrong
    assert "先方回答" in reviewer.post(f"{sheet}/check", 422, **CHECK | {"on": "2026-11-26"}, outcome="continue")
    reviewer.post(f"{sheet}/check", **CHECK, outcome="continue")
    texts = {asked.name: f"{asked.name}の記載" for asked in ASKED["system"]}
    refused = reviewer.post(f"{sheet}/system", 422, on="2026-11-20", source="a@example.jp", **texts)
    assert REFUSED[language][1] in refused
    reviewer.post(f"{sheet}/system", on="2026-11-20", source="調査", **texts)
    shown = reviewer.get(sheet)
    assert current in shown and "=制度の変更なし" in shown and "strongの記載" in shown
    assert "strongの記載" in reviewer.get(f"{sheet}/system")
    assert "書面での確認" not in reviewer.get(f"{sheet}/check")
    book = python_calamine.load_workbook(io.BytesIO(reviewer.client.get("/desk/records/overseas.xlsx").get_data()))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + 3 and {row[1] for row in rows[1:]} == {"US"}
    told = reviewer.client.get("/desk/records/overseas.csv").get_data().decode("utf-8-sig")
    assert "先方回答" in told and "\n=" not in told
    reviewer.post(f"{sheet}/check", **CHECK, outcome="stop")
    assert lost in reviewer.get("/desk/records/overseas")


def test_a_sheet_is_for_staff_and_for_places_that_are_there(app: Flask, cellar: Cellar, people: Cast) -> None:
    abroad(cellar, people)
    lead, approver, clerk = (Walk(client(app, cellar, who)) for who in (people.lead, people.approver, people.clerk))
    assert "<table" not in lead.get("/desk/records/overseas?page=2")
    sheet = f"/desk/parties/{people.party.public_id}/overseas"
    for path in (f"{sheet}/FR", f"{sheet}/US/hearsay", f"/desk/parties/{people.other.public_id}/overseas/US"):
        lead.get(path, 404)
    lead.get("/desk/records/overseas.exe", 404)
    approver.get(f"{sheet}/US")
    approver.get(f"{sheet}/US/check", 403)
    clerk.get(f"{sheet}/US", 404)
    assert f"overseas?party={people.party.public_id}" in lead.get(
        f"/desk/parties/{people.party.public_id}?tab=scopes")
