"""An administrator writes the texts of mails: preview, refusals beside the field, two writers, and the way back."""

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.actions import people as acts
from portal.models import MailText
from portal.queries import mailtexts
from portal.store.cellar import Cellar
from tests.cast import Cast, client
from tests.web.walk import Walk

PAGE = "/admin/texts/request"


def form(**typed: str) -> dict[str, str]:
    """The form as it is shown, with what was typed over it."""
    shown = {}
    for language in ("ja", "en"):
        text = mailtexts.shipped("request", language)
        shown |= {f"subject_{language}": text.subject, f"body_{language}": text.body, f"seen_{language}": "0"}
    return shown | typed


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_text_is_written_and_taken_back(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    with cellar.work() as work:
        acts.choose_language(work, people.administrator.actor, language)
    walk, lead = (Walk(client(app, cellar, who)) for who in (people.administrator, people.lead))
    lead.get("/admin/texts", 403)
    listed = walk.get("/admin/texts")
    assert PAGE in listed and "/admin/texts/notice" not in listed
    page = walk.get(PAGE)
    assert "A-2026-0001" in page and "Kitahama Lab" in page and "{returned_questions}" not in page
    walk.get("/admin/texts/notice", 404)
    wide = "あ" * 40
    shown = walk.post(PAGE, 200, preview="yes", **form(subject_ja="件名 {number}", body_ja=wide + form()["body_ja"]))
    assert wide in shown and {"ja": "1行目（", "en": "line 1 ("}[language] in shown
    wrong = walk.post(PAGE, 422, **form(subject_ja="件名 {wonder}", body_en="Hello {name}"))
    assert "{wonder}" in wrong and "Hello {name}" in wrong
    told = {"ja": ("使えない差込み項目", "必ず残してください"), "en": ("not known here", "must stay in")}[language]
    assert all(words in wrong for words in told)
    walk.post(PAGE, **form(subject_ja="新件名 {number}"))
    assert "新件名 {number}" in walk.get(PAGE)
    clash = walk.post(PAGE, 409, **form(subject_ja="別件名 {number}"))
    assert "新件名 {number}" in clash and "別件名 {number}" in clash
    assert 'name="seen_ja" type="hidden" value="1"' in clash
    walk.post(PAGE, **form(subject_ja="別件名 {number}", seen_ja="1"))
    listed = walk.get("/admin/texts")
    assert {"ja": "第2版", "en": "version 2"}[language] in listed and "管理 四郎" in listed
    walk.post(f"{PAGE}/shipped")
    assert "/shipped" not in walk.get(PAGE) and "別件名 {number}" in walk.get(PAGE), "the versions stay"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_preview_says_what_to_look_at_and_keeps_what_was_typed(
        app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    with cellar.work() as work:
        acts.choose_language(work, people.administrator.actor, language)
    walk = Walk(client(app, cellar, people.administrator))
    body = form()["body_ja"].replace("　点検票　　{checklist}\n", "")
    shown = walk.post(PAGE, 200, preview="yes", **form(body_ja=body, subject_ja="「件名 {number}"))
    told = {"ja": ("もう一方の言語にあり", "かっこの片方が"), "en": ("Left out here", "One side of these")}[language]
    assert all(words in shown for words in told) and "「件名 A-2026-0001" in shown and "「件名 {number}" in shown
    wrong = walk.post(PAGE, 422, preview="yes", **form(
        body_ja=form()["body_ja"].replace("　様", ""), body_en=form()["body_en"].replace("{signature}", "Regards")))
    told = {"ja": ("宛名がありません", "署名欄がありません"),
            "en": ("The salutation is missing", "The sender is missing")}[language]
    assert all(words in wrong for words in told) and "Regards" in wrong
    assert walk.post(PAGE, 422, **form(body_ja="\x00" + form()["body_ja"]))
    with cellar.read() as rows:
        assert rows.scalar(sa.select(sa.func.count()).select_from(MailText)) == 0


def test_a_text_that_does_not_fit_is_told_on_the_pages(app: Flask, cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        acts.choose_language(work, people.administrator.actor, "en")
        work.rows.add(MailText(occasion="request", language="ja", number=1, subject="{gone}", body="{number}",
                               made_by_id=people.administrator.person_id, made_at=work.now()))
    walk = Walk(client(app, cellar, people.administrator))
    assert "Texts of mails that cannot be used" in walk.get("/admin/")
    assert "cannot be used; the standard text is sent" in walk.get("/admin/texts")
    page = walk.get(PAGE)
    assert "no longer fits its placeholders" in page and "{gone}" in page
    walk.post(f"{PAGE}/shipped")
    assert "Texts of mails that cannot be used" not in walk.get("/admin/")
