"""Checklists in the making: begun, edited by two, published once fit; what was published or asked stays as it was."""

from datetime import date

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from portal.actions import attest, building, checklists
from portal.core import editing
from portal.core.actor import SYSTEM
from portal.core.bilingual import Text
from portal.core.errors import Incomplete, NotAllowed, NotFound, Refusal, Stale
from portal.core.templates import Question, Template
from portal.core.wellmade import faults
from portal.models import LedgerEntry, Party, TemplateDraft
from portal.models import Template as Row
from portal.queries import checklists as shelf
from portal.queries import forms
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast


def begun(cellar: Cellar, people: Cast, code: str = "LAB") -> str:
    """The library on the shelf and a draft of one of its lists; gives the draft's public id."""
    with cellar.work() as work:
        rows = checklists.publish_library(work, SYSTEM)
        draft = building.begin(work, people.lead.actor, next(row for row in rows if row.code == code))
    return draft.public_id


def stands(cellar: Cellar, people: Cast, draft: str) -> Template:
    """What a draft says now."""
    with cellar.read() as rows:
        return shelf.drafted(rows, shelf.draft(rows, people.lead.actor, draft))


def save(cellar: Cellar, people: Cast, draft: str, question: Question, mark: str) -> None:
    """Save a question of a draft as the lead."""
    with cellar.work() as work:
        found = shelf.draft(work.rows, people.lead.actor, draft)
        building.save_question(work, people.lead.actor, found, question, mark)


def publish(cellar: Cellar, people: Cast, draft: str, note: str = "表現を改めました。") -> Row:
    """Publish a draft as the administrator, having looked at the newest version."""
    actor = people.administrator.actor
    with cellar.work() as work:
        found = shelf.draft(work.rows, actor, draft)
        newest = shelf.newest(work.rows, found.code)
        return building.publish(work, actor, found, building.Edition(note, newest.digest if newest else ""))


def reworded(question: Question) -> Question:
    """The same question in other words."""
    return replace(question, question=Text(ja="登録の写しはありますか。", en="Is there a copy of the registration?"))


def test_a_new_version_leaves_the_old_as_it_was(cellar: Cellar, people: Cast) -> None:
    asked = flow.ask(cellar, people)
    draft = begun(cellar, people)
    before = flow.template_of(cellar, asked)
    question = before.question("LAB-02")
    save(cellar, people, draft, reworded(question), editing.mark(question))
    row = publish(cellar, people, draft)
    assert (row.version, row.retired_at) == (2, None)
    assert flow.template_of(cellar, asked) == before
    with cellar.read() as rows:
        told = shelf.versions(rows, people.reviewer.actor, "LAB")
        assert [(v.row.version, v.note, v.by) for v in told] == [(2, "表現を改めました。", "管理 四郎"), (1, "", "")]
        assert forms.template(rows, row.id).header.edition == "2.0"
        assert rows.scalar(sa.select(sa.func.count()).select_from(TemplateDraft)) == 0
        events = list(rows.scalars(sa.select(LedgerEntry.event).order_by(LedgerEntry.id)))
    assert events[-3:] == ["template_draft.begun", "template_draft.question_saved", "template.published"]


def test_two_who_edit_the_same_question(cellar: Cellar, people: Cast) -> None:
    draft = begun(cellar, people)
    first, other = (stands(cellar, people, draft).question(id) for id in ("LAB-02", "LAB-03"))
    save(cellar, people, draft, reworded(first), editing.mark(first))
    save(cellar, people, draft, replace(other, allow_na=not other.allow_na), editing.mark(other))
    with pytest.raises(Stale) as clash:
        save(cellar, people, draft, replace(first, allow_na=not first.allow_na), editing.mark(first))
    assert clash.value.theirs == reworded(first) == stands(cellar, people, draft).question("LAB-02")


def test_a_draft_keeps_what_is_not_fit_but_is_not_published(cellar: Cellar, people: Cast) -> None:
    draft = begun(cellar, people)
    half = replace(stands(cellar, people, draft).questions[0], id="LAB-24", question=Text("書きかけ", ""))
    save(cellar, people, draft, half, "")
    assert stands(cellar, people, draft).question("LAB-24") == half
    with pytest.raises(Incomplete, match="not ready"):
        publish(cellar, people, draft)
    with cellar.work() as work:
        building.remove_question(work, people.lead.actor, shelf.draft(work.rows, people.lead.actor, draft), "LAB-24")
    with pytest.raises(Incomplete, match="Nothing differs"):
        publish(cellar, people, draft)


def test_a_reason_is_given_and_the_newest_was_looked_at(cellar: Cellar, people: Cast) -> None:
    draft = begun(cellar, people)
    question = stands(cellar, people, draft).question("LAB-02")
    save(cellar, people, draft, reworded(question), editing.mark(question))
    with pytest.raises(Incomplete, match="why"):
        publish(cellar, people, draft, "　")
    with cellar.work() as work, pytest.raises(Stale):
        found = shelf.draft(work.rows, people.lead.actor, draft)
        building.publish(work, people.lead.actor, found, building.Edition("理由", "another digest"))


def test_heads_moves_and_new_lists(cellar: Cellar, people: Cast) -> None:
    draft = begun(cellar, people)
    template = stands(cellar, people, draft)
    with cellar.work() as work:
        found = shelf.draft(work.rows, people.lead.actor, draft)
        head = replace(template.checklist, code="OWN", interval_months=6)
        building.save_head(work, people.lead.actor, found, head, editing.mark(template.checklist))
        building.move_question(work, people.lead.actor, found, "LAB-03", -1)
    now = stands(cellar, people, draft)
    assert (now.checklist.code, now.checklist.interval_months) == ("LAB", 6)
    assert [question.id for question in now.questions[:3]] == ["LAB-01", "LAB-03", "LAB-02"]
    with cellar.work() as work:
        new = building.begin_new(work, people.lead.actor, " vis ", Text("来訪者", "Visitors"))
    assert faults(stands(cellar, people, new.public_id), cellar.catalogue)
    for code in ("lab", "vis", "1"):
        with cellar.work() as work, pytest.raises(Incomplete):
            building.begin_new(work, people.lead.actor, code, Text("別", "Other"))


def test_the_library_never_overrules_a_version_of_jmdp(cellar: Cellar, people: Cast) -> None:
    draft = begun(cellar, people)
    question = stands(cellar, people, draft).question("LAB-02")
    save(cellar, people, draft, reworded(question), editing.mark(question))
    publish(cellar, people, draft)
    with cellar.work() as work:
        rows = checklists.publish_library(work, SYSTEM)
    assert {row.code: row.version for row in rows} == dict.fromkeys(cellar.catalogue.templates, 1) | {"LAB": 2}


def test_a_retired_list_is_not_asked_anew(cellar: Cellar, people: Cast) -> None:
    begun(cellar, people)
    with cellar.work() as work:
        row = shelf.newest(work.rows, "LAB")
        assert row is not None
        checklists.retire(work, people.lead.actor, row)
    asked = attest.Asked(row, 2026, date(2026, 12, 18))
    with cellar.work() as work, pytest.raises(Incomplete, match="no longer asked"):
        attest.request(work, people.lead.actor, work.rows.get_one(Party, people.party.id), asked)
    with cellar.work() as work:
        again = work.rows.get_one(Row, row.id)
        checklists.restore(work, people.lead.actor, again)
        attest.request(work, people.lead.actor, work.rows.get_one(Party, people.party.id),
                       attest.Asked(again, 2026, date(2026, 12, 18)))


def test_only_leads_and_administrators_edit_and_no_party_looks(cellar: Cellar, people: Cast) -> None:
    draft = begun(cellar, people)
    for member in (people.reviewer, people.approver, people.officer, people.stranger):
        with cellar.work() as work, pytest.raises(Refusal) as refused:
            building.discard(work, member.actor, work.rows.scalars(sa.select(TemplateDraft)).one())
        assert isinstance(refused.value, NotAllowed | NotFound)
    with cellar.read() as rows:
        for look in (lambda: shelf.draft(rows, people.reviewer.actor, draft),
                     lambda: shelf.versions(rows, people.officer.actor, "LAB"),
                     lambda: shelf.listing(rows, people.clerk.actor)):
            with pytest.raises(Refusal):
                look()
