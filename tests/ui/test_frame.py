"""The frame of every page: language, who is signed in, the way out, what went wrong."""

import re

import pytest
from flask import flash, render_template_string
from flask.testing import FlaskClient

from portal.core.actor import ANYONE, Actor
from tests.stage import CLERK, STAFF, build, check_html, thing

PAGE = '{% extends "LAYOUT" %}{% block title %}受信箱{% endblock %}{% block main %}<h1>受信箱</h1>{% endblock %}'
LAYOUTS = ["desk/layout.html", "my/layout.html", "account/layout.html", "public/layout.html", "admin/layout.html",
           "audit/layout.html"]
NAV = [{"label": "受信箱", "url": "/desk", "current": True, "count": 14}, {"label": "相手先", "url": "/p"}]
CONTACT = thing(name="審査　花子", phone="03-0000-0000", hours="平日 9:30〜17:00", mail="ask@example.jp")


def show(layout: str, actor: Actor, language: str = "ja", **values: object) -> str:
    """One page in a layout."""
    stage = build()
    return stage.piece(PAGE.replace("LAYOUT", layout), language, actor=actor, **values)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("actor", [ANYONE, STAFF, CLERK], ids=["anyone", "staff", "clerk"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_well_formed(layout: str, actor: Actor, language: str) -> None:
    text = show(layout, actor, language, nav=NAV, contact=CONTACT, whose="北浜検査センター")
    check_html(text)
    assert f'<html lang="{language}">' in text
    assert text.count("<h1") == 1 and 'href="#main"' in text
    assert "<style" not in text and " style=" not in text and "onclick" not in text


def test_the_bare_frame_needs_nothing_but_its_actor() -> None:
    check_html(show("public/layout.html", ANYONE))


def test_signing_out_is_a_form_with_its_token() -> None:
    text = show("desk/layout.html", STAFF)
    form = re.search(r'<form method="post" action="/account/sign_out">(.*?)</form>', text, re.S)
    assert form and 'name="csrf_token"' in form[1] and "ログアウト" in form[1]
    assert "ログアウト" not in show("desk/layout.html", ANYONE)


def test_the_title_says_when_something_is_wrong() -> None:
    assert "<title>受信箱 | 個人情報取扱点検ポータル</title>" in show("my/layout.html", CLERK)
    assert "<title>エラー：受信箱 |" in show("my/layout.html", CLERK, form=thing(errors={"name": ["必要です"]}))
    assert "<title>Error: 受信箱 |" in show("my/layout.html", CLERK, "en", problems=[("a", "b", "c")])


def test_flashes_keep_to_known_tones() -> None:
    stage = build(actor=STAFF)
    with stage.app.test_request_context("/page"):
        flash("保存しました", "success")
        flash("<b>", "message")
        text = stage.app.jinja_env.from_string(PAGE.replace("LAYOUT", "desk/layout.html")).render(
            actor=STAFF, lang="ja", here="/")
    assert '<p class="flash success">保存しました</p>' in text
    assert '<p class="flash info">&lt;b&gt;</p>' in text


@pytest.fixture
def client() -> FlaskClient:
    stage = build()
    stage.app.config["WTF_CSRF_ENABLED"] = False
    stage.app.extensions["stage"] = stage
    source = "{{ _('Sign out') }} {{ here }} {{ language_urls.en }}"
    stage.app.add_url_rule("/word", "word", lambda: render_template_string(source))
    return stage.app.test_client()


def test_a_visitor_reads_their_browsers_language_until_they_choose(client: FlaskClient) -> None:
    assert client.get("/word", headers={"Accept-Language": "en-GB,en"}).text.startswith("Sign out")
    assert client.get("/word").text.startswith("ログアウト")
    here = "/word?q=%E5%A5%91%E7%B4%84"
    assert client.get("/word?lang=en&q=契約").text == f"Sign out {here} {here}&amp;lang=en"
    assert client.get("/word").text.startswith("Sign out")
    assert client.get("/word?lang=xx").text.startswith("Sign out")


def test_a_persons_setting_stands_above_the_browser(client: FlaskClient) -> None:
    stage = client.application.extensions["stage"]
    stage.actor = Actor(9, "Kim", frozenset(), language="en")
    headers = {"Accept-Language": "ja"}
    assert client.get("/word", headers=headers).text.startswith("Sign out")
    assert client.get("/word?lang=ja", headers=headers).text.startswith("ログアウト")
    assert client.get("/word", headers=headers).text.startswith("Sign out")


@pytest.mark.parametrize(("target", "leads"), [
    ("/my?x=1", "/my?x=1"), ("//evil.example/x", "/"), ("https://evil.example/", "/"), ("/\\evil.example", "/"),
    ("/a\r\nb", "/"), ("", "/"),
])
def test_choosing_a_language_keeps_it_and_stays_on_this_site(client: FlaskClient, target: str, leads: str) -> None:
    answer = client.post("/language", data={"lang": "en", "next": target})
    assert (answer.status_code, answer.headers["Location"]) == (303, leads)
    assert client.application.extensions["stage"].chosen == ["en"]
    assert client.get("/word").text.startswith("Sign out")


def test_an_unknown_language_is_refused(client: FlaskClient) -> None:
    assert client.post("/language", data={"lang": "xx"}).status_code == 400
    assert client.application.extensions["stage"].chosen == []
