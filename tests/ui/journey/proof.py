"""What anybody can prove: packets by the command, and by their code and their file on the public page."""

from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.ui.journey.way import Journey, again_until
from tests.ui.visitor import Visitor


def prove(way: Journey, folder: Path) -> None:
    """Both packets are printed, fetched and proven by the command, a changed one is found, and anybody looks one up."""
    approver, officer = way.staff("承認　三郎"), way.member("officer")
    approver.click(approver.page.locator("table tr", has_text=approver.say("for JMDP")).locator("th a"))
    link = approver.page.get_by_role("link", name=approver.say("Download the PDF"))
    again_until(approver, link.count)
    approver.look()
    kept = fetch(approver, link, folder / "jmdp.pdf")
    officer.follow("Home")
    officer.click(officer.page.locator("ul.tasks li", has_text=way.number).locator("a"))
    link = officer.page.locator("a[href$='/file']")
    again_until(officer, link.count)
    theirs = fetch(officer, link, folder / "party.pdf")
    told = way.portal.command("verify", str(kept), str(theirs))
    assert told.returncode == 0, told.stdout
    assert [line for line in told.stdout.splitlines() if line[0] != " "] == [f"whole: {kept}", f"whole: {theirs}"]
    changed, data = folder / "changed.pdf", bytearray(kept.read_bytes())
    data[len(data) // 2] ^= 1
    changed.write_bytes(data)
    assert way.portal.command("verify", str(changed)).returncode == 1
    looked_up(way, approver.page.locator("dt", has_text=approver.say("Verification code")).locator("+ dd").inner_text(),
              {kept: "This file is the packet, byte for byte.",
               changed: "This file is NOT the packet that was kept: it was changed, or it is another one."})


def fetch(visitor: Visitor, link: Locator, path: Path) -> Path:
    """Download a file."""
    with visitor.page.expect_download() as coming:
        link.click()
    coming.value.save_as(path)
    return path


def looked_up(way: Journey, code: str, files: dict[Path, str]) -> None:
    """Somebody without an account types a packet's code and compares files with it."""
    anyone = way.anyone()
    anyone.go("/v/")
    anyone.page.locator("[name=code]").fill(f"{code[:4]} {code[4:8]}-{code[8:]}".lower())
    anyone.press("Check")
    for path, outcome in files.items():
        anyone.page.locator("[name=file]").set_input_files(path)
        anyone.page.get_by_role("button", name=anyone.say("Compare")).click()
        expect(anyone.page.locator("[data-verdict]")).to_contain_text(anyone.say(outcome))
