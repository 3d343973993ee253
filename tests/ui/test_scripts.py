"""The scripts in a real browser against a real server: nothing typed is lost, keys do what they say."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.gallery import Heard

NOTE = "[name=note]"


def section(page: Page, gallery: str) -> None:
    """Open the section's form with nothing left from before."""
    page.goto(f"{gallery}/sample/section?lang=ja")


def saved(page: Page, heard: Heard) -> None:
    """Wait until the page holds the version its newest draft was given; words alone may be those of an earlier save."""
    for _ in range(100):
        if heard.drafts and page.input_value("[name=version]") == f"v{len(heard.drafts)}":
            break
        page.wait_for_timeout(50)
    expect(page.locator("[data-saved]")).to_contain_text("最終保存")


def kept(page: Page) -> list[str]:
    """The copies this browser holds."""
    names: list[str] = page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('draft:'))")
    return names


def drafts(heard: Heard, count: int, page: Page) -> None:
    """Wait until the server has heard so many drafts."""
    for _ in range(100):
        if len(heard.drafts) >= count:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"only {len(heard.drafts)} of {count} drafts came")


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
    page.focus(NOTE)
    page.evaluate("""() => { const field = document.activeElement; window.typing = setInterval(() => {
      field.value += "あ"; field.dispatchEvent(new Event("input", { bubbles: true })); }, 50); }""")
    drafts(heard, 2, page)
    first, second = (draft["note"][0] for draft in heard.drafts[:2])
    assert len(second) > len(first) > 1
    page.evaluate("clearInterval(window.typing)")
    saved(page, heard)
    assert heard.drafts[-1]["note"] == [page.input_value(NOTE)] and kept(page) == []


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


def review(page: Page, gallery: str) -> None:
    """Open the workspace."""
    page.goto(f"{gallery}/sample/review?lang=ja")
    expect(page.locator("[data-panel]:visible")).to_have_count(1)


def current(page: Page) -> str:
    """The question that is shown."""
    return page.locator("[data-panel]:visible").get_attribute("data-panel") or ""


def test_one_key_is_one_verdict_and_the_next_question(page: Page, gallery: str, heard: Heard) -> None:
    review(page, gallery)
    page.keyboard.press("a")
    assert current(page) == "A02"
    drafts(heard, 1, page)
    assert heard.drafts[0]["A01.verdict"] == ["conforms"]
    assert not [name for name in heard.drafts[0] if name.startswith("A02")]
    page.keyboard.press("r")
    page.keyboard.insert_text("範囲をご追記ください。")
    page.keyboard.press("Control+Enter")
    assert current(page) == "A03"
    drafts(heard, 2, page)
    assert heard.drafts[-1]["A02.verdict"] == ["return"]
    assert heard.drafts[-1]["A02.comment"] == ["範囲をご追記ください。"]
    expect(page.locator("[data-meter]")).to_contain_text("2 / 3")
    for key in ("z", "z"):
        page.keyboard.press(key)
    assert current(page) == "A01" and page.locator(":checked").count() == 0
    expect(page.locator("[data-meter]")).to_contain_text("0 / 3")


def test_the_workspace_walks_and_writes_phrases(page: Page, gallery: str, heard: Heard) -> None:
    review(page, gallery)
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    assert current(page) == "A02" and page.url.endswith("#A02")
    page.keyboard.press("2")
    assert page.locator("[name='A02.comment']").input_value() == "範囲が分かりません。"
    page.locator("a[data-question=A03]").click()
    assert current(page) == "A03"
    drafts(heard, 1, page)


def test_a_new_submission_begins_without_the_copies_of_the_last(page: Page, gallery: str, heard: Heard) -> None:
    review(page, gallery)
    page.keyboard.press("a")
    page.goto(f"{gallery}/sample/tasks?lang=ja")
    drafts(heard, 1, page)
    assert len(kept(page)) == 1
    heard.round = 1
    review(page, gallery)
    page.keyboard.press("a")
    drafts(heard, 2, page)
    assert heard.drafts[1]["A01.verdict"] == ["conforms"] and page.locator(".conflict").count() == 0


def test_a_verdict_changed_elsewhere_is_shown(page: Page, gallery: str, heard: Heard) -> None:
    review(page, gallery)
    heard.clash = {"A01": {"version": "6", "verdict": "return", "comment": "先に書いた文"}}
    page.keyboard.press("c")
    page.keyboard.insert_text("あとから書いた文")
    expect(page.locator(".conflict").first).to_be_visible()
    page.locator(".conflict", has_text="先に書いた文").get_by_role("button", name="入力した文を残す").click()
    page.locator(".conflict").get_by_role("button", name="この文に置き換える").click()
    drafts(heard, 2, page)
    assert heard.drafts[1]["A01.version"] == ["6"] and heard.drafts[1]["A01.verdict"] == ["return"]
    assert heard.drafts[1]["A01.comment"] == ["あとから書いた文"]
