"""A suggested wording: taken over by the party as its own, and only while it is suggested and open."""

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.actions import finish, review, suggested
from portal.core.errors import NotFound, NotNow
from portal.models import Answer, Attestation, LedgerEntry
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast, Member, client
from tests.web.walk import Walk

WORDING = "夜間帯も含め、全拠点で実施しています。"


def send_back(cellar: Cellar, cast: Cast, public_id: str, *questions: str) -> None:
    """Return a submitted attestation with a wording suggested for these questions."""
    flow.taken(cellar, cast, public_id)
    flow.judged(cellar, cast, public_id, **{name.replace("-", "_"): review.Judgement(
        name, "return", comment="範囲が分かりません。", suggestion=WORDING) for name in questions})
    with cellar.work() as work:
        where = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        finish.return_to_party(work, cast.reviewer.actor, where, flow.digest_of(cellar, public_id),
                               finish.Letter("", flow.later(20)))


def kinds(cellar: Cellar, public_id: str) -> tuple[str, str]:
    """A question of free text that was answered, and one of yes or no."""
    with cellar.read() as rows:
        answered = set(rows.scalars(sa.select(Answer.question)))
    questions = [q for q in flow.template_of(cellar, public_id).questions if q.id in answered]
    return (next(q.id for q in questions if q.answer_type == "text" and q.answered_by == "party"),
            next(q.id for q in questions if q.answer_type.startswith("yes_no") and q.answered_by == "party"))


def accept(cellar: Cellar, by: Member, public_id: str, question: str) -> Answer:
    """Take the wording over."""
    with cellar.work() as work:
        where = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        return suggested.accept(work, by.actor, where, question)


def test_a_wording_becomes_the_partys_own(app: Flask, cellar: Cellar, people: Cast) -> None:
    public_id = flow.submitted(cellar, people, "ADV")
    text, choice = kinds(cellar, public_id)
    send_back(cellar, people, public_id, text, choice)
    section = next(q.section for q in flow.template_of(cellar, public_id).questions if q.id == text)
    browser = Walk(client(app, cellar, people.clerk))
    page = browser.get(f"/my/attestations/{public_id}/sections/{section}")
    assert WORDING in page and f'name="accept" value="{text}"' in page
    where_to = browser.post(f"/my/attestations/{public_id}/sections/{section}", version="", accept=text)
    assert where_to.endswith(f"#{text}")
    accept(cellar, people.clerk, public_id, choice)
    with cellar.read() as rows:
        found = {row.question: row for row in rows.scalars(sa.select(Answer).where(
            Answer.question.in_([text, choice])))}
        assert found[text].value == {"text": WORDING} and found[text].answered_by_id == people.clerk.person_id
        assert (found[choice].value, found[choice].comment) == ({"choice": "yes"}, WORDING)
        taken = rows.scalars(sa.select(LedgerEntry).where(LedgerEntry.event == "attestation.suggestion_taken")).all()
        assert len(taken) == 2 and {entry.person_id for entry in taken} == {people.clerk.person_id}


def test_only_what_is_suggested_and_open_is_taken(cellar: Cellar, people: Cast) -> None:
    public_id = flow.submitted(cellar, people)
    send_back(cellar, people, public_id, "LAB-02")
    with pytest.raises(NotNow):
        accept(cellar, people.clerk, public_id, "LAB-01")
    with pytest.raises(NotFound):
        accept(cellar, people.stranger, public_id, "LAB-02")
    accept(cellar, people.clerk, public_id, "LAB-02")
    flow.answer_all(cellar, people, public_id, "夜間を含みます。")
    flow.certify_it(cellar, people, public_id)
    with pytest.raises(NotNow):
        accept(cellar, people.clerk, public_id, "LAB-02")
