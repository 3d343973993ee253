"""Contracts and scope lines of the demo's fictional parties; a line is activated where the law table permits it."""

from collections.abc import Mapping
from datetime import date, timedelta

from portal.actions import contracts, provision, sharing
from portal.core.actor import Actor
from portal.core.dates import add_months
from portal.core.entries import DemoParty
from portal.core.legal import Rules
from portal.core.readable import day_in
from portal.demo import overseas
from portal.models import Party, ScopeLine
from portal.queries import facts
from portal.store.cellar import Cellar
from portal.store.work import Work

HELD_BACK = ("draft", "blocked", "publication_missing", "art31_missing", "reentrustment_permission_missing")

RECORDED = ("third_party", "academic", "anonymised", "personal_related", "entrustment")


def make(cellar: Cellar, lead: Actor, parties: Mapping[str, Party], today: date) -> None:
    """Give each fictional party its contract with clauses and one scope line, stated on and judged."""
    for found in cellar.catalogue.parties.values():
        if found.demo is None:
            continue
        with cellar.work() as work:
            party = work.rows.get_one(Party, parties[found.code].id)
            starts = add_months(today, -found.demo.started_months_ago)
            ends = today + timedelta(days=found.demo.ends_in_days)
            engagement = contracts.engage(work, lead, party, found.relation, starts)
            work.rows.flush()
            contract = contracts.add(
                work, lead, engagement,
                contracts.ContractFacts(found.demo.contract_no, "個人データの取扱いに関する覚書（架空）"),
                contracts.Term(starts, max(ends, starts), None if found.demo.status == "draft" else starts))
            contracts.hold(work, lead, contract, {
                code: contracts.Standing("met", f"第{number}条") for number, code in
                enumerate(work.catalogue.clauses, start=1)})
            for purpose in (*found.purposes, *found.affairs)[:2]:
                line = sharing.add_line(work, lead, engagement, sharing.LineFacts(
                    found.data_items, purpose, found.location, found.country, contract.id,
                    means="専用線・暗号化", retention="契約終了後に返還又は消去"))
                if found.demo.status not in HELD_BACK:
                    work.rows.flush()
                    overseas.begin(work, lead, party, day_in(work.now()))
                    _state(work, lead, line, found, today)


def _state(work: Work, lead: Actor, line: ScopeLine, found: DemoParty, today: date) -> None:
    case = facts.case(work.rows, work.catalogue, line, today)
    needed = _needed(work.catalogue.rules, found.route)
    sharing.state(work, lead, line, [
        sharing.Statement(ask.id, "yes" if ask.is_need or ask.id in needed else "no", "デモの申告（架空）")
        for ask in facts.asks(case, work.catalogue)])
    if found.relation in RECORDED:
        provision.set_up(work, lead, line, provision.Setting(
            "batch", "コーディネート基幹システム（架空）", statute="ST-NA" if line.purpose.startswith("NA-") else "",
            article="19条（架空）" if line.purpose.startswith("NA-") else ""))
    judgement = sharing.judge(work, line, activating=True)
    route = found.route if found.route in judgement.permitted else next(iter(judgement.permitted), "")
    if judgement.verdict == "PERMITTED" and route:
        sharing.activate(work, lead, line, route)


def _needed(rules: Rules, route: str) -> frozenset[str]:
    """The flags that the route rests on, besides those that are always good to have."""
    row = next((row for row in rules.route if row.id == route), None)
    good = {"jmdp_approved", "recipient_academic", "consent_obtained", "direct_identifiers_removed",
            "reentrustment_permitted", "na_cloud_confirmed"}
    return frozenset(row.when.flags_true if row else ()) | good


