"""The ladder of contracts that end: each on its step, renewed ones gone from it."""

from datetime import date, timedelta

from flask import Flask

from portal.actions import contracts, sharing
from portal.core.readable import day_in
from portal.jobs import nightly, runner
from portal.jobs.kinds import KINDS
from portal.models import Contract, Mail, Party
from portal.queries import ending
from portal.store.cellar import Cellar
from tests.cast import Cast, client
from tests.web.walk import Walk


def contract(cellar: Cellar, people: Cast, number: str, days: int) -> str:
    """A contract that ends in so many days, with an active-looking draft line; gives its public id."""
    today = day_in(cellar.clock())
    with cellar.work() as work:
        party, lead = work.rows.get_one(Party, people.party.id), people.lead.actor
        engaged = contracts.engage(work, lead, party, "entrustment", today - timedelta(days=400))
        work.rows.flush()
        made = contracts.add(work, lead, engaged, contracts.ContractFacts(number, "覚書"), contracts.Term(
            today - timedelta(days=400), today + timedelta(days=days), None))
        sharing.add_line(work, lead, engaged, sharing.LineFacts(("hla",), "P08", contract_id=made.id))
        return made.public_id


def test_each_contract_stands_on_its_step(app: Flask, cellar: Cellar, people: Cast) -> None:
    made = {days: contract(cellar, people, f"C-{days}", days) for days in (-3, 0, 30, 31, 60, 61, 90, 91)}
    today = day_in(cellar.clock())
    with cellar.read() as rows:
        actor = people.lead.actor
        assert ending.counts(rows, actor, today) == {"over": 1, "30": 2, "60": 2, "90": 2}
        told = {step: [row.term.contract.number for row in ending.listing(rows, actor, step, today, 1)]
                for step in ending.LADDER}
        [over] = ending.listing(rows, actor, "over", today, 1)
    assert told == {"over": ["C--3"], "30": ["C-0", "C-30"], "60": ["C-31", "C-60"], "90": ["C-61", "C-90"]}
    assert (over.lines, over.notice_by) == (0, today - timedelta(days=93))
    lead = Walk(client(app, cellar, people.lead))
    page = lead.get("/desk/parties/ending")
    assert "C--3" in page and "更新・変更を登録する" in page
    with cellar.work() as work:
        row = work.rows.query(Contract).filter_by(public_id=made[-3]).one()
        contracts.renew(work, people.lead.actor, row, "renewal", contracts.Term(today, date(2030, 3, 31), None))
    assert "C-0" in lead.get("/desk/parties/ending") and "C--3" not in lead.get("/desk/parties/ending?step=over")
    assert "C-90" in Walk(client(app, cellar, people.reviewer)).get("/desk/parties/ending?step=90&lang=en")


def test_the_leads_are_told_once_on_each_step(cellar: Cellar, people: Cast) -> None:
    for days in (-2, -1, 29, 30, 60, 90):
        contract(cellar, people, f"C-{days}", days)
    for _ in range(2):
        nightly.ask(cellar)
        runner.drain(cellar, {"nightly": KINDS["nightly"]})
    with cellar.read() as rows:
        [mail] = rows.query(Mail).filter_by(kind="contracts_ending")
    assert (mail.recipient, mail.subject) == (people.lead.email, "【点検ポータル】期限の近い契約のお知らせ（4件）")
    told = [number for number in ("C--2", "C--1", "C-29", "C-30", "C-60", "C-90") if f"　{number}\n" in mail.body]
    assert told == ["C--1", "C-30", "C-60", "C-90"] and "期限を過ぎています" in mail.body
