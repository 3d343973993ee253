"""The joint-use notice by forms: the lead writes, the approver publishes, anyone reads it, in both languages."""

import pytest
from flask import Flask

from portal.actions import people as acts
from portal.core.jointuse import MATTERS
from portal.store.cellar import Cellar
from tests.actions.test_jointuse import shared
from tests.cast import Cast, client
from tests.filed import SAID
from tests.web.walk import Walk

FORM = {f"{matter}_ja": SAID.ja[matter] for matter in MATTERS} | {f"{matter}_en": SAID.en[matter] for matter in MATTERS}
COVERS = {"items": ["donor_code", "hla"], "purposes": ["P04"], "party_kinds": ["testing_lab"]}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_notice_is_written_published_and_read(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    shared(cellar, people)
    with cellar.work() as work:
        for member in (people.lead, people.approver):
            acts.choose_language(work, member.actor, language)
    lead, approver, anyone = (Walk(client(app, cellar, who)) for who in (people.lead, people.approver, None))
    anyone.get("/joint-use")
    anyone.get("/joint-use/1", 404)
    lead.get("/desk/records/joint-use")
    draft = lead.post("/desk/records/joint-use/begin")
    lead.get(draft)
    lead.post(draft, **{**FORM, **COVERS, "representative_ja": "", "version": "1"})
    lead.get("/desk/records/joint-use/publish")
    lead.post("/desk/records/joint-use/publish", 403, effective_on="2026-11-25")
    refused = approver.post("/desk/records/joint-use/publish", 422, effective_on="2026-11-25", basis="急ぎ")
    assert "急ぎ" in refused
    assert lead.post(draft, 422, **{**FORM, **COVERS, "items": "shoe_size", "version": "2"})
    stale = lead.post(draft, 409, **{**FORM, **COVERS, "fact_ja": "書き直した文", "version": "1"})
    assert stale.count("書き直した文") == 2 and SAID.ja["fact"] in stale, "both texts, and what was typed is kept"
    lead.post(draft, **{**FORM, **COVERS, "version": "2"})
    approver.get("/desk/records/joint-use")
    approver.get("/desk/records/joint-use/publish")
    approver.post("/desk/records/joint-use/publish", effective_on="2026-11-25", basis="")
    page = anyone.get(f"/joint-use?lang={language}")
    assert all((SAID.ja if language == "ja" else SAID.en)[matter] in page for matter in MATTERS)
    anyone.get("/joint-use/1")
    lead.post("/desk/records/joint-use/1/review", note="住所と代表者を確認")
    lead.get("/desk/records/joint-use")
    lead.post("/desk/records/joint-use/begin")
    lead.get("/desk/records/joint-use/publish")
    lead.post("/desk/records/joint-use/discard")
    lead.get(draft, 404)


def test_no_party_sees_the_desk_of_the_notice(app: Flask, cellar: Cellar, people: Cast) -> None:
    clerk, reviewer = (Walk(client(app, cellar, who)) for who in (people.clerk, people.reviewer))
    clerk.get("/desk/records/joint-use", 404)
    assert "/desk/records/joint-use/begin" not in reviewer.get("/desk/records/joint-use")
    reviewer.get("/desk/records/joint-use/draft", 403)
    reviewer.post("/desk/records/joint-use/begin", 403)
