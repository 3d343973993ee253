"""The note beside a question, and the colleague at work beside it: in both languages, without scripts."""

from flask import Flask

from portal.actions import attest
from portal.models import Attestation
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.actions.test_handover import TEXT, first, write
from tests.cast import Cast, client
from tests.conftest import Clock
from tests.web.walk import Walk


def test_a_note_is_written_changed_and_taken_away(app: Flask, cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people)
    asked = first(cellar, made)
    code = flow.template_of(cellar, made).question(asked).section
    where = f"/my/attestations/{made}"
    clerk, officer = Walk(client(app, cellar, people.clerk)), Walk(client(app, cellar, people.officer))
    assert f"{where}/notes/{asked}" in clerk.get(f"{where}/sections/{code}")
    assert 'name="version" type="hidden" value="0"' in clerk.get(f"{where}/notes/{asked}")
    to = clerk.post(f"{where}/notes/{asked}", text=TEXT, version="0")
    assert to == f"{where}/sections/{code}#{asked}"
    for language, words in (("ja", "引継ぎメモを変更"), ("en", "Change the handover note")):
        page = officer.get(f"{where}/sections/{code}?lang={language}")
        assert TEXT in page and page.count(words) == 1
    assert f'sections/{code}#{asked}">{asked}</a>' in officer.get(where)
    assert TEXT in officer.get(f"{where}/notes/{asked}")
    told = officer.post(f"{where}/notes/{asked}", 409, text="私のメモ", version="0")
    assert TEXT in told and "私のメモ</textarea>" in told and 'value="1"' in told
    officer.post(f"{where}/notes/{asked}", text="", version="1")
    assert "引継ぎメモを変更" not in officer.get(f"{where}/sections/{code}?lang=ja")


def test_a_note_that_is_too_long_comes_back(app: Flask, cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people)
    asked = first(cellar, made)
    clerk = Walk(client(app, cellar, people.clerk))
    told = clerk.post(f"/my/attestations/{made}/notes/{asked}", 422, text="あ" * 2001, version="0")
    assert "2,000文字以内" in told and "あ" * 2001 in told and 'value="0"' in told
    clerk.get(f"/my/attestations/{made}/notes/ZZ-99", 404)


def test_nobody_at_jmdp_meets_it(app: Flask, cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people)
    write(cellar, people.clerk, made, first(cellar, made), TEXT)
    flow.answer_all(cellar, people, made)
    flow.certify_it(cellar, people, made)
    flow.taken(cellar, people, made)
    reviewer = Walk(client(app, cellar, people.reviewer))
    reviewer.get(f"/my/attestations/{made}/notes/{first(cellar, made)}", 404)
    for path in (f"/desk/attestations/{made}", f"/desk/reviews/{made}", f"/desk/parties/{people.party.public_id}"):
        assert TEXT not in reviewer.get(path)


def test_a_colleague_at_work_is_named(app: Flask, cellar: Cellar, people: Cast, clock: Clock) -> None:
    made = flow.ask(cellar, people)
    asked = first(cellar, made)
    code = flow.template_of(cellar, made).question(asked).section
    with cellar.work() as work:
        where = work.rows.get_one(Attestation, flow.find(cellar, made).id)
        attest.save(work, people.clerk.actor, where, attest.Draft(asked, {"text": "yes"}))
    officer, clerk = Walk(client(app, cellar, people.officer)), Walk(client(app, cellar, people.clerk))
    page = f"/my/attestations/{made}/sections/{code}"
    assert "担当 次子さんがこの設問に回答中です（たった今保存）" in officer.get(page)
    assert "回答中です（" not in clerk.get(page), "nobody is told of themselves"
    clock.forward(minutes=2)
    assert "saved 2 minutes ago" in officer.get(f"{page}?lang=en")
    clock.forward(minutes=9)
    assert "is working on this answer" not in officer.get(page)
