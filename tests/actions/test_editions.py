"""Editions of the policy and the law table: loaded, marked, confirmed by a second person, kept with decisions."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from portal.actions import checklists, editions, people, sharing
from portal.actions.editions import Loaded, Marks, Settled
from portal.core.actor import SYSTEM, Actor, Role
from portal.core.errors import BadFile, Incomplete, NotAllowed, NotNow, Stale
from portal.models import Attestation, AttestationVersion, Edition, LedgerEntry, SignOffEdition
from portal.queries import editions as found
from portal.store.cellar import Cellar
from portal.store.work import Work
from tests.actions import flow
from tests.cast import Cast

FIRST = """Example policy
I. Measures
1. Risks
We look at risks.
II. Personal data
9. Safety
We keep data safe.
10. Staff
We teach our staff.
11. Outsourcers
We watch those we entrust.
"""
SECOND = FIRST.replace("We keep data safe.", "We keep data safe and lock it.").replace("We teach", "We train")
DAY = date(2026, 4, 1)
NOTE = Marks(["II.9"], "安全管理措置の追加", "Safety measures were added")


def loaded(text: str = FIRST, day: date | None = DAY, name: str = "第1版") -> Loaded:
    """An edition as it is handed in."""
    return Loaded(name, day, text.encode())


def second(work: Work) -> Actor:
    """Another administrator."""
    person = people.add(work, SYSTEM, people.NewPerson("second@example.jp", "管理 五郎"))
    work.rows.flush()
    return Actor(person.id, person.name, frozenset({Role.ADMINISTRATOR}))


def kept(cellar: Cellar, cast: Cast, given: Loaded, marks: Marks | None = None) -> int:
    """Load, mark and confirm an edition; gives its row id."""
    with cellar.work() as work:
        row = editions.load(work, cast.administrator.actor, given)
        if marks is not None:
            editions.mark(work, cast.administrator.actor, row, marks)
        editions.settle(work, cast.approver.actor, row, Settled(True))
        return row.id


def refused(cellar: Cellar, cast: Cast, given: Loaded) -> dict[str, str]:
    """Hand an edition in that is not taken; gives what is said at which field."""
    with pytest.raises(Incomplete) as told, cellar.work() as work:
        editions.load(work, cast.administrator.actor, given)
    return told.value.fields


def test_an_edition_takes_force_on_its_day_once_a_second_person_confirmed_it(cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        row = editions.load(work, people.administrator.actor, loaded())
        assert (row.digest, row.changed) == (sha256(FIRST.encode()).hexdigest(), [])
        assert found.in_force(work.rows, DAY) == {}
        for who in (people.administrator, people.lead, people.reviewer):
            with pytest.raises(NotAllowed):
                editions.settle(work, who.actor, row, Settled(True))
        editions.settle(work, people.approver.actor, row, Settled(True))
        assert found.in_force(work.rows, DAY - timedelta(days=1)) == {}
        assert found.in_force(work.rows, DAY)["policy"].id == row.id
        with pytest.raises(NotNow):
            editions.settle(work, people.approver.actor, row, Settled(False, "x"))
        with pytest.raises(NotNow):
            editions.mark(work, people.administrator.actor, row, NOTE)
    with cellar.read() as rows:
        told = list(rows.scalars(sa.select(LedgerEntry.event).where(LedgerEntry.noun == "edition")
                                 .order_by(LedgerEntry.id)))
        entry = rows.scalars(sa.select(LedgerEntry.leaf).where(LedgerEntry.event == "edition.confirmed")).one()
    assert told == ["edition.loaded", "edition.confirmed"] and sha256(FIRST.encode()).hexdigest() in str(entry)


def test_the_clauses_that_read_otherwise_are_marked_at_once(cellar: Cellar, people: Cast) -> None:
    kept(cellar, people, loaded())
    with cellar.work() as work:
        row = editions.load(work, people.administrator.actor, loaded(SECOND, DAY + timedelta(days=30), "第2版"))
        assert row.changed == ["II.9", "II.10"]
        with pytest.raises(NotNow, match="both languages"):
            editions.settle(work, people.approver.actor, row, Settled(True))
        editions.mark(work, people.administrator.actor, row, NOTE, row.version)
        assert (row.changed, row.note("ja"), row.note("en")) == (["II.9"], NOTE.note_ja, NOTE.note_en)
        with pytest.raises(Stale):
            editions.mark(work, people.administrator.actor, row, NOTE, row.version - 1)
        assert found.newest(work.rows, "policy") is row


def test_marks_say_what_changes_in_both_languages(cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        row = editions.load(work, people.administrator.actor, loaded())
        for marks, fields in ((Marks(["II.9"], "x", " "), {"note_en"}), (Marks(["II.99"], "x", "x"), {"changed"}),
                              (Marks(["II.9"], "", ""), {"note_ja", "note_en"})):
            with pytest.raises(Incomplete) as told:
                editions.mark(work, people.administrator.actor, row, marks)
            assert set(told.value.fields) == fields
        with pytest.raises(NotAllowed):
            editions.mark(work, people.lead.actor, row, NOTE)


def test_neither_who_loaded_nor_who_marked_confirms_nor_what_was_not_seen(cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        other = second(work)
        row = editions.load(work, people.administrator.actor, loaded())
        editions.mark(work, other, row, NOTE)
        for who in (other, people.administrator.actor):
            with pytest.raises(NotAllowed):
                editions.settle(work, who, row, Settled(True))
        seen = row.version
        editions.mark(work, other, row, Marks([], "", ""))
        with pytest.raises(Stale):
            editions.settle(work, people.approver.actor, row, Settled(True, seen=seen))
        editions.settle(work, people.approver.actor, row, Settled(True, seen=row.version))
        assert row.outcome == "confirmed"


def test_what_cannot_be_an_edition_is_said_at_its_field(cellar: Cellar, people: Cast) -> None:
    kept(cellar, people, loaded())
    later = DAY + timedelta(days=1)
    assert set(refused(cellar, people, loaded(day=later))) == {"file"}
    assert set(refused(cellar, people, loaded(SECOND, DAY))) == {"valid_from"}
    assert set(refused(cellar, people, loaded(SECOND, DAY - timedelta(days=1)))) == {"valid_from"}
    assert set(refused(cellar, people, loaded(SECOND, None, " "))) == {"valid_from", "name"}
    assert set(refused(cellar, people, loaded("no clause at all", later))) == {"file"}
    for content in (b"", b"  \n", b"%PDF-1.7\n\x00\x01\xff\xfe", b"\xff\xff\xff", b"1. x" * editions.LARGEST):
        with pytest.raises(BadFile), cellar.work() as work:
            editions.load(work, people.administrator.actor, Loaded("第2版", later, content))
    with pytest.raises(NotAllowed), cellar.work() as work:
        editions.load(work, people.lead.actor, loaded(SECOND, later))
    with cellar.read() as rows:
        assert rows.scalar(sa.select(sa.func.count(Edition.id))) == 1


def test_one_waits_at_a_time_and_a_refused_text_may_come_again(cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        row = editions.load(work, people.administrator.actor, loaded())
    assert set(refused(cellar, people, loaded(SECOND, DAY + timedelta(days=1)))) == {"name"}
    with cellar.work() as work:
        row = work.rows.get_one(Edition, row.id)
        with pytest.raises(Incomplete):
            editions.settle(work, people.approver.actor, row, Settled(False, " "))
        editions.settle(work, people.approver.actor, row, Settled(False, "日付が違います"))
    again = kept(cellar, people, loaded())
    with cellar.read() as rows:
        assert [kept.row.id for kept in found.listing(rows, people.lead.actor)] == [again, row.id]
        assert [found.standing(row, DAY, found.in_force(rows, DAY)) for row in found.every(rows)] == [
            "in_force", "refused"]


def test_shift_jis_is_read_and_the_digest_is_of_the_bytes(cellar: Cellar, people: Cast) -> None:
    content = FIRST.replace("safe", "安全に").encode("cp932")
    with cellar.work() as work:
        row = editions.load(work, people.administrator.actor, Loaded("第1版", DAY, content))
        assert "安全に" in row.text and row.digest == sha256(content).hexdigest()


def test_the_law_table_of_the_installation_is_kept_once(cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        row = editions.load_table(work, people.administrator.actor)
        assert row.digest == work.catalogue.digests[sharing.RULES_FILE]
        assert (row.name, row.valid_from) == (cellar.catalogue.rules.header.edition,
                                              cellar.catalogue.rules.header.valid_from)
        checklists.publish_library(work, SYSTEM)
        editions.mark(work, people.administrator.actor, row, Marks(["APPI-25"], "x", "x"))
        editions.settle(work, people.approver.actor, row, Settled(True))
    with pytest.raises(Incomplete), cellar.work() as work:
        editions.load_table(work, people.administrator.actor)


def test_a_sign_off_keeps_the_editions_it_was_made_under(cellar: Cellar, people: Cast) -> None:
    before = flow.signed_off(cellar, people, "LAB")
    edition = kept(cellar, people, loaded())
    after = flow.signed_off(cellar, people, "ITO")
    kept(cellar, people, loaded(SECOND, date(2027, 4, 1), "第2版"), NOTE)
    with cellar.read() as rows:
        under = {public_id: [row.id for row in found.signed_under(rows, people.approver.actor, version(
            rows, public_id))] for public_id in (before, after)}
        entries = list(rows.scalars(sa.select(LedgerEntry.leaf).where(LedgerEntry.event == "attestation.sign_off")
                                    .order_by(LedgerEntry.id)))
        signed = found.decided(rows, people.lead.actor, rows.get_one(Edition, edition), 1)
    assert under == {before: [], after: [edition]}
    assert [one.attestation.public_id for one in signed] == [after]
    digest = sha256(FIRST.encode()).hexdigest()
    assert [digest in str(body) for body in entries] == [False, True]
    assert all(cellar.catalogue.digests[sharing.RULES_FILE] in str(body) for body in entries)
    for change in (sa.update(SignOffEdition).values(edition_id=edition + 1), sa.delete(SignOffEdition)):
        with pytest.raises(DatabaseError, match="said once"), cellar.engine.begin() as connection:
            connection.execute(change)


def version(rows: Session, public_id: str) -> int:
    """The row id of an attestation's newest version."""
    return rows.scalars(sa.select(AttestationVersion.id).join(
        Attestation, Attestation.id == AttestationVersion.attestation_id)
        .where(Attestation.public_id == public_id).order_by(AttestationVersion.id.desc())).first() or 0
