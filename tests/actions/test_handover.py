"""Handover notes: kept from year to year, overwritten by nobody unseen, and read by the party alone."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from portal.actions import attest, handover
from portal.core.errors import Incomplete, NotAllowed, NotFound, Stale
from portal.models import Attestation, LedgerEntry, Party, Template
from portal.queries import handover as found
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast, Member
from tests.house import ROOT

TEXT = "ISMSの登録証は総務課の共有フォルダにあります。"


def write(cellar: Cellar, member: Member, public_id: str, question: str, text: str, version: int = 0) -> bool:
    """Write a note as somebody."""
    with cellar.work() as work:
        where = work.rows.scalars(sa.select(Attestation).where(Attestation.public_id == public_id)).one()
        return handover.write(work, member.actor, where, handover.Written(question, text, version))


def notes(cellar: Cellar, member: Member, public_id: str) -> dict[str, found.Note]:
    """What somebody reads."""
    with cellar.read() as rows:
        return found.notes(rows, member.actor, flow.find(cellar, public_id))


def first(cellar: Cellar, public_id: str) -> str:
    """The first question that the party is asked."""
    return next(one.id for one in flow.template_of(cellar, public_id).questions if one.answered_by == "party")


def test_a_note_comes_back_next_year(cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people)
    asked = first(cellar, made)
    assert write(cellar, people.clerk, made, asked, f"  {TEXT}\r\n第二行  ")
    flow.answer_all(cellar, people, made)
    flow.certify_it(cellar, people, made)
    with cellar.work() as work:
        template = work.rows.scalars(sa.select(Template).where(Template.code == "LAB")).one()
        party = work.rows.get_one(Party, people.party.id)
        again = attest.request(work, people.lead.actor, party, attest.Asked(template, 2027, flow.DUE)).public_id
    note = notes(cellar, people.officer, again)[asked]
    assert (note.text, note.who, note.version) == (f"{TEXT}\n第二行", "担当 次子", 1)
    assert write(cellar, people.officer, made, asked, "別の場所へ移しました。", 1), "also after it was handed in"
    assert notes(cellar, people.clerk, again)[asked].text == "別の場所へ移しました。"


def test_nothing_is_overwritten_unseen(cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people)
    asked = first(cellar, made)
    write(cellar, people.clerk, made, asked, TEXT)
    with pytest.raises(Stale):
        write(cellar, people.officer, made, asked, "私のメモ", 0)
    assert not write(cellar, people.officer, made, asked, TEXT, 0), "the same text is nobody's clash"
    assert notes(cellar, people.officer, made)[asked].text == TEXT
    assert write(cellar, people.officer, made, asked, "", 1) and notes(cellar, people.officer, made) == {}
    with pytest.raises(Stale):
        write(cellar, people.clerk, made, asked, "消された後に書く", 1)
    assert write(cellar, people.clerk, made, asked, "消された後に書く", 2)


def test_what_is_wrong_is_refused(cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people)
    asked = first(cellar, made)
    with pytest.raises(Incomplete) as told:
        write(cellar, people.clerk, made, asked, "あ" * 2001)
    assert "2,000" in told.value.fields["text"]
    assert write(cellar, people.clerk, made, asked, "あ" * 2000)
    jmdp = [one.id for one in flow.template_of(cellar, made).questions if one.answered_by == "jmdp"]
    for question in ["ZZ-99", *jmdp[:1]]:
        with pytest.raises(NotFound):
            write(cellar, people.clerk, made, question, TEXT)


def test_the_party_alone_reads_it(cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people)
    asked = first(cellar, made)
    write(cellar, people.clerk, made, asked, TEXT)
    for member in (people.lead, people.reviewer, people.approver, people.administrator, people.stranger):
        assert notes(cellar, member, made) == {}
        with cellar.read() as rows:
            assert found.note(rows, member.actor, flow.find(cellar, made), asked) == found.NONE
        with pytest.raises((NotAllowed, NotFound)):
            write(cellar, member, made, asked, "覗き見", 1)
    with cellar.read() as rows:
        said = rows.scalars(sa.select(LedgerEntry).where(LedgerEntry.event == "attestation.note_written")).one()
        told = str([getattr(said, column.key) for column in sa.inspect(LedgerEntry).columns])
        assert asked in told and TEXT not in told


def test_no_other_room_knows_of_notes() -> None:
    knows = {str(path.relative_to(ROOT)) for path in Path(ROOT, "portal").rglob("*.py")
             if "HandoverNote" in path.read_text() or "queries.handover" in path.read_text()
             or ("import" in path.read_text() and " handover" in path.read_text())}
    assert knows == {
        "portal/actions/handover.py", "portal/models/__init__.py", "portal/models/handover.py",
        "portal/queries/handover.py", "portal/web/my/__init__.py", "portal/web/my/handover.py",
        "portal/web/my/answering.py", "portal/web/my/same.py", "portal/web/my/tasklist.py"}
