"""Selections, approvals of recipients and checks of the demo's fictional parties, by the people who may make them."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import sqlalchemy as sa

from portal.actions import assess, risks
from portal.core.actor import Actor
from portal.core.assessing import fitting
from portal.core.entries import DemoParty
from portal.core.risk import Rating
from portal.models import Engagement, Party
from portal.store.cellar import Cellar

EARLY = 100


def decide(cellar: Cellar, staff: Mapping[str, Actor], parties: Mapping[str, Party], today: date) -> None:
    """Let the approver decide every selection and recipient, on the day before the contract or now."""
    def said(found: DemoParty, engagement: Engagement) -> tuple[str, assess.Assessed] | None:
        kind = next((kind for kind in fitting(engagement.relation) if kind in ("selection", "recipient")), None)
        if kind is None:
            return None
        on = min((engagement.started_on or today) - timedelta(days=1), today)
        return "approver", assess.Assessed(kind, on, True, f"決裁（架空）{on:%Y}-{found.code}")

    _each(cellar, staff, parties, said)


def check(cellar: Cellar, staff: Mapping[str, Actor], parties: Mapping[str, Party], day: tuple[date, bool]) -> None:
    """Let the reviewer record the checks of long ago (True), or those of the last hundred days."""
    today, early = day

    def said(found: DemoParty, engagement: Engagement) -> tuple[str, assess.Assessed] | None:
        ago = found.demo.checked_days_ago if found.demo else None
        if ago is None or (ago >= EARLY) is not early:
            return None
        fits = fitting(engagement.relation)
        kind = next(kind for kind in ("paper_check", "own_measures", "equivalence") if kind in fits)
        if kind == "equivalence" and found.location == "OTHER":
            return None  # the overseas sheet holds that check
        on = today - timedelta(days=ago)
        return "reviewer", assess.Assessed(kind, on, True, f"点検記録（架空）{on:%Y}-{found.code}")

    _each(cellar, staff, parties, said)


RATED = {"LAB-A": ((4, 5), (2, 4)), "HOSP-A": ((3, 5), (2, 5)), "SYS-A": ((5, 5), (3, 5))}


def rate(cellar: Cellar, staff: Mapping[str, Actor], parties: Mapping[str, Party], today: date) -> None:
    """Let the reviewer rate three parties, and the approver accept what remains of one."""
    with cellar.work() as work:
        for code, (before, after) in RATED.items():
            party = work.rows.get_one(Party, parties[code].id)
            risks.rate(work, staff["reviewer"], party, risks.Rated(
                Rating(*before), Rating(*after), "点検の結果と証跡による評価（架空）"))
        work.rows.flush()
        risks.accept(work, staff["approver"], work.rows.get_one(Party, parties["LAB-A"].id),
                     today + timedelta(days=180), "暗号化と取扱者の限定により受容（架空）")


Said = Callable[[DemoParty, Engagement], tuple[str, assess.Assessed] | None]


def _each(cellar: Cellar, staff: Mapping[str, Actor], parties: Mapping[str, Party], said: Said) -> None:
    with cellar.work() as work:
        found = work.rows.scalars(sa.select(Engagement).where(
            Engagement.party_id.in_([party.id for party in parties.values()])).order_by(Engagement.id)).all()
        of = {row.code: row for row in cellar.catalogue.parties.values()}
        entries = {party.id: of[code] for code, party in parties.items()}
        for engagement in found:
            told = said(entries[engagement.party_id], engagement)
            if told is not None:
                assess.assess(work, staff[told[0]], engagement, told[1])
