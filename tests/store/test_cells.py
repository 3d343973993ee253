"""Spreadsheets read in the child: both date systems, merged and hidden cells, no readings, far cells held off."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from portal.core.evidence.kinds import Kind
from portal.core.evidence.verdicts import Reason
from portal.core.sheet import MOST_COLUMNS, MOST_ROWS, Sheet
from portal.store import examine

READINGS = '<si><t>検査</t><rPh sb="0" eb="2"><t>ケンサ</t></rPh><phoneticPr fontId="1"/></si>'


def read(path: Path) -> list[Sheet]:
    """The sheets of a file, which must be readable."""
    found = examine.spreadsheet(path, Kind.XLSX)
    assert found.fault is None
    return found.book.sheets


@pytest.mark.parametrize("system", [False, True], ids=["1900", "1904"])
def test_cells_read_as_a_person_would(tmp_path: Path, system: bool) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": system}) as book:
        sheet = book.add_worksheet("回答")
        era = book.add_format({"num_format": '[$-411]ggge"年"m"月"d"日"'})
        sheet.write_datetime(0, 0, date(2026, 11, 30), era)
        sheet.write_row(1, 0, [12, 1.5, True, "　○ ", "=A1"])
        sheet.write_formula(2, 0, "=1+1", None, 2)
        sheet.merge_range(3, 0, 4, 1, "大項目")
        sheet.write_column(3, 2, ["規程", "教育"])
    assert read(path)[0].rows == [
        ["2026-11-30", "", "", "", ""], ["12", "1.5", "TRUE", "　○ ", "0"], ["2", "", "", "", ""],
        ["大項目", "大項目", "規程", "", ""], ["大項目", "大項目", "教育", "", ""]]


def test_what_is_hidden_struck_or_drawn_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        plain, rows, columns, struck, rich, drawn = (book.add_worksheet(name) for name in "abcdef")
        plain.write(0, 0, "x")
        plain.write_comment(0, 0, "a note beside a cell is no drawing")
        rows.set_row(1, None, None, {"hidden": True})
        rows.write(1, 0, "hidden")
        columns.set_column(1, 1, None, None, {"hidden": True})
        columns.write(0, 1, "hidden")
        strike = book.add_format({"font_strikeout": True})
        struck.write(0, 0, "gone", strike)
        rich.write_rich_string(0, 0, "a", strike, "gone", "b")
        drawn.insert_textbox(0, 0, "✓")
        book.add_worksheet("lists").hide()
    sheets = {sheet.sheet: sheet for sheet in read(path)}
    assert {name: sheet.notes for name, sheet in sheets.items()} == {
        "a": [], "b": ["hidden_rows"], "c": ["hidden_columns"], "d": ["struck"], "e": ["struck"], "f": ["drawings"],
        "lists": []}
    assert sheets["lists"].hidden and not sheets["a"].hidden
    assert sheets["e"].rows == [["agoneb"]]


def test_readings_of_kanji_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write(0, 0, "検査")
    with zipfile.ZipFile(out) as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, part.replace("<si><t>検査</t></si>".encode(), READINGS.encode()))
    assert read(path)[0].rows == [["検査"]]


def test_only_so_many_rows_and_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        long, wide, far = (book.add_worksheet(name) for name in "abc")
        for number in range(MOST_ROWS + 5):
            long.write(number, 0, "x")
        wide.write(0, MOST_COLUMNS + 5, "x")
        far.write(1_000_000, 16_000, "x")
    sheets = read(path)
    assert [sheet.notes for sheet in sheets] == [["cut"], ["cut"], ["cut"]]
    assert [len(sheet.rows) for sheet in sheets] == [MOST_ROWS, 0, 0]


def test_two_corners_of_a_sheet_do_not_fill_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "x")
        sheet.write(1_048_575, 16_383, "x")
    assert examine.spreadsheet(path, Kind.XLSX).fault in (Reason.TOO_COMPLEX, Reason.PARSER_FELL)


def test_what_is_no_spreadsheet_is_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    assert examine.spreadsheet(path, Kind.XLSX).fault is Reason.DAMAGED


def test_csv_in_its_own_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("番号;回答\r\n1;○\r\n".encode("cp932"))
    found = examine.spreadsheet(path, Kind.CSV)
    assert found.fault is None and found.book.sheets[0].rows == [["番号", "回答"], ["1", "○"]]
