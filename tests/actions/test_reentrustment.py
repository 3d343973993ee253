"""Re-entrustment is asked for as the contract's mode says, decided by two people, and ends by word of the party."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError

from portal.actions import consent, reentrustment
from portal.actions.reentrustment import Said
from portal.core.errors import Incomplete, NotAllowed, NotFound, NotNow, Stale
from portal.core.reentrustment import FORBIDDEN, NOT_FOR_SPECIAL_CARE
from portal.models import Contract, Job, LedgerEntry, Mail, Reentrustment
from portal.queries import reentrustment as asked
from portal.store.cellar import Cellar
from tests.cast import Cast
from tests.conftest import Clock
from tests.reentrusted import ENDS, SAID, TERM, consented, contract, drafted, line_of, passed, row, sent


def states(cellar: Cellar, *names: str) -> list[str]:
    """The states of bodies by their public ids."""
    with cellar.work() as work:
        return [row(work, name).state for name in names]


def _told_and_kept(cellar: Cellar) -> None:
    """Each act is in the ledger, and each side was written to in its turn."""
    with cellar.read() as rows:
        events = [entry.event.removeprefix("reentrustment.") for entry in rows.scalars(
            sa.select(LedgerEntry).where(LedgerEntry.noun == "reentrustment").order_by(LedgerEntry.id))]
        assert events == ["begun", "apply", "return", "saved", "apply", "pass", "consent", "end"]
        told = rows.execute(sa.select(Mail.kind, Mail.recipient).order_by(Mail.id)).all()
        party = [("reentrustment", f"{who}@example.jp") for who in ("officer", "clerk")]
        reviewers = [("reentrustment_desk", f"{who}@example.jp") for who in ("reviewer", "reviewer2")]
        assert [tuple(one) for one in told] == [
            *reviewers, *party, *reviewers, ("reentrustment_desk", "approver@example.jp"), *party,
            ("reentrustment_desk", "lead@example.jp")]


def test_a_request_from_its_draft_to_its_end(cellar: Cellar, people: Cast) -> None:
    under = contract(cellar, people)
    made = drafted(cellar, people, under)
    with cellar.read() as rows, pytest.raises(NotFound):
        asked.shown(rows, people.lead.actor, made)
    with pytest.raises(NotAllowed), cellar.work() as work:
        reentrustment.send(work, people.clerk.actor, row(work, made))
    with pytest.raises(NotFound), cellar.work() as work:
        reentrustment.send(work, people.stranger.actor, row(work, made))
    with cellar.work() as work:
        reentrustment.send(work, people.officer.actor, row(work, made))
    with cellar.work() as work:
        consent.hand_back(work, people.reviewer.actor, row(work, made), "点検の方法を書き足してください。")
    with cellar.work() as work:
        line = line_of(work, under)
        reentrustment.save(work, people.clerk.actor, row(work, made), replace(
            SAID, safeguards="年2回の点検を行う。", items={line.public_id: ("name",)}))
        reentrustment.send(work, people.officer.actor, row(work, made))
        assert (row(work, made).reply, row(work, made).way) == ("", "consent")
    with cellar.work() as work:
        consent.pass_on(work, people.reviewer.actor, row(work, made), "確認した。")
    with pytest.raises(NotAllowed), cellar.work() as work:
        consent.consent(work, people.reviewer.actor, row(work, made), ENDS)
    until = ENDS - timedelta(days=30)
    with cellar.work() as work:
        consent.consent(work, people.approver.actor, row(work, made), until, "年2回の報告")
    with cellar.work() as work:
        assert (row(work, made).state, row(work, made).ends_on) == ("consented", until)
        assert work.rows.scalars(sa.select(Job.key).where(Job.kind == "consent")).all() == [f"consent:{made}"]
    for wrong in (("", date(2026, 11, 25)), ("消去した。", date(2027, 1, 1))):
        with pytest.raises(Incomplete), cellar.work() as work:
            reentrustment.end(work, people.clerk.actor, row(work, made), *wrong)
    with cellar.work() as work:
        reentrustment.end(work, people.clerk.actor, row(work, made), "消去した。", date(2026, 11, 25))
    _told_and_kept(cellar)


@pytest.mark.parametrize(("mode", "items", "way", "state"), [
    ("prior_consent", ("name",), "consent", "submitted"), ("named_consent", ("name",), "consent", "submitted"),
    ("prior_notice", ("name",), "notice_before", "listed"), ("later_notice", ("name",), "notice_after", "listed"),
    ("free", ("name",), "listed", "listed"), ("prior_notice", ("hla",), "notice_before", "listed"),
    ("free", ("mynumber",), "permission", "submitted"),
])
def test_each_mode_does_what_it_says(cellar: Cellar, people: Cast, mode: str, items: tuple[str, ...], way: str,
                                     state: str) -> None:
    purpose = "NA-TAX" if "mynumber" in items else "P08"
    made = sent(cellar, people, contract(cellar, people, mode, items, purpose), replace(
        SAID, legal_id="7010405010470" if mode == "named_consent" else ""))
    with cellar.work() as work:
        assert (row(work, made).way, row(work, made).state) == (way, state)


@pytest.mark.parametrize("mode", ["later_notice", "free"])
def test_special_care_data_are_not_asked_for_on_a_later_notice(cellar: Cellar, people: Cast, mode: str) -> None:
    made = drafted(cellar, people, contract(cellar, people, mode, ("hla", "name")))
    with pytest.raises(Incomplete) as refused, cellar.work() as work:
        reentrustment.send(work, people.officer.actor, row(work, made))
    assert refused.value.fields == {"items": NOT_FOR_SPECIAL_CARE}


def test_what_the_contract_forbids_cannot_be_asked_for(cellar: Cellar, people: Cast) -> None:
    with pytest.raises(Incomplete) as refused:
        drafted(cellar, people, contract(cellar, people, "forbidden"))
    assert refused.value.message == FORBIDDEN
    made = drafted(cellar, people, contract(cellar, people))
    with cellar.work() as work:
        work.rows.get_one(Contract, row(work, made).contract_id).reentrustment_mode = "forbidden"
    with pytest.raises(Incomplete), cellar.work() as work:
        reentrustment.send(work, people.officer.actor, row(work, made))
    assert states(cellar, made) == ["draft"]


def test_what_the_contract_forbids_by_now_is_not_consented_to(cellar: Cellar, people: Cast) -> None:
    made = passed(cellar, people, contract(cellar, people))
    with cellar.work() as work:
        work.rows.get_one(Contract, row(work, made).contract_id).reentrustment_mode = "forbidden"
    with pytest.raises(Incomplete) as refused, cellar.work() as work:
        consent.consent(work, people.approver.actor, row(work, made), ENDS)
    assert refused.value.fields == {"until": FORBIDDEN}
    assert states(cellar, made) == ["awaiting_approval"]


@pytest.mark.parametrize(("mode", "change", "field"), [
    ("prior_consent", {"name_ja": " "}, "name_ja"), ("prior_consent", {"country": ""}, "country"),
    ("prior_consent", {"legal_id": "1234567890123"}, "legal_id"), ("named_consent", {}, "legal_id"),
    ("prior_consent", {"work": ""}, "work"), ("prior_consent", {"reason": ""}, "reason"),
    ("prior_consent", {"safeguards": ""}, "safeguards"), ("prior_consent", {"starts_on": None}, "starts_on"),
    ("prior_consent", {"starts_on": date(2026, 11, 25)}, "starts_on"), ("prior_consent", {"ends_on": None}, "ends_on"),
    ("prior_notice", {"starts_on": date(2026, 11, 25)}, "starts_on"),
    ("later_notice", {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 10, 31)}, "ends_on"),
])
def test_what_is_missing_is_told_at_its_field(cellar: Cellar, people: Cast, mode: str, change: dict[str, object],
                                              field: str) -> None:
    made = drafted(cellar, people, contract(cellar, people, mode), replace(SAID, **change))
    with pytest.raises(Incomplete) as refused, cellar.work() as work:
        reentrustment.send(work, people.officer.actor, row(work, made))
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize(("change", "field"), [
    ({"country": "日本"}, "country"), ({"ends_on": date(2026, 1, 1)}, "ends_on"), ({"under": "0" * 26}, "under"),
    ({"items": {"0" * 26: ("name",)}}, "items"), ({"reason": "担当 a@example.jp"}, "reason"),
])
def test_even_a_draft_does_not_hold_everything(cellar: Cellar, people: Cast, change: dict[str, object], field: str
                                               ) -> None:
    with pytest.raises(Incomplete) as refused:
        drafted(cellar, people, contract(cellar, people), replace(SAID, **change))
    assert set(refused.value.fields) == {field}


def test_a_draft_holds_as_little_as_there_is(cellar: Cellar, people: Cast) -> None:
    under = contract(cellar, people)
    with cellar.work() as work:
        found = work.rows.scalars(sa.select(Contract).where(Contract.public_id == under)).one()
        made = reentrustment.begin(work, people.clerk.actor, found, Said())
        assert (made.state, made.number) == ("draft", "S-2026-0001")
    with pytest.raises(Incomplete) as refused, cellar.work() as work:
        reentrustment.send(work, people.officer.actor, row(work, made.public_id))
    assert set(refused.value.fields) == {"name_ja", "country", "items", "work", "reason", "safeguards", "starts_on",
                                         "ends_on"}


def test_nothing_is_asked_for_beyond_the_contract(cellar: Cellar, people: Cast, clock: Clock) -> None:
    under = contract(cellar, people)
    made = drafted(cellar, people, under, replace(SAID, ends_on=TERM.ends_on + timedelta(days=1)))
    with pytest.raises(Incomplete) as refused, cellar.work() as work:
        reentrustment.send(work, people.officer.actor, row(work, made))
    assert set(refused.value.fields) == {"ends_on"}
    late = drafted(cellar, people, under, replace(SAID, starts_on=TERM.ends_on + timedelta(days=9),
                                                  ends_on=TERM.ends_on + timedelta(days=99)))
    clock.forward(days=(TERM.ends_on - date(2026, 11, 24)).days)
    with pytest.raises(Incomplete) as refused, cellar.work() as work:
        reentrustment.send(work, people.officer.actor, row(work, late))
    assert set(refused.value.fields) == {"under"}


def test_two_colleagues_do_not_overwrite_each_other(cellar: Cellar, people: Cast) -> None:
    under = contract(cellar, people)
    made = drafted(cellar, people, under)
    with cellar.work() as work:
        seen, line = row(work, made).version, line_of(work, under)
        reentrustment.save(work, people.officer.actor, row(work, made), replace(
            SAID, items={line.public_id: ("address",)}), seen)
    with pytest.raises(Stale), cellar.work() as work:
        reentrustment.save(work, people.clerk.actor, row(work, made), SAID, seen)


def test_a_third_tier_stays_within_the_second(cellar: Cellar, people: Cast) -> None:
    under = contract(cellar, people)
    with cellar.work() as work:
        line = line_of(work, under).public_id
    second = consented(cellar, people, under, replace(SAID, items={line: ("name",)}))
    third = replace(SAID, name_ja="仮想校閲社", under=second, items={line: ("name", "address")}, country="US")
    made = drafted(cellar, people, under, replace(third, ends_on=ENDS + timedelta(days=1)))
    with pytest.raises(Incomplete) as refused, cellar.work() as work:
        reentrustment.send(work, people.officer.actor, row(work, made))
    assert set(refused.value.fields) == {"items", "ends_on"}
    with cellar.work() as work:
        reentrustment.save(work, people.clerk.actor, row(work, made), replace(third, items={line: ("name",)}))
        reentrustment.send(work, people.officer.actor, row(work, made))
        assert (row(work, made).tier, row(work, made).parent_id) == (3, row(work, second).id)
    with cellar.work() as work:
        consent.pass_on(work, people.reviewer.actor, row(work, made), "確認した。")
        consent.revoke(work, people.approver.actor, row(work, second), "契約違反のため。")
    with pytest.raises(Incomplete) as refused, cellar.work() as work:
        consent.consent(work, people.approver.actor, row(work, made), ENDS)
    assert set(refused.value.fields) == {"until"}


def test_the_end_is_reported_from_below(cellar: Cellar, people: Cast) -> None:
    under = contract(cellar, people)
    second = consented(cellar, people, under)
    third = consented(cellar, people, under, replace(SAID, name_ja="仮想校閲社", under=second))
    with pytest.raises(Incomplete) as refused, cellar.work() as work:
        reentrustment.end(work, people.clerk.actor, row(work, second), "消去した。", date(2026, 11, 25))
    assert set(refused.value.fields) == {"said"}
    for name in (third, second):
        with cellar.work() as work:
            reentrustment.end(work, people.clerk.actor, row(work, name), "消去した。", date(2026, 11, 25))
    assert states(cellar, second, third) == ["ended", "ended"]


def test_what_was_sent_is_taken_back_until_it_is_passed_on(cellar: Cellar, people: Cast) -> None:
    under = contract(cellar, people)
    taken, kept = sent(cellar, people, under), passed(cellar, people, under)
    with cellar.work() as work:
        reentrustment.take_back(work, people.clerk.actor, row(work, taken))
    with pytest.raises(NotNow), cellar.work() as work:
        reentrustment.take_back(work, people.clerk.actor, row(work, kept))
    with pytest.raises(NotFound), cellar.work() as work:
        reentrustment.take_back(work, people.stranger.actor, row(work, kept))
    assert states(cellar, taken, kept) == ["taken_back", "awaiting_approval"]


@pytest.mark.parametrize("change", [
    {"tier": 1}, {"tier": 3}, {"state": "somewhere"}, {"way": "told"}, {"ends_on": date(2026, 1, 1)},
    {"submitted_at": None},
])
def test_the_database_holds_the_truth_too(cellar: Cellar, people: Cast, change: dict[str, object]) -> None:
    made = sent(cellar, people, contract(cellar, people))
    with pytest.raises((IntegrityError, DatabaseError)), cellar.engine.begin() as connection:
        connection.execute(sa.update(Reentrustment).where(Reentrustment.public_id == made).values(**change))
