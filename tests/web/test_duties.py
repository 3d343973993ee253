"""The duties at the desk: a party's tab as of any day, assessments by a form, the column and page of the register."""

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.actions import people as acts
from portal.models import Engagement
from portal.store.cellar import Cellar
from tests.cast import Cast, client
from tests.web.walk import Walk

FORM = {"kind": "paper_check", "on": "2026-11-20", "passed": "yes", "until": "", "reference": "点検2026-3", "note": ""}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_relation_is_opened_assessed_and_shown(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    with cellar.work() as work:
        acts.choose_language(work, people.lead.actor, language)
    lead, approver = (Walk(client(app, cellar, who)) for who in (people.lead, people.approver))
    party = f"/desk/parties/{people.party.public_id}"
    lead.get(f"{party}?tab=duties")
    lead.post(f"{party}/relations", 404, relation="friendship")
    assert lead.post(f"{party}/relations", relation="entrustment").endswith("tab=duties")
    with cellar.read() as rows:
        engagement = rows.scalars(sa.select(Engagement)).one().public_id
    shown = lead.get(f"{party}?tab=duties")
    failing = {"ja": "不履行", "en": "Failing"}[language]
    assert failing in shown and engagement in shown
    typed = lead.post(f"{party}/assessments", 422, **FORM | {"engagement": engagement, "on": "", "note": "鍵の管理"})
    assert "鍵の管理" in typed
    lead.post(f"{party}/assessments", 422, **FORM | {"engagement": engagement, "on": "2027-01-01"})
    lead.post(f"{party}/assessments", 403, **FORM | {"engagement": engagement, "kind": "selection"})
    assert lead.post(f"{party}/assessments", **FORM | {"engagement": engagement}).endswith("tab=duties")
    approver.post(f"{party}/assessments", **FORM | {"engagement": engagement, "kind": "selection"})
    now = lead.get(f"{party}?tab=duties")
    assert now.count("点検2026-3") == 2
    assert "点検2026-3" in lead.get(f"{party}?tab=duties&on=2026-11-24") and engagement not in lead.get(
        f"{party}?tab=duties&on=2026-11-24")
    lead.get(f"{party}?tab=duties&on=x")
    assert failing in lead.get("/desk/parties/duties") and failing in lead.get("/desk/parties")
    assert failing not in lead.get("/desk/parties/duties?on=2026-11-24")
    lead.get("/desk/parties/duties?q=zzz")


def test_parties_do_not_see_the_duties(app: Flask, cellar: Cellar, people: Cast) -> None:
    clerk = client(app, cellar, people.clerk)
    assert clerk.get("/desk/parties/duties").status_code == 404
    assert clerk.get(f"/desk/parties/{people.party.public_id}?tab=duties").status_code == 404
