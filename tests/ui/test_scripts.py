"""The scripts in a real browser against a real server: nothing typed is lost, keys do what they say."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.gallery import Heard
from tests.ui.drafted import NOTE, drafts, kept, last, saved, section, typing


def test_what_is_typed_saves_itself(page: Page, gallery: str, heard: Heard) -> None:
    section(page, gallery)
    page.fill(NOTE, "夜間帯を含みます")
    drafts(heard, 1, page)
    assert heard.drafts[-1]["note"] == ["夜間帯を含みます"]
    assert heard.drafts[-1]["version"] == ["v0"] and "files" not in heard.drafts[-1]
    saved(page, heard)
    assert page.input_value("[name=version]") == "v1" and kept(page) == []
    page.keyboard.press("Tab")
    page.wait_for_timeout(800)
    assert len(heard.drafts) == 1


def test_who_types_without_a_rest_is_saved_meanwhile(page: Page, gallery: str, heard: Heard) -> None:
    section(page, gallery)
    typing(page, NOTE)
    drafts(heard, 2, page)
    first, second = (draft["note"][0] for draft in heard.drafts[:2])
    assert len(second) > len(first) > 1
    page.evaluate("clearInterval(window.typing)")
    last(heard, page, "note", page.input_value(NOTE))
    saved(page, heard)
    assert kept(page) == []


def test_leaving_at_once_still_saves(page: Page, gallery: str, heard: Heard) -> None:
    section(page, gallery)
    page.fill(NOTE, "離れる直前")
    page.goto(f"{gallery}/sample/tasks")
    drafts(heard, 1, page)
    assert heard.drafts[0]["note"] == ["離れる直前"]


def test_a_lost_line_keeps_the_words_and_saves_later(page: Page, gallery: str, heard: Heard) -> None:
    section(page, gallery)
    page.context.set_offline(True)
    page.fill(NOTE, "つながらない間に")
    expect(page.locator("[data-saved]")).to_contain_text("まだ保存されていません")
    assert len(kept(page)) == 1 and heard.drafts == []
    page.context.set_offline(False)
    saved(page, heard)
    assert heard.drafts[-1]["note"] == ["つながらない間に"] and kept(page) == []


def test_words_survive_a_sign_out_and_come_back(page: Page, gallery: str, heard: Heard) -> None:
    heard.status = 401
    section(page, gallery)
    page.fill(NOTE, "サインアウト後の言葉")
    expect(page.locator("[data-saved]")).to_contain_text("ログアウトされました")
    heard.status = 200
    page.on("dialog", lambda dialog: dialog.accept())
    section(page, gallery)
    assert page.input_value(NOTE) == "サインアウト後の言葉"
    saved(page, heard)
    assert heard.drafts[-1]["note"] == ["サインアウト後の言葉"] and kept(page) == []


def test_leaving_asks_only_when_words_would_be_lost(page: Page, gallery: str, heard: Heard) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    section(page, gallery)
    page.fill(NOTE, "保存済み")
    saved(page, heard)
    section(page, gallery)
    assert asked == []
    heard.status = 500
    page.fill(NOTE, "保存できない")
    expect(page.locator("[data-saved]")).to_contain_text("まだ保存されていません")
    page.reload()
    assert asked == ["beforeunload"]
    expect(page.locator(NOTE)).to_have_value("保存できない")  # the page's script brings it back after the load


def test_words_typed_before_the_script_came_are_saved(page: Page, gallery: str, heard: Heard) -> None:
    held: list[Route] = []
    page.route("**/party.mjs", lambda route: held.append(route))
    page.goto(f"{gallery}/sample/section?lang=ja", wait_until="commit")
    page.fill(NOTE, "待ちきれずに")
    page.wait_for_timeout(300)
    assert heard.drafts == []
    held[0].continue_()
    drafts(heard, 1, page)
    assert heard.drafts[-1]["note"] == ["待ちきれずに"]
    saved(page, heard)


@pytest.mark.parametrize(("button", "stays"), [("この文に置き換える", "佐藤の文"), ("入力した文を残す", "田中の文")])
def test_a_colleagues_text_is_shown_and_never_overwritten(
    page: Page, gallery: str, heard: Heard, button: str, stays: str,
) -> None:
    heard.clash = {"version": "v9", "who": "佐藤　次郎", "theirs": {"note": "佐藤の文", "agree": []}}
    section(page, gallery)
    page.fill(NOTE, "田中の文")
    box = page.locator(".conflict")
    expect(box).to_contain_text("佐藤の文")
    expect(box).to_contain_text("田中の文")
    page.wait_for_timeout(1000)
    assert len(heard.drafts) == 1
    box.get_by_role("button", name=button).click()
    drafts(heard, 2, page)
    assert heard.drafts[1]["note"] == [stays] and heard.drafts[1]["version"] == ["v9"]
    assert page.input_value(NOTE) == stays and box.count() == 0


def test_composing_and_typing_are_not_keys(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/sample/inbox?lang=ja")
    page.locator("#q").press_sequentially("jx?")
    assert "jx?" in page.input_value("#q") and page.locator("dialog").count() == 0
    page.locator("h1").click()
    for given in ({"key": "?", "keyCode": 229}, {"key": "?", "isComposing": True}, {"key": "?", "ctrlKey": True}):
        page.evaluate("(given) => document.body.dispatchEvent(new KeyboardEvent('keydown', {...given, bubbles: true}))",
                      given)
    assert page.locator("dialog").count() == 0


def test_rows_are_walked_and_selected_by_keys(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/sample/inbox?lang=ja")
    for key in ("j", "j", "j", "x", "j", "j", "Shift+X"):
        page.keyboard.press(key)
    assert page.locator("tr.picked").count() == 3
    assert page.evaluate("document.activeElement.textContent") == "Nordic Cell Bank"
    page.locator("[data-all]").check()
    assert page.locator("tr.picked").count() == 14
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"


def test_keys_are_told_and_can_be_switched_off(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/sample/inbox?lang=ja")
    page.keyboard.press("?")
    dialog = page.locator("dialog")
    expect(dialog).to_contain_text("次の行")
    dialog.get_by_label("このブラウザーでは1文字のキー操作を使わない").check()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.locator("summary", has_text="花子").click()
    page.get_by_role("button", name="このページのキー操作").click()
    expect(dialog).to_be_visible()
