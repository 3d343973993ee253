"""The check of a packet: by code, by file with and without scripts, and what a holder of no code learns."""

import io
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from portal.actions import packets
from portal.models import Packet
from portal.store.cellar import Cellar
from tests.cast import Cast
from tests.visit import Visit
from tests.web import doors


@pytest.fixture
def served(house: Visit) -> Iterator[str]:
    """The built world's app on a port of this machine."""
    server = make_server("127.0.0.1", 0, house.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


def packet(house: Visit) -> tuple[str, bytes]:
    """The code and the bytes of the kept packet."""
    code = house.world.mine["packet_code"]
    with house.cellar.read() as rows:
        digest = rows.query(Packet).filter_by(code=code).one().sealed_digest
    return code, b"".join(house.cellar.blobs.open(house.world.cast.party.public_id, digest))


def test_a_file_is_compared_without_scripts(house: Visit) -> None:
    code, data = packet(house)
    browser = doors.walk(house.app, "198.51.100.1")
    page = browser.get(f"/v/{code}")
    assert house.world.cast.party.name_ja not in page and house.world.cast.party.name_en not in page
    for sent, said in ((data, "完全に一致します"), (data + b" ", "一致しません")):
        assert f">このファイルは、保管されている監査資料と{said}" in browser.post(
            f"/v/{code}", 200, file=(io.BytesIO(sent), "p.pdf"))
    browser.post(f"/v/{code}", 422)
    browser.post("/v/AAAABBBBCCCC", 404, file=(io.BytesIO(data), "p.pdf"))


def test_a_code_is_read_as_people_write_it(house: Visit) -> None:
    code, _ = packet(house)
    browser = doors.walk(house.app, "198.51.100.2")
    typed = f"{code[:4]}-{code[4:8]} {code[8:].lower()}".replace("0", "o").replace("1", "l")
    where = browser.client.get("/v/", query_string={"code": typed})
    assert (where.status_code, where.location) == (303, f"/v/{code}")


def test_guessing_codes_is_slow(app: Flask) -> None:
    browser = doors.walk(app, "198.51.100.3")
    with time_machine.travel(datetime(2026, 11, 25, tzinfo=UTC), tick=False):
        told = {browser.client.get(f"/v/{number:012d}").status_code for number in range(30)}
        assert told == {404}
        answer = browser.client.get("/v/000000000000")
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")


def test_a_withdrawn_packet_says_so(house: Visit) -> None:
    code, _ = packet(house)
    with house.cellar.work() as work:
        row = work.rows.query(Packet).filter_by(code=code).one()
        packets.withdraw(work, house.world.cast.lead.actor, row, "x")
    page = doors.walk(house.app, "198.51.100.4").get(f"/v/{code}")
    house.put_back()
    assert "取消" in page and "valid" not in page


def test_a_file_is_compared_in_the_browser_and_never_sent(
    browser: Browser, served: str, house: Visit, tmp_path: Path,
) -> None:
    code, data = packet(house)
    whole, changed = tmp_path / "whole.pdf", tmp_path / "changed.pdf"
    whole.write_bytes(data)
    changed.write_bytes(data[:-1] + b"x")
    page = browser.new_page(locale="en")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.goto(f"{served}/v/{code}?lang=en")
    verdicts = []
    for path in (whole, changed):
        page.set_input_files("#file", path)
        page.get_by_role("button", name="Compare").click()
        page.wait_for_selector(f".flash.{'success' if path == whole else 'error'}")
        verdicts.append(page.inner_text("[data-verdict]"))
    page.close()
    assert verdicts[0].startswith("This file is the packet") and "NOT" in verdicts[1]
    assert "POST" not in sent


def test_the_newest_head_is_there_for_anybody(app: Flask, cellar: Cellar, people: Cast) -> None:
    note = cellar.checkpoint()
    answer = app.test_client().get("/log/checkpoint")
    assert (answer.mimetype, answer.get_data(as_text=True)) == ("text/plain", note)
    contact = app.test_client().get("/.well-known/security.txt").get_data(as_text=True)
    assert f"mailto:{cellar.settings.mail_reply}" in contact and "Expires: 2027-05-24" in contact
