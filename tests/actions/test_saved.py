"""Saved views: private until shared, within limits, in an order of one's own, and counted by bounded queries."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from portal.actions import saved
from portal.core import saved as rules
from portal.core.errors import Incomplete, NotAllowed, NotFound, NotNow, Stale
from portal.models import LedgerEntry, Party, Person, SavedView
from portal.queries import saved as found
from portal.store.cellar import Cellar
from tests.cast import Cast, Member

TODAY = date(2026, 11, 25)


def keep(cellar: Cellar, who: Member, title: str, page: str = "parties", **given: str) -> str:
    """Keep a view and give its public id."""
    with cellar.work() as work:
        return saved.keep(work, who.actor, page, title, given or {"status": "active"}).public_id


def titles(cellar: Cellar, who: Member, page: str = "") -> list[str]:
    """The views that somebody meets, in order."""
    with cellar.read() as rows:
        return [one.view.title for one in found.shown(rows, who.actor, page)]


def test_a_view_is_private_until_it_is_shared(cellar: Cellar, people: Cast) -> None:
    public_id = keep(cellar, people.lead, "  取引中 の  相手先 ", kind="testing_lab", next="//example.com", of="3")
    with cellar.read() as rows:
        view = found.one(rows, people.lead.actor, public_id)
        assert (view.title, view.page, view.query) == ("取引中 の 相手先", "parties", {"kind": "testing_lab"})
        with pytest.raises(NotFound):
            found.one(rows, people.reviewer.actor, public_id)
    assert titles(cellar, people.reviewer) == []
    with cellar.work() as work:
        saved.share(work, people.lead.actor, found.one(work.rows, people.lead.actor, public_id))
    assert titles(cellar, people.reviewer) == ["取引中 の 相手先"] and titles(cellar, people.reviewer, "findings") == []
    assert titles(cellar, people.officer) == titles(cellar, people.clerk) == []
    with cellar.work() as work:
        work.rows.get_one(Person, people.lead.person_id).is_active = False
    assert titles(cellar, people.reviewer) == [], "a view of somebody who left is not shown"
    with cellar.read() as rows:
        assert found.shared(rows) == 0, "nor does it use up what the house may share"
    with cellar.work() as work:
        saved.unshare(work, people.lead.actor, found.one(work.rows, people.lead.actor, public_id))
        saved.remove(work, people.lead.actor, found.one(work.rows, people.lead.actor, public_id))
    with cellar.read() as rows:
        events = list(rows.scalars(sa.select(LedgerEntry.event).where(LedgerEntry.thing == public_id)
                                   .order_by(LedgerEntry.id)))
        leaves = "".join(rows.scalars(sa.select(LedgerEntry.leaf).where(LedgerEntry.thing == public_id)))
    assert events == [f"saved_view.{verb}" for verb in ("kept", "shared", "unshared", "removed")]
    assert "取引中" not in leaves, "the name may hold anything, so the ledger commits to it only"


def test_who_keeps_and_who_shares(cellar: Cellar, people: Cast) -> None:
    for who in (people.officer, people.clerk):
        with pytest.raises(NotAllowed):
            keep(cellar, who, "見る")
    public_id = keep(cellar, people.administrator, "管理者の条件")
    with cellar.work() as work:
        view = found.one(work.rows, people.administrator.actor, public_id)
        with pytest.raises(NotAllowed):
            saved.share(work, people.administrator.actor, view)
        for act in (saved.share, saved.unshare, saved.remove):
            with pytest.raises(NotAllowed):
                act(work, people.lead.actor, view)
        with pytest.raises(NotAllowed):
            saved.rename(work, people.lead.actor, view, "別の名")


def test_names_and_limits_are_refused_in_words(cellar: Cellar, people: Cast) -> None:
    keep(cellar, people.lead, "一つ目")
    for title in ("", "  ", "一つ目", "あ" * 61):
        with pytest.raises(Incomplete) as refusal:
            keep(cellar, people.lead, title)
        assert list(refusal.value.fields) == ["title"]
    for page, given in (("parties", {"next": "x"}), ("party", {"q": "x"}), ("home", {"tab": "nobody"})):
        with pytest.raises(Incomplete):
            keep(cellar, people.lead, "二つ目", page, **given)
    keep(cellar, people.reviewer, "一つ目")
    for number in range(1, rules.MOST):
        keep(cellar, people.lead, f"条件{number}")
    with pytest.raises(Incomplete) as refusal:
        keep(cellar, people.lead, "多すぎる")
    assert refusal.value.values == {"most": rules.MOST}
    with cellar.work() as work:
        for view in found.own(work.rows, people.lead.actor):
            saved.share(work, people.lead.actor, view)
    with pytest.raises(NotNow), cellar.work() as work:
        saved.share(work, people.reviewer.actor, found.own(work.rows, people.reviewer.actor)[0])


def test_order_and_names_are_one_s_own(cellar: Cellar, people: Cast) -> None:
    ids = [keep(cellar, people.lead, name) for name in ("甲", "乙", "丙")]
    with cellar.work() as work:
        saved.shift(work, people.lead.actor, found.one(work.rows, people.lead.actor, ids[2]), up=True)
        saved.shift(work, people.lead.actor, found.one(work.rows, people.lead.actor, ids[0]), up=True)
    assert titles(cellar, people.lead) == ["甲", "丙", "乙"]
    with cellar.work() as work:
        saved.shift(work, people.lead.actor, found.one(work.rows, people.lead.actor, ids[0]), up=False)
    assert titles(cellar, people.lead) == ["丙", "甲", "乙"]
    with cellar.work() as work:
        view = found.one(work.rows, people.lead.actor, ids[1])
        seen = view.version
        saved.rename(work, people.lead.actor, view, "丁", seen)
    with pytest.raises(Stale), cellar.work() as work:
        saved.rename(work, people.lead.actor, found.one(work.rows, people.lead.actor, ids[1]), "戊", seen)
    assert titles(cellar, people.lead) == ["丙", "甲", "丁"]


def test_the_database_holds_pages_and_names(cellar: Cellar, people: Cast) -> None:
    for page, title in (("https://example.com", "x"), ("parties", ""), ("parties", "x" * 61)):
        with pytest.raises((Stale, IntegrityError)), cellar.work() as work:
            work.rows.add(SavedView(person_id=people.lead.person_id, page=page, title=title, query={}, place=1,
                                    made_at=work.now()))


def test_counts_are_bounded_and_asked_at_once(cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        for number in range(rules.COUNTED + 20):
            work.rows.add(Party(code=f"X-{number}", kind="research_body", name_ja=f"見本研究所{number}", country="DE",
                                created_at=work.now(), tier="low" if number < 7 else "none"))
    many, few = keep(cellar, people.lead, "研究", kind="research_body"), keep(cellar, people.lead, "低", tier="low")
    keep(cellar, people.lead, "言葉", q="見本")
    late = keep(cellar, people.lead, "遅れ", "findings", view="overdue")
    counted: list[str] = []
    with cellar.read() as rows:
        views = {view.public_id: view for view in found.own(rows, people.lead.actor)}
        sa.event.listen(cellar.engine, "before_cursor_execute", lambda *given: counted.append(given[2]))
        told = found.counts(rows, people.lead.actor, list(views.values()), TODAY)
    assert {public_id: told[views[public_id].id] for public_id in (many, few, late)} == {
        many: rules.COUNTED + 1, few: 7, late: 0}
    assert len(told) == 3 and len(counted) == 1


def test_a_view_that_holds_no_longer_is_not_shared(cellar: Cellar, people: Cast) -> None:
    public_id = keep(cellar, people.lead, "古い条件", kind="testing_lab")
    with cellar.work() as work:
        found.one(work.rows, people.lead.actor, public_id).query = {"kind": "no_such_kind"}
    with cellar.work() as work, pytest.raises(NotNow):
        saved.share(work, people.lead.actor, found.one(work.rows, people.lead.actor, public_id))
