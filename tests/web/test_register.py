"""The register by forms: a party, its contract, clauses, a scope line judged in words, activation, a request."""

import re
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.actions import contracts, register, sharing
from portal.actions import people as acts
from portal.core.errors import Incomplete, NotAllowed, Unlawful
from portal.models import Attestation, Contract, ContractTerm, Engagement, Party, ScopeDecision, ScopeLine
from portal.queries import log, parties
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast, client
from tests.web.walk import Walk

TERM = contracts.Term(date(2026, 4, 1), date(2027, 3, 31), date(2026, 3, 25))


def line(cellar: Cellar, people: Cast, held: bool = True) -> str:
    """A laboratory's line under a contract, with every clause or none; gives its public id."""
    with cellar.work() as work:
        party, lead = work.rows.get_one(Party, people.party.id), people.lead.actor
        engaged = contracts.engage(work, lead, party, "entrustment", date(2026, 4, 1))
        work.rows.flush()
        made = contracts.add(work, lead, engaged, contracts.ContractFacts("C-1", "覚書"), TERM)
        if held:
            contracts.hold(work, lead, made, {
                code: contracts.Standing("met", "第1条") for code in work.catalogue.clauses})
        return sharing.add_line(work, lead, engaged, sharing.LineFacts(
            ("donor_code", "hla"), "P08", contract_id=made.id)).public_id


def state_all(cellar: Cellar, walk: Walk, public_id: str) -> None:
    """Answer every statement the page asks for: needs yes, flags no."""
    page = walk.get(f"/desk/scopes/{public_id}")
    asked = [piece.partition('"')[0] for piece in page.split('name="fact.')[1:]]
    walk.post(f"/desk/scopes/{public_id}/statements", **{
        f"fact.{name}": "yes" if name.startswith("PC-") else "no" for name in asked})


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_lead_walks_the_register(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    flow.ask(cellar, people, "ITO")
    with cellar.work() as work:
        acts.choose_language(work, people.lead.actor, language)
    lead = Walk(client(app, cellar, people.lead))
    lead.get("/desk/parties")
    lead.get("/desk/parties/new")
    lead.post("/desk/parties/new", 422, name_ja="新しい検査所", kind="testing_lab", country="JP", location="JP",
              tier="none", status="active", corporate_number="1234567890123")
    where = lead.post("/desk/parties/new", name_ja="新しい検査所", name_kana="アタラシイケンサジョ", kind="testing_lab",
                      country="JP", location="JP", tier="none", status="active")
    assert "新しい検査所" in lead.get("/desk/parties?q=検査&kind=testing_lab")
    assert "新しい検査所" in lead.get("/desk/parties?q=atarashii")
    lead.post("/desk/parties/new", 422, name_ja="新しい検査所", kind="testing_lab", country="JP", location="JP",
              tier="none", status="active")
    lead.post(f"{where}/contracts/new", relation="entrustment", number="C-9", title="覚書", starts_on="2026-04-01",
              ends_on="2027-03-31", signed_on="2026-03-25", reentrustment_mode="prior_consent",
              notice_days_party="90", notice_days_jmdp="90", governing_law="JP")
    for tab in ("overview", "contracts", "scopes", "checks", "findings", "contacts", "history"):
        lead.get(f"{where}?tab={tab}")
    with cellar.read() as rows:
        contract = rows.scalars(sa.select(Contract).where(Contract.number == "C-9")).one()
        template = flow.find(cellar, rows.scalars(sa.select(Attestation.public_id)).one()).template_id
        engaged = rows.scalars(sa.select(Engagement.public_id).where(Engagement.id == contract.engagement_id)).one()
    assert template and lead.get(f"{where}/contracts/new")
    lead.get(f"/desk/contracts/{contract.public_id}/clauses")
    lead.get(f"/desk/contracts/{contract.public_id}/terms")
    lead.post(f"/desk/contracts/{contract.public_id}/terms", kind="renewal", starts_on="2027-04-01",
              ends_on="2028-03-31", signed_on="2027-03-20")
    lead.get(f"{where}/scopes/new")
    line_page = lead.post(f"{where}/scopes/new", engagement=engaged, contract=contract.public_id, items="hla",
                          purpose="P08", location="JP", country="JP", means="", retention="")
    lead.get(line_page)
    lead.get(f"{where}/requests/new")


def test_only_a_permitted_line_is_activated_and_the_edition_is_kept(app: Flask, cellar: Cellar, people: Cast) -> None:
    public_id = line(cellar, people)
    lead = Walk(client(app, cellar, people.lead))
    lead.post(f"/desk/scopes/{public_id}/activate", 422, route="RT-ENT-JP")
    state_all(cellar, lead, public_id)
    lead.post(f"/desk/scopes/{public_id}/activate", 422, route="")
    lead.post(f"/desk/scopes/{public_id}/activate", route="RT-ENT-JP")
    with cellar.read() as rows:
        row = rows.scalars(sa.select(ScopeLine)).one()
        decision = rows.scalars(sa.select(ScopeDecision)).one()
    assert (row.state, row.route, row.verdict) == ("active", "RT-ENT-JP", "PERMITTED")
    assert decision.edition_digest == cellar.catalogue.digests["legal_rules.toml"]
    assert "RT-ENT-JP" in decision.rules
    lead.post(f"/desk/scopes/{public_id}/stop", 422, reason=" ")
    lead.post(f"/desk/scopes/{public_id}/stop", reason="委託先の点検中のため")
    lead.post(f"/desk/scopes/{public_id}/resume", reason="点検が終わったため")


def test_a_line_without_clauses_is_not_permitted(cellar: Cellar, people: Cast) -> None:
    public_id = line(cellar, people, held=False)
    with cellar.work() as work:
        row = work.rows.scalars(sa.select(ScopeLine).where(ScopeLine.public_id == public_id)).one()
        assert row.verdict == "INCOMPLETE"
    with pytest.raises(Unlawful), cellar.work() as work:
        sharing.activate(work, people.lead.actor, work.rows.get_one(ScopeLine, row.id), "RT-ENT-JP")
    with pytest.raises(NotAllowed), cellar.work() as work:
        sharing.activate(work, people.reviewer.actor, work.rows.get_one(ScopeLine, row.id), "RT-ENT-JP")


def test_a_renewal_never_overwrites(cellar: Cellar, people: Cast) -> None:
    line(cellar, people)
    later = contracts.Term(date(2027, 4, 1), date(2028, 3, 31))
    with cellar.work() as work:
        contract = work.rows.scalars(sa.select(Contract)).one()
        contracts.renew(work, people.lead.actor, contract, "renewal", later)
    with pytest.raises(Incomplete), cellar.work() as work:
        contracts.renew(work, people.lead.actor, work.rows.scalars(sa.select(Contract)).one(), "renewal", TERM)
    with cellar.read() as rows:
        assert list(rows.scalars(sa.select(ContractTerm.ends_on).order_by(ContractTerm.number))) == [
            date(2027, 3, 31), date(2028, 3, 31)]


def test_the_register_asks_the_same_number_of_queries_whatever_its_size(cellar: Cellar, people: Cast) -> None:
    counted: list[str] = []
    sa.event.listen(cellar.engine, "before_cursor_execute", lambda *given: counted.append(given[2]))
    with cellar.read() as rows:
        parties.listing(rows, people.lead.actor, parties.Wanted())
    assert len([text for text in counted if text.startswith("SELECT")]) <= 5


def test_the_whole_history_of_a_party_can_be_reached(app: Flask, cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        party = work.rows.get_one(Party, people.party.id)
        for number in range(log.PAGE + 5):
            register.add_name(work, people.lead.actor, party, f"別名{number}", "own")
    lead = Walk(client(app, cellar, people.lead))
    where = f"/desk/parties/{people.party.public_id}?tab=history"
    first, last = lead.get(where), lead.get(f"{where}&page=2")
    assert 'rel="next"' in first and 'rel="prev"' not in first
    assert 'rel="prev"' in last and 'rel="next"' not in last
    shown = [re.findall(r'<th scope="row">(\d+)</th>', page) for page in (first, last)]
    assert len(shown[0]) == log.PAGE and len({*shown[0], *shown[1]}) == len(shown[0]) + len(shown[1]) >= log.PAGE + 5
