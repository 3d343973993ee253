"""Files in a real browser against a real server: in pieces, on after a cut and after a restart, refused before sent."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.gallery import Heard
from tests.ui.test_scripts import section

MEGABYTE = 1024 * 1024


def big(folder: Path, size: int) -> Path:
    """A file of a size, each megabyte another letter."""
    path = folder / "証跡 2026.pdf"
    path.write_bytes(b"".join(bytes([65 + place % 26]) * min(MEGABYTE, size - place * MEGABYTE)
                              for place in range(-(-size // MEGABYTE))))
    return path


def test_a_file_arrives_in_pieces_and_goes_on_after_a_cut(
    page: Page, gallery: str, heard: Heard, tmp_path: Path,
) -> None:
    path = big(tmp_path, 5 * MEGABYTE // 2)
    heard.cut_after = MEGABYTE
    section(page, gallery)
    page.set_input_files("input[type=file]", path)
    expect(page.locator(".files")).to_contain_text("届きました", timeout=15000)
    (whole, held), = heard.files.values()
    assert whole == len(held) and held == path.read_bytes()
    assert heard.offsets == [0, MEGABYTE, MEGABYTE, 2 * MEGABYTE]
    assert page.locator("[name=uploaded]").input_value() == f"{gallery}/files/f0"


def test_the_same_file_goes_on_after_a_restart(page: Page, gallery: str, heard: Heard, tmp_path: Path) -> None:
    path = big(tmp_path, 2 * MEGABYTE)
    heard.files["f0"] = (2 * MEGABYTE, path.read_bytes()[:MEGABYTE])
    section(page, gallery)
    modified = int(path.stat().st_mtime * 1000)
    page.evaluate("([name, value]) => localStorage.setItem(name, value)",
                  [f"upload:/files:{path.name}:{2 * MEGABYTE}:{modified}", f"{gallery}/files/f0"])
    page.set_input_files("input[type=file]", path)
    expect(page.locator(".files")).to_contain_text("届きました", timeout=15000)
    assert heard.files["f0"][1] == path.read_bytes() and heard.offsets == [MEGABYTE]


def test_a_file_too_large_is_told_before_it_is_sent(page: Page, gallery: str, heard: Heard, tmp_path: Path) -> None:
    section(page, gallery)
    page.evaluate("document.querySelector('.drop').dataset.limit = 1048576")
    page.set_input_files("input[type=file]", big(tmp_path, MEGABYTE + 1))
    expect(page.locator(".files .error")).to_contain_text("1 MB 以下")
    assert heard.files == {}


def test_files_may_be_dropped_anywhere(page: Page, gallery: str, heard: Heard) -> None:
    section(page, gallery)
    page.evaluate("""() => {
      const data = new DataTransfer();
      data.items.add(new File(['証跡'], 'a.txt', { type: 'text/plain' }));
      const fire = (kind) => document.querySelector('h1').dispatchEvent(
        new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
      fire('dragover');
      fire('drop');
    }""")
    expect(page.locator(".files")).to_contain_text("届きました")
    assert heard.files["f0"][1].decode() == "証跡"
