"""Rounds on the desk: chosen by filter, begun, watched, put off, paused, resumed and withdrawn, in both languages."""

import re

import pytest
from flask import Flask

from portal.actions import checklists, register
from portal.actions import people as acts
from portal.core.actor import SYSTEM
from portal.jobs import runner
from portal.jobs.kinds import KINDS
from portal.store.cellar import Cellar
from tests.cast import Cast, client
from tests.web.walk import Walk

CHOICE = "/desk/rounds/new?kind=testing_lab&due_on=2026-12-19"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_round_from_choice_to_withdrawal(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    with cellar.work() as work:
        checklists.publish_library(work, SYSTEM)
        acts.choose_language(work, people.lead.actor, language)
        register.add_party(work, people.lead.actor, register.PartyFacts(kind="testing_lab", name_ja="架空検査所"))
    lead, reviewer = (Walk(client(app, cellar, who)) for who in (people.lead, people.reviewer))
    lead.get("/desk/rounds")
    page = lead.get(CHOICE)
    keys = re.findall(r'name="pick" value="([^"]+)"', page)
    assert len(keys) == 2 and "2026-12-21" in page, "a Saturday moves to the Monday"
    lead.get("/desk/rounds/new?due_on=x&business_days=0&kind=none")
    lead.get("/desk/rounds/new?business_days=10&by_cadence=y&template=LAB&tier=none&country=jp")
    typed = lead.post(CHOICE, 422, title="", note="年末のご対応", repeat_months="12", pick=keys)
    assert "年末のご対応" in typed and 'value="12"' in typed
    assert "検査機関" in lead.post(CHOICE, 422, title="検査機関", repeat_months="0")
    place = lead.post(CHOICE, title="検査機関", note="年末のご対応", repeat_months="12", pick=keys)
    runner.drain(cellar, {"round": KINDS["round"]}, 1)
    page = lead.get(place)
    assert "A-2026-0001" in page and "A-2026-0002" in page and "/rest" in page
    assert "A-2026-0001" not in lead.get(f"{place}?view=signed")
    for view in ("untouched", "answering", "complete", "overdue", "ours", "refused"):
        lead.get(f"{place}?view={view}&page=1")
    lead.post(f"{place}/extend", 422, due_on="")
    assert "2026-01-05" in lead.post(f"{place}/extend", 422, due_on="2026-01-05")
    picked = re.findall(r'name="pick" value="([^"]+)"', page)[0]
    lead.post(f"{place}/extend", due_on="2026-12-28", pick=[picked])
    assert lead.get(place).count("2026-12-28") == 1
    lead.post(f"{place}/rest")
    lead.get(f"{place}/pause")
    lead.post(f"{place}/pause", 422, reason="")
    lead.post(f"{place}/pause", reason="年末")
    assert f"{place}/resume" in lead.get(place)
    lead.post(f"{place}/resume")
    lead.get(f"{place}/withdraw")
    lead.post(f"{place}/withdraw", reason="見直し")
    assert f"{place}/withdraw" not in lead.get(place)
    assert "検査機関" in lead.get("/desk/rounds")
    assert "/desk/rounds/new" not in reviewer.get("/desk/rounds")
    assert f"{place}/rest" not in reviewer.get(place)
