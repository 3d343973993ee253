"""The workbook of an attestation comes back as it went out, through a real spreadsheet program too; edits are told."""

import subprocess
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from portal.core import answer_book, merging
from portal.core.answers import read_answer
from portal.core.merging import Now
from portal.core.sheet import Book
from portal.core.templates import Question, Template
from portal.sheets.answers import Folder, Reader, answers
from portal.store import examine
from portal.store.shelf import catalogue
from tests.actions.flow import raw
from tests.peers import program
from tests.sheets.books import back, edited

LIBRARY = catalogue().templates
ASKED = {code: [q for q in template.questions if q.answered_by == "party"] for code, template in LIBRARY.items()}
MADE = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


def folder(template: Template) -> Folder:
    """What the workbook is for."""
    return Folder("0123456789abcdefghjkmnpqrs", "A-2026-0001", "見本検査センター", template.checklist.title, 2026,
                  date(2026, 12, 18), "d" * 64)


def reader(lang: str) -> Reader:
    """A reader in Japan."""
    return Reader(lang, ZoneInfo("Asia/Tokyo"), MADE, catalogue())


def filled(question: Question) -> Now:
    """An answer that stands, tables with rows."""
    typed: Mapping[str, Any] = raw(question)
    if question.answer_type == "table":
        row = {c.code: c.choices[0].code if c.choices else {"country": "日本", "date": "2026-04-01", "number": "2",
               "yes_no": "はい"}.get(c.kind, "見本") for c in question.columns}
        typed = {"rows": [row]}
    return Now(read_answer(question, typed).value, "備考。\n2行目", False, "", 3)


def standings(book: Book, template: Template, stands: Mapping[str, Now]) -> dict[str, merging.Proposal]:
    """What would become of each question."""
    told = answer_book.read(book, template)
    assert told is not None
    questions = ASKED[template.checklist.code]
    return {found.question.id: found for found in merging.propose(questions, told.sent, stands)}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("code", LIBRARY)
def test_what_went_out_comes_back_unchanged(code: str, lang: str, tmp_path: Path) -> None:
    template, questions = LIBRARY[code], ASKED[code]
    stands = {question.id: filled(question) for question in questions}
    book = back(answers(folder(template), questions, stands, reader(lang)), tmp_path)
    told = answer_book.read(book, template)
    assert told is not None
    assert (told.attestation, told.number, told.digest) == (folder(template).attestation, "A-2026-0001", "d" * 64)
    assert [row.question for row in told.sent if row.is_touched] == []
    assert len(told.sent) == len(questions)
    assert {found.standing for found in merging.propose(questions, told.sent, stands)} == {"same"}
    assert not any(found.problems for found in merging.propose(questions, told.sent, stands))


def test_an_empty_one_says_nothing(tmp_path: Path) -> None:
    book = back(answers(folder(LIBRARY["LAB"]), ASKED["LAB"], {}, reader("ja")), tmp_path)
    assert {p.standing for p in standings(book, LIBRARY["LAB"], {}).values()} <= {"untouched", "same"}


def test_edits_and_what_changed_meanwhile(tmp_path: Path) -> None:
    template = LIBRARY["LAB"]
    stands = {question.id: filled(question) for question in ASKED["LAB"]}
    book = back(answers(folder(template), ASKED["LAB"], stands, reader("ja")), tmp_path)
    book = edited(book, "LAB-02", answer="いいえ")
    book = edited(book, "LAB-04", answer="△", comment="夜間のみ")
    book = edited(book, "LAB-03", answer="令和8年9月31日")
    book = edited(book, "LAB-01", answer="")
    moved = replace(stands["LAB-04"], value={"choice": "no"}, version=4)
    shut = replace(stands["LAB-02"], is_open=False)
    found = standings(book, template, stands | {"LAB-04": moved, "LAB-02": shut, "LAB-05": replace(moved, version=9)})
    assert {id: p.standing for id, p in found.items() if p.standing != "same"} == {
        "LAB-02": "closed", "LAB-04": "conflict", "LAB-05": "untouched", "LAB-03": "changed"}
    assert (found["LAB-04"].value, found["LAB-04"].comment) == ({"choice": "partial"}, "夜間のみ")
    assert found["LAB-03"].problems and found["LAB-03"].value == {"raw": {"text": "令和8年9月31日"}}
    assert found["LAB-01"].value == stands["LAB-01"].value


def test_not_applicable_and_several_choices(tmp_path: Path) -> None:
    template = LIBRARY["LAB"]
    book = back(answers(folder(template), ASKED["LAB"], {}, reader("ja")), tmp_path)
    book = edited(book, "LAB-01", answer="ASHI／日本組織適合性学会")
    book = edited(book, "LAB-02", answer="該当しない", comment="医療機関内です")
    found = standings(book, template, {})
    assert found["LAB-01"].value == {"choices": ["jshi", "ashi"]}
    assert found["LAB-02"].not_applicable and found["LAB-02"].comment == "医療機関内です"
    odd = standings(edited(book, "LAB-01", answer="ASHI、その他"), template, {})["LAB-01"]
    assert odd.problems and odd.value["raw"]["choices"] == ["ashi", "その他"]


def test_a_spreadsheet_program_keeps_what_we_look_for(tmp_path: Path) -> None:
    template = LIBRARY["ITO"]
    stands = {question.id: filled(question) for question in ASKED["ITO"]}
    path = tmp_path / "out.xlsx"
    path.write_bytes(answers(folder(template), ASKED["ITO"], stands, reader("ja")))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run([program("soffice", "libreoffice"), profile, "--headless", "--convert-to", "xlsx",
                    "--outdir", str(tmp_path / "saved"), str(path)], check=True, capture_output=True, timeout=120)
    book = back((tmp_path / "saved" / "out.xlsx").read_bytes(), tmp_path)
    assert {p.standing for p in standings(book, template, stands).values()} == {"same"}
    told = answer_book.read(book, template)
    assert told is not None and not any(row.is_touched for row in told.sent)


def test_the_same_values_give_the_same_bytes() -> None:
    stands = {question.id: filled(question) for question in ASKED["JNT"]}
    first, second = (answers(folder(LIBRARY["JNT"]), ASKED["JNT"], stands, reader("en")) for _ in range(2))
    assert first == second


def test_no_text_runs(tmp_path: Path) -> None:
    stands = {"LAB-02": Now({"choice": "yes"}, '=HYPERLINK("http://example.com","x")', False, "@SUM(1)", 1)}
    path = tmp_path / "book.xlsx"
    path.write_bytes(answers(folder(LIBRARY["LAB"]), ASKED["LAB"], stands, reader("ja")))
    looked = examine.examine(path, "book.xlsx")
    assert (looked.verdict.value, looked.reasons) == ("accepted", ())
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) > 2 and not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
