"""What a party's people do: answer with evidence, certify, correct."""

from datetime import timedelta

from playwright.sync_api import Locator, expect

from portal.demo import papers
from tests.ui.journey.way import TODAY, Journey, again_until, saved
from tests.ui.visitor import Visitor

LATER = "別途提出します。"


def answer(way: Journey) -> None:
    """The clerk answers section by section, with one file; further questions may appear until all is answered."""
    clerk = way.member("clerk")
    clerk.follow("Home")
    clerk.click(clerk.page.locator("ul.tasks li", has_text=way.number).locator("a"))
    assert clerk.page.locator("main").inner_text().count("ご不明な点は電話でもどうぞ。") == 1
    for _ in range(3):
        todo = clerk.page.locator("ul.tasks").first.locator("li", has_not_text=clerk.state("answering", "done"))
        if not todo.count():
            break
        clerk.click(todo.first.locator("a"))
        while "/sections/" in clerk.page.url:
            fill(way, clerk)
            clerk.press("Save and go on")
        clerk.follow("Back to the checklist")
    assert clerk.reads("Everything is answered, but not submitted yet.")
    clerk.follow("All evidence of this checklist")
    again_until(clerk, lambda: not clerk.reads_state("evidence", "quarantined"))
    assert clerk.reads_state("evidence", "accepted")


def fill(way: Journey, clerk: Visitor) -> None:
    """Fill the questions of a section by what stands there."""
    for place in clerk.page.locator("section.question").all():
        fields = place.locator("[name$='.text']")
        if fields.count() and fields.first.get_attribute("type") == "radio":
            fields.first.check()
        elif fields.count():
            fields.first.fill(text(place))
        elif place.locator("[name$='.choices']").count():
            place.locator("[name$='.choices']").first.check()
        else:
            place.locator("[name$='.none']").check()
        place.locator("[name$='.comment']").fill(LATER)
    if way.scripts:
        saved(clerk)
        clerk.page.reload()
        kept = clerk.page.locator("[name$='.comment']").all()
        assert {one.input_value() for one in kept} == {LATER}
    if way.files:
        attach_real(way, clerk)
    file = clerk.page.locator("input[type=file]")
    if not way.files and file.count() > 1 and not clerk.page.locator("section.question .evidence").count():
        attach(way, clerk, file.first)


def attach_real(way: Journey, clerk: Visitor) -> None:
    """Choose a file of another program for each question of the section that asks for evidence."""
    clerk.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for place in clerk.page.locator("section.question").all():
        file = place.locator("input[type=file]")
        if file.count() and not place.locator(".evidence").count():
            file.first.set_input_files(way.files[way.sent % len(way.files)])
            way.sent += 1
            arrived(place)


def arrived(place: Locator) -> None:
    """Wait until a file that goes in pieces has arrived whole."""
    expect(place.locator("ul.files input[type=hidden]")).to_have_count(1, timeout=20_000)


def text(place: Locator) -> str:
    """What is typed into a field: a number, a day, or words."""
    field = place.locator("[name$='.text']").first
    if field.get_attribute("inputmode") == "numeric":
        return "0"
    if field.evaluate("(one) => one.tagName") == "TEXTAREA":
        return "規程第4版に定めています。"
    return (TODAY - timedelta(days=60)).isoformat()


def attach(way: Journey, clerk: Visitor, file: Locator) -> None:
    """Choose a file, with the day on which it ends."""
    clerk.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    file.set_input_files({"name": "規程（写し）.pdf", "mimeType": "application/pdf",
                          "buffer": papers.document("規程", "見本", TODAY.isoformat(), pages=2)})
    name = (file.get_attribute("name") or "").removesuffix(".file")
    clerk.page.locator(f"[name='{name}.valid_to']").fill((TODAY + timedelta(days=400)).isoformat())
    if way.scripts:
        arrived(clerk.page.locator("section.question", has=clerk.page.locator(f"[name='{name}.valid_to']")))


def certify(way: Journey, version: int) -> None:
    """The clerk may not certify; the officer does, and gets the receipt."""
    officer = way.member("officer")
    officer.follow("Home")
    officer.click(officer.page.locator("ul.tasks li", has_text=way.number).locator("a"))
    if version > 1:
        officer.follow("Check and submit again")
    else:
        officer.follow("Check the answers and submit")
    officer.page.locator("[name=title]").fill("部長")
    officer.page.locator("[name=name]").fill("")
    with officer.refused(422):
        officer.press("Submit as it stands")
    assert officer.page.locator("[name=title]").input_value() == "部長"
    officer.page.locator("[name=name]").fill("責任　太郎")
    officer.page.locator("[name=is_declared]").check()
    officer.press("Submit as it stands")
    assert officer.reads("version %(number)s", number=version)


def correct(way: Journey) -> None:
    """The clerk reads the letter and corrects the one question that is open."""
    clerk = way.member("clerk")
    clerk.follow("Home")
    clerk.click(clerk.page.locator("ul.tasks li", has_text=way.number).locator("a"))
    assert clerk.page.get_by_text("対象の範囲が分かりません。").count()
    clerk.follow("Open the first")
    assert clerk.page.locator("[name$='.comment']").count() == 1
    clerk.page.locator(f"[name='{way.returned}.comment']").fill("夜間・休日の端末を含みます。")
    clerk.page.locator(f"[name='{way.returned}.reply']").fill("書き足しました。")
    clerk.press("Save, back to the letter")
    assert clerk.reads("All are corrected.")
