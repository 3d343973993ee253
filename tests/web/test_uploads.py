"""Resumable uploads over real HTTP: cut and resumed, refused before a byte is kept, linked when whole."""

import base64
import hashlib
import http.client
import io
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from portal.models import AnswerEvidence, Attestation, Evidence, Upload
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast, Member, client
from tests.conftest import Clock
from tests.web.walk import Walk
from tests.world import pdf

MIB = 1 << 20
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = {**TUS, "Content-Type": "application/offset+octet-stream"}


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""


@dataclass
class Line:
    """A signed-in machine on a real connection; `sent` counts the bytes of all pieces that were put on the line."""

    port: int
    headers: dict[str, str]
    sent: int = field(default=0)

    def ask(self, method: str, path: str, body: bytes = b"", **more: str) -> http.client.HTTPResponse:
        """Send one request; underscores in the names of headers stand for hyphens."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        given = {**self.headers, **TUS, **{name.replace("_", "-"): value for name, value in more.items()}}
        line.request(method, path, body or None, given)
        answer = line.getresponse()
        answer.read()
        line.close()
        return answer

    def begin(self, path: str, size: int, name: str = "規程.pdf", **words: str) -> http.client.HTTPResponse:
        """Announce a file."""
        meta = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}"
                        for key, value in {"filename": name, **words}.items())
        return self.ask("POST", path, Upload_Length=str(size), Upload_Metadata=meta)

    def offset(self, place: str) -> int:
        """What the server has."""
        return int(self.ask("HEAD", place).headers["Upload-Offset"])

    def piece(self, place: str, offset: int, data: bytes, **more: str) -> http.client.HTTPResponse:
        """Send a piece."""
        self.sent += len(data)
        return self.ask("PATCH", place, data, Content_Type=PIECE["Content-Type"], Upload_Offset=str(offset), **more)

    def cut(self, place: str, offset: int, data: bytes, after: int) -> None:
        """Begin a piece, send so many bytes of it, and let the line break."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        line.putrequest("PATCH", place)
        for name, value in {**self.headers, **PIECE, "Upload-Offset": str(offset),
                            "Content-Length": str(len(data))}.items():
            line.putheader(name, value)
        line.endheaders()
        line.send(data[:after])
        self.sent += after
        line.close()
        time.sleep(0.15)  # a client waits before it comes again; ours a second and more


@contextmanager
def line_of(app: Flask, cellar: Cellar, member: Member) -> Iterator[Line]:
    """A member of the cast on a real server of the app."""
    browser = client(app, cellar, member)
    walk = Walk(browser)
    walk.get("/privacy")
    cookie = browser.get_cookie("portal")
    assert cookie is not None
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Line(server.server_port, {"Cookie": f"portal={cookie.value}", "X-CSRFToken": walk.token})
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def opened(cellar: Cellar, people: Cast) -> str:
    """An attestation in the party's hand."""
    return flow.ask(cellar, people)


def place_of(public_id: str, question: str = "LAB-01") -> str:
    """Where a question takes files."""
    return f"/my/attestations/{public_id}/questions/{question}/uploads"


def files(cellar: Cellar) -> list[tuple[str, str, str]]:
    """Every link as (question, name, state)."""
    with cellar.read() as rows:
        found = rows.execute(sa.select(AnswerEvidence.question, Evidence.name, Evidence.state).join(
            Evidence, Evidence.id == AnswerEvidence.evidence_id))
        return [(question, name, state) for question, name, state in found]


def test_the_protocol(app: Flask, cellar: Cellar, people: Cast, opened: str) -> None:
    data = pdf("tus")
    with line_of(app, cellar, people.clerk) as line:
        able = line.ask("OPTIONS", place_of(opened))
        assert (able.status, able.headers["Tus-Version"]) == (204, "1.0.0")
        assert able.headers["Tus-Extension"] == "creation,termination,checksum,expiration"
        made = line.begin(place_of(opened), len(data), kind="EV-POLICY", valid_to="2027-03-31")
        place = made.headers["Location"]
        assert made.status == 201 and made.headers["Upload-Expires"].endswith("GMT") and line.offset(place) == 0
        assert line.ask("PATCH", place, b"x", Upload_Offset="0").status == 415
        assert line.ask("HEAD", place, Tus_Resumable="0.2.2").status == 412
        wrong = f"sha256 {base64.b64encode(b'no' * 16).decode()}"
        assert line.piece(place, 0, data[:100], Upload_Checksum=wrong).status == 460 and line.offset(place) == 0
        assert line.piece(place, 0, data[:100], Upload_Checksum="crc9 AAAA").status == 400
        right = base64.b64encode(hashlib.sha1(data[:100], usedforsecurity=False).digest()).decode()
        assert line.piece(place, 0, data[:100], Upload_Checksum=f"sha1 {right}").headers["Upload-Offset"] == "100"
        assert line.piece(place, 50, data[50:]).status == 409
        assert line.piece(place, 100, data[100:] + b"more").status == 413
        rest = line.offset(place)
        assert rest == 100
        sum_of = base64.b64encode(hashlib.sha256(data[rest:]).digest()).decode()
        assert line.piece(place, rest, data[rest:], Upload_Checksum=f"sha256 {sum_of}").status == 204
        assert line.offset(place) == len(data)
        assert line.piece(place, len(data), b"").status == 204, "the last word may be said twice"
        assert files(cellar) == [("LAB-01", "規程.pdf", "quarantined")]
        with cellar.read() as rows:
            kept = rows.scalars(sa.select(Evidence)).one()
        assert (kept.digest, str(kept.valid_to)) == (hashlib.sha256(data).hexdigest(), "2027-03-31")
        assert b"".join(cellar.blobs.open(people.party.public_id, kept.digest)) == data
        assert line.ask("DELETE", place).status == 204 and files(cellar) == []
        assert line.ask("HEAD", place).status == 404


def test_fifty_megabytes_cut_at_ten_points(app: Flask, cellar: Cellar, people: Cast, opened: str) -> None:
    chance = random.Random(50)
    data = pdf("large") + chance.randbytes(50 * MIB)
    cuts = sorted(chance.sample(range(len(data)), 10))
    with line_of(app, cellar, people.clerk) as line:
        place = line.begin(place_of(opened), len(data)).headers["Location"]
        offset = 0
        while offset < len(data):
            piece = data[offset:offset + MIB]
            if cuts and offset <= cuts[0] < offset + MIB:
                line.cut(place, offset, piece, cuts.pop(0) - offset)
            else:
                line.piece(place, offset, piece)
            offset = settled(line, place)
        assert not cuts and 0 <= line.sent - len(data) <= MIB, line.sent - len(data)
    with cellar.read() as rows:
        assert rows.scalars(sa.select(Evidence.digest)).one() == hashlib.sha256(data).hexdigest()


def settled(line: Line, place: str) -> int:
    """The offset once the server has taken in what a broken line left."""
    while (answer := line.ask("HEAD", place)).status == 423:
        time.sleep(0.02)
    return int(answer.headers["Upload-Offset"])


def test_nothing_is_kept_before_it_is_allowed(app: Flask, cellar: Cellar, people: Cast, opened: str) -> None:
    closed = flow.submitted(cellar, people, "ITO")
    with line_of(app, cellar, people.clerk) as line:
        for path, size, name, status in (
            (place_of(opened), 9, "a.exe", 422), (place_of(opened), 0, "a.pdf", 422),
            (place_of(opened), 201 * MIB, "a.pdf", 422), (place_of(opened, "NO-1"), 9, "a.pdf", 422),
            (place_of(closed, "ITO-01"), 9, "a.pdf", 409), (place_of("0" * 26), 9, "a.pdf", 404),
        ):
            assert line.begin(path, size, name).status == status, (path, size, name)
        mine = line.begin(place_of(opened), 9).headers["Location"]
        flow.answer_all(cellar, people, opened)
        flow.certify_it(cellar, people, opened)
        assert line.piece(mine, 0, b"%PDF").status == 409 and line.offset(mine) == 0
    with line_of(app, cellar, people.stranger) as line:
        assert line.begin(place_of(opened), 9).status == 404
        assert [line.ask("HEAD", mine).status, line.piece(mine, 0, b"x").status, line.ask("DELETE", mine).status] == [
            404, 404, 404]
    assert list(cellar.blobs.kept()) == []


def test_the_plain_forms_ask_before_they_keep(app: Flask, cellar: Cellar, people: Cast) -> None:
    closed = flow.submitted(cellar, people)
    browser = Walk(client(app, cellar, people.clerk))
    with cellar.read() as rows:
        section = next(q.section for q in flow.template_of(cellar, closed).questions if q.id == "LAB-01")
        assert rows.scalar(sa.select(sa.func.count()).select_from(Attestation)) == 1
    sent = {"LAB-01.file": (io.BytesIO(b"%PDF-"), "a.pdf")}
    browser.post(f"/my/attestations/{closed}/sections/{section}", 409, **sent)
    assert list(cellar.blobs.kept()) == []


def test_what_the_form_says_goes_with_the_file(
    app: Flask, cellar: Cellar, people: Cast, opened: str, clock: Clock,
) -> None:
    data = pdf("described")
    with line_of(app, cellar, people.clerk) as line:
        place = line.begin(place_of(opened), len(data)).headers["Location"]
        line.piece(place, 0, data)
        late = line.begin(place_of(opened), 9).headers["Location"]
        section = next(q.section for q in flow.template_of(cellar, opened).questions if q.id == "LAB-01")
        form = {"version": "LAB-01:0", "LAB-01.uploaded": f"http://127.0.0.1{place}", "LAB-01.type": "EV-POLICY"}
        browser, page = Walk(client(app, cellar, people.clerk)), f"/my/attestations/{opened}/sections/{section}"
        assert "2027-03-31" in browser.post(page, 422, **form, **{"LAB-01.valid_to": "mañana"})
        browser.post(page, **form, **{"LAB-01.valid_to": "2027-03-31"})
        clock.forward(days=3)
        assert line.ask("HEAD", late).status in (404, 303)
    with cellar.read() as rows:
        file = rows.scalars(sa.select(Evidence)).one()
        assert (file.evidence_type, str(file.valid_to)) == ("EV-POLICY", "2027-03-31")
        assert rows.scalar(sa.select(sa.func.count()).select_from(Upload)) == 2
