"""A party's risk by forms: the tier by two people, ratings and acceptance, and nothing typed lost."""

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.actions import people as acts
from portal.models import TierProposal
from portal.store.cellar import Cellar
from tests.actions.test_risks import shared
from tests.cast import Cast, client
from tests.web.test_absences import proven
from tests.web.walk import Walk

GRADES = {"inherent_likelihood": "4", "inherent_impact": "5", "residual_likelihood": "2", "residual_impact": "4"}
WORDS = {"ja": ("異なります", "無効：評価が変わりました"),
         "en": ("is not the one the facts give", "stale: the rating has moved")}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_tier_rating_and_acceptance(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    shared(cellar, people)
    with cellar.work() as work:
        for who in (people.lead, people.approver):
            acts.choose_language(work, who.actor, language)
    lead, approver = (Walk(client(app, cellar, who)) for who in (people.lead, people.approver))
    party = f"/desk/parties/{people.party.public_id}"
    differs, stale = WORDS[language]
    assert differs in lead.get(f"{party}?tab=risk")
    lead.post(f"{party}/tier", 422, tier="low", reason=" ")
    lead.post(f"{party}/tier", tier="low", reason="項目を減らす予定")
    with cellar.read() as rows:
        proposal = rows.scalars(sa.select(TierProposal)).one().public_id
    assert proposal not in lead.get(f"{party}?tab=risk") and proposal in approver.get(f"{party}?tab=risk")
    approver.post(f"{party}/tier/{proposal}/wonder", 404)
    approver.post(f"{party}/tier/{proposal}/refuse")
    lead.post(f"{party}/tier", tier="high", reason="")
    assert differs not in lead.get(f"{party}?tab=risk")
    approver.post(f"{party}/acceptances", 422, until="2027-01-01", why="x")
    larger = GRADES | {"residual_impact": "5", "residual_likelihood": "5", "note": "鍵の管理"}
    assert "鍵の管理" in lead.post(f"{party}/ratings", 422, **larger)
    lead.post(f"{party}/ratings", **GRADES, note="点検の結果")
    assert "/account/step-up?ticket=" in approver.post(f"{party}/acceptances", until="2027-01-01", why="対策済み")
    proven(cellar)
    approver.post(f"{party}/acceptances", until="2027-01-01", why="対策済み")
    assert stale not in approver.get(f"{party}?tab=risk")
    lead.post(f"{party}/ratings", **GRADES | {"residual_likelihood": "3"}, note="新しい指摘")
    assert stale in lead.get(f"{party}?tab=risk")
    lead.get(f"{party}/edit")
    assert client(app, cellar, people.clerk).get(f"{party}?tab=risk").status_code == 404
