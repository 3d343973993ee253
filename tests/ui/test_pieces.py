"""The macros of templates/ui: well-formed, strict about what they are given, and saying what they must."""

from datetime import date

import pytest

from portal.core.words import STATES, word
from portal.pictures.svg import Picture, tag
from tests.stage import NOW, Stage, build, check_html, thing
from tests.ui.fields import Answer

FORM = """
{% from "ui/form.html" import form as frame %}{% from "ui/form_errors.html" import form_errors %}
{% from "ui/field.html" import field %}{% from "ui/choices.html" import choices %}{% from "ui/tick.html" import tick %}
{% from "ui/date_frame.html" import date_frame %}{% from "ui/file_drop.html" import file_drop %}
{% from "ui/button.html" import button %}
{{ form_errors(form) }}
{% call frame("/send", autosave="/draft", files=true, version="v4") %}
{{ field(form.name) }}{{ field(form.note, hint="40字まで", attributes={"rows": 3}) }}{{ field(form.kind) }}
{{ choices(form.agree, inline=true) }}{{ tick(form.sure) }}
{{ date_frame(form.due, ("2026", "13", "")) }}
{{ file_drop(form.files, "/upload", ".pdf", 52428800, [{"name": "認定証.pdf", "size": 4096, "url": "/f/1"}]) }}
{{ button("保存して次へ") }}{{ button("適", key="A", name="verdict", value="conforms") }}
{% endcall %}
"""


@pytest.fixture
def stage() -> Stage:
    return build()


def shown(stage: Stage, language: str, posted: bool) -> str:
    """The form as it first stands, or as it comes back with its errors."""
    with stage.app.test_request_context(f"/page?lang={language}", method="POST", data={"note": "残る言葉"}):
        form = Answer(meta={"csrf": False})
        if posted:
            form.validate()
        return stage.app.jinja_env.from_string(FORM).render(form=form)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("posted", [False, True])
def test_a_form_is_well_formed(stage: Stage, language: str, posted: bool) -> None:
    text = shown(stage, language, posted)
    check_html(text)
    assert "残る言葉" in text
    assert ("※必須" if language == "ja" else "Required") in text
    assert ("氏名：氏名を入力してください" in text) == (posted and language == "ja")


def test_errors_are_tied_to_their_fields(stage: Stage) -> None:
    text = shown(stage, "ja", posted=True)
    assert '<a href="#name">氏名：氏名を入力してください</a>' in text
    assert 'aria-describedby="name-hint name-error"' in text
    assert text.count('aria-invalid="true"') == 1 + 1 + 3 + 1
    assert '<a href="#agree">' in text and 'id="agree"' in text
    assert '<a href="#due">' in text and 'id="due"' in text


def test_every_state_has_a_shape(stage: Stage) -> None:
    source = '{% from "ui/chip.html" import chip %}{{ chip(word, "9 / 16") }}'
    for process, states in STATES.items():
        for state, one in states.items():
            text = stage.piece(source, word=one)
            check_html(text)
            assert one.ja in text and ("<svg" in text) == (one.shape != "none"), (process, state)


def test_an_unknown_shape_fails(stage: Stage) -> None:
    with pytest.raises(Exception, match="star"):
        stage.piece('{% from "ui/shape.html" import shape %}{{ shape("star") }}')


def test_a_link_never_runs_a_script(stage: Stage) -> None:
    source = '{% from "ui/button_link.html" import button_link %}{{ button_link("行く", url) }}'
    assert 'href="/desk?a=1&amp;b=2"' in stage.piece(source, url="/desk?a=1&b=2")
    for bad in ("javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "\tjava\nscript:alert(1)"):
        with pytest.raises(ValueError, match="link"):
            stage.piece(source, url=bad)


def test_texts_are_escaped(stage: Stage) -> None:
    source = '{% from "ui/diff.html" import diff %}{{ diff(pieces) }}'
    text = stage.piece(source, pieces=[("same", "<b>"), ("del", "旧&"), ("ins", "新")])
    assert text == '<span class="diff said">&lt;b&gt;<del>旧&amp;</del><ins>新</ins></span>'


PIECES = {
    "table": """{% from "ui/table.html" import table %}{% from "ui/pick.html" import pick %}
        {% call table("t", "一覧", [{"label": "選択", "kind": "pick"}, {"label": "数", "kind": "num"},
        {"label": "名", "sort": "/x", "sorted": "ascending"}]) %}
        <tr>{{ pick("3", "北浜検査センター") }}<td class="num">3</td><td>甲</td></tr>{% endcall %}""",
    "facts": '{% from "ui/facts.html" import facts %}{{ facts([("国", "日本"), ("番号", ""), ("数", 0)]) }}',
    "tasks": """{% from "ui/task_list.html" import task_list %}{{ task_list([
        {"label": "A　組織", "url": "/a", "hint": "10問", "word": word, "extra": "2問"},
        {"label": "確認", "url": ""}]) }}""",
    "pages": '{% from "ui/pages.html" import pages %}{{ pages("/list?page=6", "/list?page=8&q=a") }}',
    "evidence": '{% from "ui/evidence.html" import evidence %}{{ evidence(file, word, "evidence") }}',
    "thread": '{% from "ui/thread.html" import thread %}{{ thread(comments) }}',
    "timeline": '{% from "ui/timeline.html" import timeline %}{{ timeline(events) }}',
    "tabs": """{% from "ui/tabs.html" import tabs %}{{ tabs("受信箱", [
        {"label": "あなたの番", "url": "/a", "current": true, "count": 0},
        {"label": "すべて", "url": "/b", "current": false}]) }}""",
    "letter": """{% from "ui/letter.html" import letter %}
        {% call letter("審査", at, due, items) %}<p>次に</p>{% endcall %}""",
    "confirm": """{% from "ui/confirm.html" import confirm %}
        {% call confirm("消しますか", ["戻せません"], "/x", "消す", "/") %}<p>理由</p>{% endcall %}""",
    "figure": """{% from "ui/figure.html" import figure %}
        {{ figure(picture) }}{{ figure(silent) }}""",
    "small": """{% from "ui/back.html" import back %}{% from "ui/heading.html" import heading %}
        {% from "ui/empty.html" import empty %}{% from "ui/flash.html" import flash %}
        {% from "ui/inset.html" import inset %}{% from "ui/meter.html" import meter %}
        {% from "ui/dock.html" import dock %}{% from "ui/crumbs.html" import crumbs %}
        {% from "ui/post_button.html" import post_button %}{% from "ui/version.html" import version %}
        {{ back("戻る", "/") }}{{ heading("受信箱", "14件") }}{% call heading("一覧") %}<a href="/">次</a>{% endcall %}
        {{ empty("ありません", "次は4月です") }}{{ flash("保存しました", "success") }}
        {% call inset("warn") %}<p>注意</p>{% endcall %}{{ meter(38, 100, "38 / 100問") }}{{ meter(0, 0, "0問") }}
        {% call dock("最終保存 14:03") %}<a href="/">終える</a>{% endcall %}
        {{ crumbs([{"label": "一覧", "url": "/"}, {"label": "北浜", "url": ""}]) }}
        {{ post_button("承認する", "/x", "primary", {"digest": "9f"}, "承認　一郎（承認待ち）") }}
        {% call version("2025年度の回答", "before") %}はい{% endcall %}""",
}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", PIECES)
def test_pieces_are_well_formed(stage: Stage, name: str, language: str) -> None:
    text = stage.piece(
        PIECES[name], language, word=word("answering", "fix"),
        file=thing(url="/f", name="認定証.pdf", pages=3, size=412_000, valid_until=date(2028, 3, 31), digest="9f" * 32),
        comments=[thing(who="審査", at=NOW, text="夜間は？\n範囲を。", private=False, theirs=False),
                  thing(who="承認", at=NOW, text="要注意", private=True, theirs=False)],
        events=[{"at": NOW, "what": "提出", "who": "検査　太郎", "note": "再提出", "now": True}],
        at=NOW, due=date(2026, 12, 14),
        picture=Picture("期限 <26週>", "61件です。", tag("svg"), ("週", "件"), (("11/23", 61),), is_wide=True),
        silent=Picture("リスク", "ありません。", tag("svg"), ("評価", "件"), ()),
        items=[thing(code="C03", url="/q/C03", reason="範囲が不明", wish="書き足す", example="")])
    check_html(text)
    assert text.strip()


def test_every_piece_is_tried() -> None:
    tried = FORM + "".join(PIECES.values())
    folder = build().app.jinja_env.loader
    assert folder is not None
    names = [name for name in folder.list_templates() if name.startswith("ui/")]
    inner = {"ui/shape.html", "ui/chip.html", "ui/key.html", "ui/need.html", "ui/field_error.html",
             "ui/error_summary.html", "ui/moment.html", "ui/button_link.html", "ui/diff.html", "ui/file_list.html"}
    assert [name for name in names if f'"{name}"' not in tried and name not in inner] == []
