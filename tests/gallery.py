"""Sample pages of the look on a real server, with the addresses that scripts speak to: drafts and uploads."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask import Flask, Response, jsonify, render_template, request
from jinja2 import ChoiceLoader, FileSystemLoader
from werkzeug.serving import WSGIRequestHandler, make_server

from portal.core.words import word
from portal.pictures import bars, due_strip, findings_trend, flow, result_bar, risk_matrix
from portal.pictures.risk_matrix import Risks
from portal.pictures.svg import Picture
from portal.web import headers, languages
from tests.house import ROOT
from tests.pictures import samples
from tests.stage import CLERK, NOW, STAFF, Stage, build, thing
from tests.ui.fields import Answer

PAGES = {"inbox": STAFF, "review": STAFF, "record": STAFF, "tasks": CLERK, "section": CLERK, "letter": CLERK,
         "signin": None, "confirm": CLERK}
CONTACT = thing(name="点検担当　審査　花子", phone="03-0000-0000", hours="平日 9:30〜17:00（日本時間）",
                mail="ask@example.jp")
NAV = [{"label": label, "url": f"/sample/{name}", "current": name == "inbox", "count": count} for label, name, count in
       (("受信箱", "inbox", 14), ("相手先", "record", 0), ("指摘事項", "review", 3), ("監査資料", "confirm", 0))]
DUE = date(2026, 11, 30)


class Quiet(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


@dataclass
class Heard:
    """What the server was told, and how it should answer the next draft."""

    drafts: list[dict[str, list[str]]] = field(default_factory=list)
    files: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    clash: dict[str, object] | None = None
    status: int = 200
    version: str = "v0"
    round: int = 0
    cut_after: int = 0
    offsets: list[int] = field(default_factory=list)


def pictures() -> dict[str, Picture]:
    """The pictures of the samples, in the reader's voice."""
    voice = languages.voice()
    return {
        "strip": due_strip.picture(samples.WEEKS, voice), "flows": flow.picture(samples.FLOWS, voice),
        "risk": risk_matrix.picture(Risks(before=(4, 4), now=(2, 3)), voice),
        "validity": bars.validity(samples.SPANS, samples.TODAY, voice),
        "trend": findings_trend.picture(samples.MONTHS, voice), "outcome": result_bar.picture(samples.OUTCOME, voice),
    }


def questions() -> list[dict[str, object]]:
    """Three questions as the reviewer sees them: changed, the same, and discussed."""
    said = "はい。全職員42名が受講し、未受講者はいません。理解度テストの平均点は91点です。"
    pieces = [("same", "はい。全職員"), ("del", "42"), ("ins", "45"), ("same", "名が受講し、未受講者はいません。")]
    talk = [thing(who="審査　花子", at=NOW, text="夜間帯の端末は含まれますか。", private=False, theirs=False),
            thing(who="検査　太郎", at=NOW, text="含まれます。", private=False, theirs=True),
            thing(who="審査　花子", at=NOW, text="次回は実地で確認する。", private=True, theirs=False)]
    changed, same = word("answering", "fix"), word("answering", "done")
    return [
        {"code": "A01", "text": "個人データを取り扱う責任者を定め、氏名と職名を記録していますか。", "word": same,
         "before": said, "pieces": (), "comments": ()},
        {"code": "A02", "text": "担当者の教育を年1回以上実施し、受講記録を保存していますか。", "word": changed,
         "before": said, "pieces": pieces, "comments": talk},
        {"code": "A03", "text": "利用者ごとに識別子を割り当て、共用を禁止していますか。", "word": same,
         "before": said, "pieces": (), "comments": ()},
    ]


def sections() -> list[dict[str, object]]:
    """The rail: sections of many questions, three of them open."""
    def rail(code: str) -> list[dict[str, object]]:
        return [{"code": f"{code}{number:02}", "text": "検体と臨床情報の移送に暗号化と追跡番号を用いていますか。",
                 "current": code == "A" and number == 1, "mark": "delta" if number % 6 == 0 else ""}
                for number in range(1, 13)]
    return [{"code": code, "title": title, "questions": rail(code)[:3] if code == "A" else rail(code) * 3}
            for code, title in (("A", "組織と責任体制"), ("B", "規程と教育"))]


def inbox() -> list[dict[str, object]]:
    """Rows of an inbox."""
    states = [("overdue", "2日"), ("resubmitted", ""), ("under_review", ""), ("awaiting_approval", ""),
              ("signed_off", "")]
    names = ["北浜検査センター", "The Pacific Cord Registry", "みなと大学医学部", "第一採取病院", "Nordic Cell Bank"]
    return [{"party": names[row % 5], "kind": "検査機関", "what": "2026年度 点検票", "changes": f"変更 {row}",
             "word": word("attestation", states[row % 5][0]), "extra": states[row % 5][1], "evidence": row * 3,
             "sent": date(2026, 11, 6), "due": DUE + timedelta(days=row)} for row in range(14)]


def values(name: str) -> dict[str, object]:
    """Everything the samples show."""
    form = Answer(meta={"csrf": False})
    if name == "section" and request.args.get("failed"):
        form.process(data={"note": "残る言葉"})
        form.validate()
    return {
        "form": form, "contact": CONTACT, "nav": NAV if PAGES[name] is STAFF else [], "due": DUE, "at": NOW,
        "whose": "北浜検査センター" if PAGES[name] is CLERK else "", "rows": inbox(), "sections": sections(),
        "questions": questions(),
        "words": {name: word("answering", name) for name in ("todo", "doing", "fix", "done")}
        | {"met": word("finding", "verified"), "due": word("finding", "planned"), "failing": word("finding", "open")},
        "file": thing(url="/static/mark.svg", name="ISO 15189 認定証.pdf", pages=3, size=412_000, digest="9f2c41aa" * 8,
                      valid_until=date(2028, 3, 31)),
        "comments": questions()[1]["comments"],
        "events": [{"at": NOW, "what": "提出", "who": "検査　太郎", "note": "", "now": True},
                   {"at": NOW - timedelta(days=20), "what": "依頼", "who": "審査　花子"}],
        "items": [thing(code="C03", url="/c/C03", reason="対象の範囲が分かりません",
                        wish="夜間帯の端末を含むかをご追記ください", example="「夜間帯の端末3台を含みます」"),
                  thing(code="E02", url="/c/E02", reason="承諾書の期限が切れています",
                        wish="有効な承諾書をお送りください", example="")],
        **pictures(),
    }


def take_draft(heard: Heard) -> Response | tuple[Response, int]:
    """Answer a draft as the portal does."""
    heard.drafts.append(request.form.to_dict(flat=False))
    if heard.clash is not None:
        clash, heard.clash = heard.clash, None
        return jsonify(clash), 409
    if heard.status != 200:
        return jsonify(error="no"), heard.status
    heard.version = f"v{len(heard.drafts)}"
    return jsonify(saved_at=NOW.isoformat(), version=heard.version)


def take_verdicts(heard: Heard) -> Response | tuple[Response, int]:
    """Answer drafts of verdicts as the portal does: a version for each question sent, or what stands instead."""
    heard.drafts.append(request.form.to_dict(flat=False))
    theirs, heard.clash = heard.clash or {}, None
    versions = {name.removesuffix(".version"): len(heard.drafts) for name in request.form if name.endswith(".version")}
    kept = {name: version for name, version in versions.items() if name not in theirs}
    return jsonify(saved_at=NOW.isoformat(), versions=kept, theirs=theirs, problems={}), 409 if theirs else 200


def take_piece(heard: Heard, name: str = "") -> Response:
    """The three verbs of a resumable upload (tus 1.0); may cut one piece off, as a bad line does."""
    if request.method == "POST":
        name = f"f{len(heard.files)}"
        heard.files[name] = (int(request.headers["Upload-Length"]), b"")
        return Response(status=201, headers={"Location": f"/files/{name}"})
    whole, held = heard.files[name]
    if request.method == "PATCH":
        heard.offsets.append(int(request.headers["Upload-Offset"]))
        if heard.cut_after and len(held) >= heard.cut_after:
            heard.cut_after = 0
            return Response(status=503)
        held += request.get_data()
        heard.files[name] = (whole, held)
    return Response(status=204 if request.method == "PATCH" else 200, headers={"Upload-Offset": str(len(held))})


def open_gallery(heard: Heard) -> Flask:
    """The app: samples by name, drafts and files."""
    stage: Stage = build()
    app = stage.app
    app.config["WTF_CSRF_ENABLED"] = False
    app.jinja_loader = ChoiceLoader([FileSystemLoader(ROOT / "templates"), FileSystemLoader(ROOT / "tests/ui/samples")])
    headers.install(app)

    def sample(name: str) -> str:
        told = {"version_now": heard.version, "round_now": heard.round}
        return render_template(f"{name}.html", actor=PAGES[name], **told, **values(name))

    app.add_url_rule("/sample/<name>", "sample", sample, methods=["GET", "POST"])
    app.add_url_rule("/draft", "draft", lambda: take_draft(heard), methods=["POST"])
    app.add_url_rule("/verdicts", "verdicts", lambda: take_verdicts(heard), methods=["POST"])
    app.add_url_rule("/files", "files", lambda: take_piece(heard), methods=["POST"])
    app.add_url_rule("/files/<name>", "file", lambda name: take_piece(heard, name), methods=["PATCH", "HEAD"])
    return app


@contextmanager
def running(heard: Heard) -> Iterator[str]:
    """The gallery on a free port; gives its address."""
    server = make_server("127.0.0.1", 0, open_gallery(heard), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(10)
