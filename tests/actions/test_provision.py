"""Records of provision and receipt: whole, of no individual, corrected by new ones, and proven to the law table."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from portal.actions import contracts, provision, sharing
from portal.core.errors import Incomplete, NotAllowed, NotFound, Stale
from portal.core.lawfulness import Case, evaluate
from portal.core.readable import day_in
from portal.models import Party, Provision, ScopeLine
from portal.queries import facts
from portal.queries import provision as kept
from portal.store.cellar import Cellar
from tests.cast import Cast
from tests.conftest import Clock
from tests.filed import RECORD, SETTING

TODAY = date(2026, 11, 25)


def shared(cellar: Cellar, cast: Cast, relation: str = "third_party", items: tuple[str, ...] = ("donor_code", "hla")
           ) -> int:
    """A line of a relation with the laboratory of the cast; gives its row id."""
    with cellar.work() as work:
        party = work.rows.get_one(Party, cast.party.id)
        engaged = contracts.engage(work, cast.lead.actor, party, relation)
        work.rows.flush()
        return sharing.add_line(work, cast.lead.actor, engaged, sharing.LineFacts(items, "P01")).id


def recorded(cellar: Cellar, cast: Cast, line: int, made: provision.Made = RECORD) -> str:
    """Let the lead make a record; gives its public id."""
    with cellar.work() as work:
        row = provision.make(work, cast.lead.actor, work.rows.get_one(ScopeLine, line), made)
        work.rows.flush()
        return row.public_id


def case(cellar: Cellar, line: int) -> Case:
    """The line as the law table judges it."""
    with cellar.read() as rows:
        return facts.case(rows, cellar.catalogue, rows.get_one(ScopeLine, line), day_in(cellar.clock()))


WRONG = [
    ("record", {"record": "supervision_file"}), ("manner", {"manner": "yearly"}), ("persons", {"persons": 0}),
    ("manner", {"record": "statutory_log", "manner": "contract", "said": {"reason": "x", "approver": "x"}}),
    ("manner", {"manner": "each"}), ("last_on", {"last_on": date(2026, 11, 26)}), ("items", {"items": ("name",)}),
    ("last_on", {"last_on": date(2026, 8, 1)}), ("items", {"items": ()}), ("reference", {"reference": "山田 太郎"}),
    ("consent", {"said": {**RECORD.said, "consent": " "}}),
    ("consent", {"said": {**RECORD.said, "consent": "1234 5678 9018"}}),
    ("address", {"said": {**RECORD.said, "address": "donor@example.jp"}}),
]


@pytest.mark.parametrize(("field", "changes"), WRONG)
def test_a_record_is_whole_and_of_no_individual(cellar: Cellar, people: Cast, field: str, changes: dict[str, object]
                                                ) -> None:
    line = shared(cellar, people)
    with pytest.raises(Incomplete) as refusal:
        recorded(cellar, people, line, replace(RECORD, **changes))
    assert list(refusal.value.fields) == [field]
    with cellar.read() as rows:
        assert rows.scalars(sa.select(Provision)).all() == []


def test_a_record_keeps_what_was_true(cellar: Cellar, people: Cast) -> None:
    public_id = recorded(cellar, people, shared(cellar, people))
    with cellar.read() as rows:
        (row, by), = kept.chain(rows, people.reviewer.actor, public_id)
        with pytest.raises(NotFound):
            kept.chain(rows, people.stranger.actor, public_id)
    assert (row.number, row.kept_until, row.edition, by) == (
        "R-2026-00001", date(2029, 9, 30), cellar.catalogue.rules.header.edition, people.lead.actor.name)
    for act in ("UPDATE provision SET persons = 1", "DELETE FROM provision"):
        with pytest.raises(DatabaseError), cellar.engine.begin() as connection:
            connection.exec_driver_sql(act)


def test_a_correction_is_a_new_record_and_happens_once(cellar: Cellar, people: Cast) -> None:
    line = shared(cellar, people)
    recorded(cellar, people, line)
    for reason, persons, refusal in (("", 41, Incomplete), ("人数の誤り", 41, None), ("もう一度", 42, Stale)):
        try:
            with cellar.work() as work:
                wrong = work.rows.scalars(sa.select(Provision).order_by(Provision.id)).first()
                assert wrong is not None
                provision.correct(work, people.lead.actor, wrong, replace(RECORD, persons=persons), reason)
            assert refusal is None
        except (Incomplete, Stale) as told:
            assert type(told) is refusal
    with cellar.read() as rows:
        assert [row.persons for row in kept.of_line(rows, rows.get_one(ScopeLine, line))] == [41]
        chain = kept.chain(rows, people.lead.actor, kept.of_line(rows, rows.get_one(ScopeLine, line))[0].public_id)
    assert [(row.persons, row.reason) for row, _ in chain] == [(40, ""), (41, "人数の誤り")]


def test_only_the_lead_keeps_records(cellar: Cellar, people: Cast) -> None:
    line = shared(cellar, people)
    for actor, refusal in ((people.reviewer.actor, NotAllowed), (people.stranger.actor, NotFound),
                           (people.officer.actor, NotAllowed)):
        with pytest.raises(refusal), cellar.work() as work:
            provision.make(work, actor, work.rows.get_one(ScopeLine, line), RECORD)
        with pytest.raises(refusal), cellar.work() as work:
            provision.set_up(work, actor, work.rows.get_one(ScopeLine, line), SETTING)


def test_a_setting_proves_the_need_and_is_judged_at_once(cellar: Cellar, people: Cast) -> None:
    line = shared(cellar, people)
    assert "PC-REC29" not in case(cellar, line).done
    for field, bad in (("manner", replace(SETTING, manner="")), ("held_in", replace(SETTING, held_in=" ")),
                       ("held_in", replace(SETTING, held_in="x@example.jp")),
                       ("statute", replace(SETTING, statute="ST-US"))):
        with pytest.raises(Incomplete) as refusal, cellar.work() as work:
            provision.set_up(work, people.lead.actor, work.rows.get_one(ScopeLine, line), bad)
        assert list(refusal.value.fields) == [field]
    with cellar.work() as work:
        provision.set_up(work, people.lead.actor, work.rows.get_one(ScopeLine, line), SETTING)
    done = case(cellar, line).done
    assert {"PC-REC29", "PC-REC31"} <= done and "PC-LAWREF" not in done
    with cellar.work() as work:
        provision.set_up(work, people.lead.actor, work.rows.get_one(ScopeLine, line), replace(
            SETTING, statute="ST-HSCA", article="30条"))
    assert "PC-LAWREF" in case(cellar, line).done


def test_receipt_of_special_care_data_wants_source_and_ground(cellar: Cellar, people: Cast) -> None:
    line = shared(cellar, people, "receipt")
    assert "receipt_without_ground" not in case(cellar, line).flags, "nobody said anything yet"
    told = {}
    for name, setting in (("bare", replace(SETTING, relied_on="consent")),
                          ("ground", replace(SETTING, relied_on="consent", ground="G20-CONSENT", obtained="本人から")),
                          ("joint", replace(SETTING, relied_on="27_5", ground="G20-ORDER9"))):
        with cellar.work() as work:
            provision.set_up(work, people.lead.actor, work.rows.get_one(ScopeLine, line), setting)
        found = case(cellar, line)
        told[name] = (evaluate(found, cellar.catalogue.rules).blocks, {"PC-REC30", "PC-RECSRC"} & found.done)
    assert told == {"bare": (("BL-32",), set()), "ground": ((), {"PC-REC30"}), "joint": ((), {"PC-RECSRC"})}


def test_running_lines_without_a_record_are_named(cellar: Cellar, people: Cast, clock: Clock) -> None:
    line = shared(cellar, people)
    with cellar.engine.begin() as connection:
        connection.execute(sa.update(ScopeLine).where(ScopeLine.id == line).values(route="RT-TP-CONSENT-JP"))
        connection.exec_driver_sql("UPDATE scope_line SET state = 'active'")

    def lacking() -> list[tuple[tuple[str, ...], date | None]]:
        with cellar.read() as rows:
            found = kept.lacking(rows, people.lead.actor, cellar.catalogue, day_in(cellar.clock()))
        return [(row.records, row.last_on) for row in found]

    assert lacking() == [(("provision_record",), None)]
    recorded(cellar, people, line)
    assert lacking() == []
    clock.forward(days=400)
    assert lacking() == [(("provision_record",), RECORD.last_on)]


def test_the_list_is_searched_and_asks_two_queries_whatever_its_size(cellar: Cellar, people: Cast) -> None:
    line = shared(cellar, people)
    for number in range(3):
        recorded(cellar, people, line, replace(RECORD, reference=f"CORE_{number}%"[:6]))
    counted: list[str] = []
    sa.event.listen(cellar.engine, "before_cursor_execute", lambda *given: counted.append(given[2]))
    with cellar.read() as rows:
        lead = people.lead.actor
        found = [kept.listing(rows, lead, wanted, TODAY) for wanted in (
            kept.Wanted(), kept.Wanted("CORE_1"), kept.Wanted("CORE%"), kept.Wanted(year=2025),
            kept.Wanted(year=2026, record="provision_record", party=people.party.public_id), kept.Wanted(keep="over"))]
        assert [len(rows_) for rows_ in found] == [3, 1, 0, 0, 3, 0]
        assert kept.listing(rows, people.stranger.actor, kept.Wanted(), TODAY) == []
        assert kept.counts(rows, lead) == {"provision_record": 3}
    assert len([text for text in counted if text.startswith("SELECT")]) == 8
