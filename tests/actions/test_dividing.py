"""Sections given to colleagues: told once, never a lock, never overwritten, and nobody else's business."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from portal.actions import attest, dividing, leave
from portal.core.dividing import Wish
from portal.core.errors import Incomplete, NotAllowed, NotFound, NotNow, Stale
from portal.core.readable import day_in
from portal.models import Attestation, LedgerEntry, Mail, Membership, Person, SectionPart
from portal.queries import dividing as found
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast, Member


def id_of(cellar: Cellar, member: Member) -> str:
    """A person's public id."""
    with cellar.read() as rows:
        return rows.get_one(Person, member.person_id).public_id


def divide(cellar: Cellar, member: Member, public_id: str, wishes: Mapping[str, Wish]) -> list[str]:
    """Divide as somebody."""
    with cellar.work() as work:
        where = work.rows.scalars(sa.select(Attestation).where(Attestation.public_id == public_id)).one()
        return dividing.divide(work, member.actor, where, wishes)


def given(cellar: Cellar, cast: Cast, public_id: str) -> dict[str, tuple[str, date | None]]:
    """Who has which section, by when."""
    with cellar.read() as rows:
        parts = found.given(rows, cast.officer.actor, flow.find(cellar, public_id))
        return {section: (one.name, one.row.due_on) for section, one in parts.items()}


def sections(cellar: Cellar, public_id: str) -> list[str]:
    """The codes of the party's sections, in order."""
    return list(dict.fromkeys(
        one.section for one in flow.template_of(cellar, public_id).questions if one.answered_by == "party"))


def letters(cellar: Cellar) -> list[Mail]:
    """The letters about sections, first to last."""
    with cellar.read() as rows:
        return list(rows.scalars(sa.select(Mail).where(Mail.kind == "divided").order_by(Mail.id)))


def test_a_section_is_given_reassigned_and_taken_back(cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people)
    a, b, c = sections(cellar, made)[:3]
    clerk, officer = id_of(cellar, people.clerk), id_of(cellar, people.officer)
    early = flow.DUE - timedelta(days=5)
    assert divide(cellar, people.officer, made, {
        a: Wish(clerk, early.isoformat(), ":"), b: Wish(clerk, "", ":"), c: Wish("", "", ":")}) == [a, b]
    assert given(cellar, people, made) == {a: ("担当 次子", early), b: ("担当 次子", flow.DUE)}
    (letter,) = letters(cellar)
    assert letter.recipient == people.clerk.email and letter.body.count(f"{made}/sections/") == 2
    assert f"{made}/sections/{c}" not in letter.body
    assert divide(cellar, people.officer, made, {
        a: Wish(officer, early.isoformat(), f"{clerk}:{early}"), b: Wish("", "", f"{clerk}:{flow.DUE}")}) == [a, b]
    assert given(cellar, people, made) == {a: ("責任 太郎", early)}
    assert [one.recipient for one in letters(cellar)] == [people.clerk.email] * 2, "not about one's own act"
    assert "ご担当から外れた分野" in letters(cellar)[1].body and "/sections/" not in letters(cellar)[1].body
    with cellar.read() as rows:
        events = rows.scalars(sa.select(LedgerEntry.event).where(
            LedgerEntry.event.like("attestation.section%")).order_by(LedgerEntry.id)).all()
    assert [one.removeprefix("attestation.section_") for one in events] == ["given", "given", "given", "taken_back"]


def test_it_locks_nobody_out(cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people)
    first = flow.template_of(cellar, made).questions[0]
    divide(cellar, people.officer, made, {first.section: Wish(id_of(cellar, people.officer), "", ":")})
    with cellar.work() as work:
        where = work.rows.scalars(sa.select(Attestation).where(Attestation.public_id == made)).one()
        row = attest.save(work, people.clerk.actor, where, attest.Draft(first.id, flow.raw(first)))
        work.rows.flush()
        assert row.answered_by_id == people.clerk.person_id


def test_only_the_officer_of_the_party_divides(cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people)
    wish = {sections(cellar, made)[0]: Wish(id_of(cellar, people.clerk), "", ":")}
    for member, refusal in ((people.clerk, NotAllowed), (people.lead, NotAllowed), (people.stranger, NotFound)):
        with pytest.raises(refusal):
            divide(cellar, member, made, wish)
    with cellar.read() as rows:
        assert found.given(rows, people.stranger.actor, flow.find(cellar, made)) == {}
        assert found.colleagues(rows, people.stranger.actor, people.party.id) == []
    submitted = flow.submitted(cellar, people, "ITO")
    with pytest.raises(NotNow):
        divide(cellar, people.officer, submitted, {sections(cellar, submitted)[0]: wish.popitem()[1]})


def test_a_stranger_or_a_wrong_day_keeps_nothing(cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people)
    a, b = sections(cellar, made)[:2]
    clerk, stranger = id_of(cellar, people.clerk), id_of(cellar, people.stranger)
    today = day_in(cellar.clock())
    for person, due, field in ((stranger, "", "person"), ("x", "", "person"), (clerk, "x", "due"),
                               (clerk, (today - timedelta(days=1)).isoformat(), "due"),
                               (clerk, (flow.DUE + timedelta(days=1)).isoformat(), "due")):
        with pytest.raises(Incomplete) as refused:
            divide(cellar, people.officer, made, {a: Wish(clerk, "", ":"), b: Wish(person, due, ":")})
        assert set(refused.value.fields) == {f"{b}.{field}"}
    assert given(cellar, people, made) == {} and letters(cellar) == []
    assert divide(cellar, people.officer, made, {"no such": Wish(clerk, "", ":")}) == []


def test_what_a_colleague_changed_meanwhile_stands(cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people)
    a, b = sections(cellar, made)[:2]
    clerk, officer = id_of(cellar, people.clerk), id_of(cellar, people.officer)
    divide(cellar, people.officer, made, {a: Wish(clerk, "", ":")})
    with pytest.raises(Stale) as refused:
        divide(cellar, people.officer, made, {a: Wish(officer, "", ":"), b: Wish(officer, "", ":")})
    assert refused.value.theirs == [a]
    assert given(cellar, people, made) == {a: ("担当 次子", flow.DUE)}
    assert divide(cellar, people.officer, made, {a: Wish("", "", ":"), b: Wish(officer, "", ":")}) == [b], "untouched"
    assert set(given(cellar, people, made)) == {a, b}


def test_who_has_left_is_seen_and_followed(cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people)
    a = sections(cellar, made)[0]
    clerk, officer = id_of(cellar, people.clerk), id_of(cellar, people.officer)
    divide(cellar, people.officer, made, {a: Wish(clerk, "", ":")})
    with cellar.work() as work:
        leave.party(work, people.officer.actor, work.rows.scalars(
            sa.select(Membership).where(Membership.person_id == people.clerk.person_id)).one())
    with cellar.read() as rows:
        assert [one.is_here for one in found.given(rows, people.officer.actor, flow.find(cellar, made)).values()] == [
            False]
    divide(cellar, people.officer, made, {a: Wish(officer, "", f"{clerk}:{flow.DUE}")})
    assert given(cellar, people, made) == {a: ("責任 太郎", flow.DUE)}
    assert len(letters(cellar)) == 1, "nobody is written to who has left"


def test_a_day_without_a_person_cannot_be_kept(cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people)
    a = sections(cellar, made)[0]
    divide(cellar, people.officer, made, {a: Wish(id_of(cellar, people.clerk), "", ":")})
    with cellar.engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(sa.update(SectionPart).values(person_id=None))
