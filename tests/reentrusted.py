"""Contracts that let re-entrust, and bodies in several states, for tests that start somewhere in between."""

from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from portal.actions import consent, contracts, reentrustment, sharing
from portal.actions.reentrustment import Said
from portal.core.actor import SYSTEM
from portal.models import Contract, Job, Party, Reentrustment, ScopeLine
from portal.store.cellar import Cellar
from portal.store.work import Work
from tests.cast import Cast

TERM = contracts.Term(date(2026, 4, 1), date(2027, 9, 30), date(2026, 3, 25))
STARTS, ENDS = date(2026, 12, 1), date(2027, 3, 31)
SAID = Said("例示データ入力株式会社", "Reiji Data Entry", "JP", "", "", "申込書の入力", "専用の要員を置くため",
            "入退室管理。年1回の点検を行う。", STARTS, ENDS)


def contract(cellar: Cellar, cast: Cast, mode: str = "prior_consent", items: tuple[str, ...] = ("name", "address"),
             purpose: str = "P08") -> str:
    """A signed contract of entrustment with one line, under a mode; gives its public id."""
    with cellar.work() as work:
        lead = cast.lead.actor
        engaged = contracts.engage(work, lead, work.rows.get_one(Party, cast.party.id), "entrustment", TERM.starts_on)
        work.rows.flush()
        made = contracts.add(work, lead, engaged, contracts.ContractFacts(
            f"T-{mode}-{work.number('T')}", "委託契約書", reentrustment_mode=mode), TERM)
        sharing.add_line(work, lead, engaged, sharing.LineFacts(items, purpose, contract_id=made.id))
        return made.public_id


def line_of(work: Work, contract_id: str) -> ScopeLine:
    """The line of a contract."""
    return work.rows.scalars(sa.select(ScopeLine).join(Contract, Contract.id == ScopeLine.contract_id)
                             .where(Contract.public_id == contract_id)).one()


def row(work: Work, public_id: str) -> Reentrustment:
    """A body."""
    return work.rows.scalars(sa.select(Reentrustment).where(Reentrustment.public_id == public_id)).one()


def drafted(cellar: Cellar, cast: Cast, contract_id: str, said: Said = SAID) -> str:
    """A draft that is given all data of the contract's line unless it says which; gives its public id."""
    with cellar.work() as work:
        line = line_of(work, contract_id)
        under = work.rows.scalars(sa.select(Contract).where(Contract.public_id == contract_id)).one()
        whole = said if said.items else replace(said, items={line.public_id: tuple(line.items)})
        return reentrustment.begin(work, cast.clerk.actor, under, whole).public_id


def sent(cellar: Cellar, cast: Cast, contract_id: str, said: Said = SAID) -> str:
    """A body that the officer has asked for or reported."""
    made = drafted(cellar, cast, contract_id, said)
    with cellar.work() as work:
        reentrustment.send(work, cast.officer.actor, row(work, made))
    return made


def passed(cellar: Cellar, cast: Cast, contract_id: str, said: Said = SAID) -> str:
    """A request that waits for the approver."""
    made = sent(cellar, cast, contract_id, said)
    with cellar.work() as work:
        consent.pass_on(work, cast.reviewer.actor, row(work, made), "安全管理措置を確認した。")
    return made


def consented(cellar: Cellar, cast: Cast, contract_id: str, said: Said = SAID, until: date = ENDS) -> str:
    """A body that JMDP has consented to."""
    made = passed(cellar, cast, contract_id, said)
    with cellar.work() as work:
        consent.consent(work, cast.approver.actor, row(work, made), until, "再々委託は認めない。")
    return made


def build(cellar: Cellar, cast: Cast) -> dict[str, str]:
    """A draft, a request to be examined, one to be decided, and one with its letter, as the doors want them."""
    under = contract(cellar, cast)
    made = consented(cellar, cast, under)
    blob = cellar.blobs.keep(cast.party.public_id, [made.encode()])
    with cellar.work() as work:
        consent.keep_letter(work, SYSTEM, row(work, made), blob, 1)
        work.rows.execute(sa.update(Job).where(Job.kind == "consent").values(status="done"))
    return {"lent_contract": under, "draft_body": drafted(cellar, cast, under), "asked_body": sent(cellar, cast, under),
            "body": passed(cellar, cast, under), "consented_body": made}
