"""The tree of re-entrusted bodies speaks: to the law table, the duties, the tier, the contradictions; letters stay."""

import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from portal.actions import consent, linting, reentrustment
from portal.core.lawfulness import evaluate
from portal.core.readable import day_in
from portal.jobs import consenting, nightly
from portal.models import ConsentLetter, Contract, LedgerEntry, Party
from portal.queries import duties, facts, reentrusted, risks
from portal.store import whole
from portal.store.cellar import Cellar
from tests.cast import Cast
from tests.conftest import Clock
from tests.reentrusted import ENDS, SAID, STARTS, consented, contract, line_of, row, sent

TODAY = date(2026, 11, 25)


def told(cellar: Cellar, under: str, day: date = STARTS) -> tuple[bool | None, bool | None, set[str], set[str]]:
    """What the law table reads of the contract's line on a day: the two flags, the blocks, the needs that are done."""
    with cellar.work() as work:
        case = facts.case(work.rows, cellar.catalogue, line_of(work, under), day, activating=False)
        blocks = {block for block in ("BL-05", "BL-24") if block in evaluate(case, cellar.catalogue.rules).blocks}
        return (case.flags.get("has_reentrustment"), case.flags.get("reentrustment_permitted"), blocks,
                set(case.done) & {"PC-SUBOK", "PC-NAPERM"})


def change_mode(cellar: Cellar, under: str, mode: str) -> None:
    """Let the contract say another mode."""
    with cellar.work() as work:
        work.rows.scalars(sa.select(Contract).where(Contract.public_id == under)).one().reentrustment_mode = mode


def test_the_law_table_reads_the_tree_and_nobody_states_it(cellar: Cellar, people: Cast) -> None:
    under = contract(cellar, people)
    assert told(cellar, under) == (None, None, set(), set())
    made = consented(cellar, people, under)
    assert told(cellar, under, TODAY)[0] is None, "it has not begun"
    assert told(cellar, under) == (True, True, set(), {"PC-SUBOK", "PC-NAPERM"})
    assert told(cellar, under, ENDS + timedelta(days=1)) == (True, None, set(), set())
    with cellar.work() as work:
        case = facts.case(work.rows, cellar.catalogue, line_of(work, under), STARTS, activating=False)
        asked = {ask.id for ask in facts.asks(case, cellar.catalogue, reentrusted.FACTS)}
        assert not asked & reentrusted.FACTS
        consent.revoke(work, people.approver.actor, row(work, made), "中止してください。")
    assert told(cellar, under) == (True, None, set(), set())


@pytest.mark.parametrize(("items", "purpose", "block"), [
    (("name",), "P08", "BL-24"), (("mynumber",), "NA-TAX", "BL-05"),
])
def test_what_the_contract_forbids_is_barred_though_it_was_permitted(
    cellar: Cellar, people: Cast, items: tuple[str, ...], purpose: str, block: str,
) -> None:
    under = contract(cellar, people, "prior_consent", items, purpose)
    consented(cellar, people, under)
    assert told(cellar, under)[1:3] == (True, set())
    change_mode(cellar, under, "forbidden")
    assert told(cellar, under) == (True, False, {block}, set())


def test_a_body_that_was_only_listed_is_not_consented_to(cellar: Cellar, people: Cast) -> None:
    under = contract(cellar, people, "free")
    sent(cellar, people, under)
    assert told(cellar, under)[1] is True
    change_mode(cellar, under, "prior_consent")
    assert told(cellar, under) == (True, False, {"BL-24"}, set())


def test_the_duty_fails_while_a_body_is_not_cleared(cellar: Cellar, people: Cast, clock: Clock) -> None:
    made = consented(cellar, people, contract(cellar, people))
    clock.forward(days=10)
    with cellar.work() as work:
        consent.revoke(work, people.approver.actor, row(work, made), "中止してください。")
    clock.forward(days=10)
    with cellar.work() as work:
        reentrustment.end(work, people.officer.actor, row(work, made), "返還を受けた。", day_in(work.now()))

    def failing(day: date) -> list[tuple[str, ...]]:
        with cellar.read() as rows:
            party = rows.get_one(Party, people.party.id)
            found = duties.standing(rows, people.lead.actor, cellar.catalogue, [party], day)[party.id]
        return [reason.values["names"] for one in found for duty in one.duties for reason in duty.reasons
                if "names" in reason.values and duty.code == "contract"]

    assert failing(TODAY + timedelta(days=8)) == []
    assert failing(TODAY + timedelta(days=12)) == [(SAID.name_ja,)]
    assert failing(TODAY + timedelta(days=20)) == []


def test_the_tier_rises_with_a_third_tier(cellar: Cellar, people: Cast) -> None:
    under = contract(cellar, people, items=("hla",))
    begun = replace(SAID, starts_on=TODAY + timedelta(days=1))
    second = consented(cellar, people, under, begun)

    def tier() -> tuple[str, list[dict[str, object]]]:
        with cellar.read() as rows:
            found = risks.computed(rows, cellar.catalogue, rows.get_one(Party, people.party.id),
                                   TODAY + timedelta(days=1))
        return found.tier, [dict(reason.values) for reason in found.reasons if reason.message == risks.TIERS]

    assert tier() == ("high", [{"bodies": 1, "tier": 2}])
    consented(cellar, people, under, replace(begun, name_ja="仮想校閲社", under=second))
    assert tier() == ("critical", [{"bodies": 2, "tier": 3}])


def test_a_body_abroad_contradicts_a_line_of_japan(cellar: Cellar, people: Cast, clock: Clock) -> None:
    under = contract(cellar, people)
    for country in ("JP", "US", "DE"):
        consented(cellar, people, under, replace(SAID, name_ja=f"例示{country}", country=country))
    with cellar.work() as work:
        assert linting.plain(work, line_of(work, under)).beyond == (), "it has not begun"
    clock.forward(days=(STARTS - TODAY).days)
    with cellar.work() as work:
        assert linting.plain(work, line_of(work, under)).beyond == ("DE", "US")


def test_the_letter_is_printed_once_and_stays_for_good(cellar: Cellar, people: Cast) -> None:
    made = consented(cellar, people, contract(cellar, people))
    for _ in range(2):
        consenting.run(cellar, made)
    party = people.party.public_id
    with cellar.read() as rows:
        letter = rows.scalars(sa.select(ConsentLetter)).one()
        assert (party, letter.digest) in set(whole.named(rows))
        assert rows.scalars(sa.select(LedgerEntry.event).where(
            LedgerEntry.noun == "consent_letter")).all() == ["consent_letter.kept"]
    path = Path(cellar.settings.folder) / "files" / party / letter.digest[:2] / letter.digest
    old = (cellar.clock() - timedelta(days=9)).timestamp()
    os.utime(path, (old, old))
    nightly.run(cellar, TODAY.isoformat())
    assert b"".join(cellar.blobs.open(party, letter.digest)).startswith(b"%PDF")
    with pytest.raises(DatabaseError), cellar.engine.begin() as connection:
        connection.execute(sa.update(ConsentLetter).values(digest="0" * 64))
