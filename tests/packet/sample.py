"""A packet of realistic contents: a fictional laboratory's yearly checklist, made from the project's own catalogue."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from io import BytesIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image, ImageDraw

from portal.core import checkpoint, merkle
from portal.packet import answers, record
from portal.packet.value import Acted, Person, Spell, Words
from tests.house import ROOT

NOW = datetime(2026, 11, 22, 5, 3, tzinfo=UTC)
DAY = timedelta(days=1)
PORTAL = Words("北浜検査センター（見本）", "Kitahama Testing Center (sample)")
OFFICER = Person(name="佐藤 次郎", role=Words("責任者", "Officer"), body=PORTAL)
CLERK = Person(name="鈴木 美咲", role=Words("担当者", "Clerk"), body=PORTAL)
REVIEWER = Person(name="審査 花子", role=Words("審査者", "Reviewer"), body=Words("当法人", "JMDP"))
APPROVER = Person(name="承認 一郎", role=Words("承認者", "Approver"), body=Words("当法人", "JMDP"))
KEY = Ed25519PrivateKey.from_private_bytes(sha256(b"the sample's ledger key").digest())
LOG = "portal.example/ledger"
SAID = {
    "yes_no_partial_na": (
        Words("はい", "Yes"),
        "個人情報取扱規程（第4版、令和7年4月1日改定）第12条に定め、情報管理責任者を検査部長としています。",
    ),
    "number": (Words("100", "100"), ""),
    "date": (Words("2026-09-14", "2026-09-14"), "報告書の写しを添付しました。"),
    "table": (
        Words("", ""),
        "1　株式会社ミナト搬送（見本）　検体輸送　承諾番号 R-2026-018\n"
        "2　東和システム（見本）　保守　承諾番号 R-2025-007",
    ),
}


@cache
def picture(number: int) -> bytes:
    """Give a page image as intake would make it: lines of text and a seal, as PNG."""
    image = Image.new("RGB", (620, 877), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((60, 60, 380, 84), fill="#1a1a1a")
    for line in range(26):
        pen.rectangle((60, 130 + line * 26, 560 - (line * 37 + number * 53) % 180, 138 + line * 26), fill="#8a8f98")
    pen.ellipse((450, 740, 560, 850), outline="#b80000", width=6)
    output = BytesIO()
    image.save(output, "PNG")
    return output.getvalue()


@cache
def original(number: int) -> bytes:
    """Give the bytes of an evidence file as received."""
    return f"original bytes of evidence file {number}\n".encode() * (number + 3)


def files(count: int) -> tuple[answers.File, ...]:
    """Give the index of so many evidence files, each cited by one question."""
    result = []
    for number in range(1, count + 1):
        data = original(number)
        spell = Spell(name=Words("有効期間", "Valid"), start=date(2025, 4, 1), until=date(2027, 3, 31))
        result.append(
            answers.File(
                number=number,
                name=f"認定証・手順書_{number:02d}（写し）.pdf",
                ascii=f"{number:03d}_evidence.pdf",
                mime="application/pdf",
                size=len(data),
                sha256=sha256(data).hexdigest(),
                kind=Words("手順書", "Procedure"),
                questions=(f"LAB-{number * 2 - 1:02d}",),
                pages=number % 9 + 1,
                received=Acted(who=CLERK, at=NOW - 20 * DAY + number * timedelta(minutes=7)),
                scan="not_scanned" if number == 3 else "clean",
                scanned_by="" if number == 3 else "ClamAV 1.4 / 27800",
                valid=spell if number % 2 else None,
                kept_until=date(2034, 3, 31),
                picture=sha256(picture(number)).hexdigest(),
            )
        )
    return tuple(result)


def pictures(count: int) -> dict[str, bytes]:
    """Give the page images of so many files by digest."""
    return {sha256(picture(number)).hexdigest(): picture(number) for number in range(1, count + 1)}


def originals(count: int):
    """Give a reader of so many files' bytes by digest."""
    known = {sha256(original(number)).hexdigest(): original(number) for number in range(1, count + 1)}
    return known.__getitem__


def _earlier(number: int, label: Words) -> answers.Earlier | None:
    if number % 7 == 5:
        return None
    same = number % 4 != 2
    old = answers.Answer(label=label if same else Words("一部", "Partly"), text="" if same else "手順書を整備中です。")
    confirmed = Acted(who=OFFICER, at=NOW - 9 * DAY) if same else None
    return answers.Earlier(answer=old, version="2025年度 v3", same=same, confirmed=confirmed)


def _turns(number: int) -> tuple[answers.Turn, ...]:
    if number % 11 != 8:
        return ()
    back = "回答経路のうちFAXの扱いが読み取れません。廃止した日と、代わる経路を書いてください。"
    fixed = "FAXは2026年10月末で廃止し、専用サイトからの取得に切り替えました。画面の写しを添付しました。"
    return (
        answers.Turn(at=NOW - 6 * DAY, who=REVIEWER, act=Words("差戻し", "Returned"), text=back),
        answers.Turn(at=NOW - 4 * DAY, who=OFFICER, act=Words("再提出", "Resubmitted"), text=fixed),
    )


def question(row: dict, number: int, file_count: int) -> answers.Question:
    """Give one question of the catalogue, answered and reviewed in a way that depends on its number alone."""
    label, text = SAID.get(row["answer_type"], (Words("VPN・SFTP・専用サイト", "VPN, SFTP or secured portal"), ""))
    finding = number in (12, 16)
    cited = (number + 1) // 2
    return answers.Question(
        id=f"LAB-{number:02d}",
        text=Words(row["question"]["ja"], row["question"]["en"]),
        clauses=tuple(row["clauses"]),
        answer=answers.Answer(
            label=label, text=text, comment="夜間は検査部当直が対応します。" if number % 9 == 2 else ""
        ),
        earlier=_earlier(number, label),
        verdict="finding" if finding else "not_applicable" if number == 19 else "conforms",
        reason="証跡の日付が点検期間より前です。" if finding else "",
        exchange=_turns(number),
        evidence=(answers.Cited(file=cited, pages="1–2"),) if number % 2 and cited <= file_count else (),
        findings=(f"F-2026-{number:03d}",) if finding else (),
    )


def sections(count: int, file_count: int) -> tuple[answers.Section, ...]:
    """Give so many questions in the catalogue's sections, going round the laboratory's list as often as needed."""
    folder = ROOT / "portal" / "catalogue" / "checklists"
    rows = tomllib.loads((folder / "lab.toml").read_text())["question"]
    titles = {row["code"]: row["label"] for row in tomllib.loads((folder / "sections.toml").read_text())["section"]}
    grouped: dict[str, list[answers.Question]] = {}
    for number in range(1, count + 1):
        row = rows[(number - 1) % len(rows)]
        name = f"{row['section']}{(number - 1) // len(rows) or ''}"
        grouped.setdefault(name, []).append(question(row, number, file_count))
    return tuple(
        answers.Section(title=Words(titles[name[:3]]["ja"], titles[name[:3]]["en"]), questions=tuple(group))
        for name, group in grouped.items()
    )


def ledger() -> record.Ledger:
    """Give a small real ledger: entries, a signed checkpoint over them and a proof of each one shown."""
    leaves = [f'{{"at":"2026-11-{day:02d}T01:00:00Z","event":"act {day}","seq":{day - 1}}}' for day in range(1, 23)]
    hashes = [merkle.leaf_hash(leaf.encode()) for leaf in leaves]
    note = checkpoint.sign(checkpoint.Checkpoint(LOG, len(leaves), merkle.root(hashes)), KEY)
    meanings = {
        14: Words("提出", "Submitted"),
        20: Words("審査終了", "Review finished"),
        21: Words("承認", "Signed off"),
    }
    entries = tuple(
        record.Entry(
            index=index,
            leaf=leaves[index],
            meaning=meaning,
            proof=checkpoint.Proof(
                index, tuple(merkle.inclusion(index, len(leaves), merkle.in_memory(hashes))), note
            ).text(),
        )
        for index, meaning in meanings.items()
    )
    key = str(checkpoint.LogKey(LOG, KEY.public_key().public_bytes_raw()))
    return record.Ledger(
        note=note, key=key, entries=entries, held_by=(Words("監事（毎日の電子メール）", "Auditors, by daily mail"),)
    )
