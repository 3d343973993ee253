"""What contradicts, at the desk: the register's page, a line's page with its decision, and the items of a contract."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.actions import people as acts
from portal.jobs import runner
from portal.jobs.kinds import KINDS
from portal.models import Contract, ContractTerm, ScopeLine
from portal.store.cellar import Cellar
from tests.actions.test_rejudging import day, running
from tests.cast import Cast, client
from tests.web.walk import Walk

__all__ = ["running"]
KINDS_SHOWN = {"ja": ("根拠を失った提供", "契約の範囲外の項目", "提供データのない契約"),
               "en": ("Sharing without its basis", "Items outside the contract", "Contracts under which nothing")}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_line_that_lost_its_basis_is_decided(app: Flask, cellar: Cellar, people: Cast, running: int,
                                               language: str) -> None:
    with cellar.work() as work:
        for who in (people.lead, people.approver):
            acts.choose_language(work, who.actor, language)
        contract = work.rows.scalars(sa.select(Contract)).one().public_id
        line = work.rows.get_one(ScopeLine, running).public_id
        work.rows.execute(sa.update(ContractTerm).values(ends_on=date(2026, 11, 24)))
    lead, approver = (Walk(client(app, cellar, who)) for who in (people.lead, people.approver))
    decide, items, idle = KINDS_SHOWN[language]
    assert line not in lead.get("/desk/parties/contradictions?waiting=yes")
    day(cellar)
    assert "kind=decide" in lead.get("/desk/")
    page = lead.get("/desk/parties/contradictions?kind=decide&waiting=yes")
    assert line in page and decide in page
    assert line not in lead.get("/desk/parties/contradictions?kind=notice")
    shown = lead.get(f"/desk/scopes/{line}")
    assert decide in shown and "leave" not in shown
    lead.post(f"/desk/scopes/{line}/leave", 403, reason="x")
    assert "leave" in approver.get(f"/desk/scopes/{line}")
    approver.post(f"/desk/scopes/{line}/leave", 422, reason=" ")
    approver.post(f"/desk/scopes/{line}/leave", reason="更新手続中")
    assert "kind=decide" not in lead.get("/desk/")
    lead.get(f"/desk/contracts/{contract}/clauses")
    lead.post(f"/desk/contracts/{contract}/items", items=["donor_code"])
    lead.post(f"/desk/contracts/{contract}/items", items=["wine"])
    runner.drain(cellar, KINDS)
    assert items in lead.get("/desk/parties/contradictions?page=1") and "checked" in lead.get(
        f"/desk/contracts/{contract}/clauses")
    with cellar.work() as work:
        work.rows.execute(sa.update(ContractTerm).values(ends_on=date(2027, 11, 24)))
    lead.post(f"/desk/scopes/{line}/end", reason="終了")
    assert idle in lead.get("/desk/parties/contradictions")
    assert client(app, cellar, people.clerk).get("/desk/parties/contradictions").status_code == 404
