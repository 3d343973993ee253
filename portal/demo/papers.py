"""Evidence that the demo makes itself: certificates and procedures as PDF, a photo, a workbook; clearly fictional."""

from io import BytesIO
from pathlib import Path

import noto_cjk_sans_jp_regular
import xlsxwriter
from PIL import Image, ImageDraw, ImageFont

A4 = (1240, 1754)
SIZE = 34


def _font(size: int = SIZE) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(next(Path(noto_cjk_sans_jp_regular.__file__).parent.rglob("*.otf"))), size)


def _sheet(title: str, lines: list[str]) -> Image.Image:
    page = Image.new("RGB", A4, "white")
    pen = ImageDraw.Draw(page)
    pen.text((120, 140), title, fill="#1a1a1a", font=_font(56))
    pen.line((120, 240, A4[0] - 120, 240), fill="#767676", width=2)
    for number, line in enumerate(lines):
        pen.text((120, 290 + number * 62), line, fill="#1a1a1a", font=_font())
    pen.ellipse((A4[0] - 330, A4[1] - 360, A4[0] - 130, A4[1] - 160), outline="#b80000", width=8)
    pen.text((A4[0] - 290, A4[1] - 290), "見本", fill="#b80000", font=_font(60))
    return page


def document(title: str, party: str, day: str, pages: int = 2) -> bytes:
    """Give a PDF of scanned pages: a title, whose it is, its day, and a few lines."""
    sheets = [
        _sheet(title if number == 1 else f"{title}　{number}ページ", [
            party, f"作成日　{day}", "", f"第{number}条　個人データの取扱いは、承認された者に限る。",
            "第2項　利用者ごとに識別子を割り当て、共用しない。", "第3項　媒体の持出しは記録し、暗号化する。",
            "", "この文書はデモ用の架空の書類です。", "Fictional document for the demo."])
        for number in range(1, pages + 1)
    ]
    out = BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=150)
    return out.getvalue()


def photo(title: str, party: str) -> bytes:
    """Give a JPEG of one sheet, as from a telephone."""
    out = BytesIO()
    _sheet(title, [party, "入退室管理の記録（写真）"]).save(out, "JPEG", quality=70)
    return out.getvalue()


def workbook(title: str, party: str) -> bytes:
    """Give a list as XLSX: counts only, no names of people."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("一覧")
        rows = [[title, party], [], ["部署", "対象者数", "受講者数", "受講率"],
                ["検査部", 24, 24, "100%"], ["情報システム部", 8, 8, "100%"], ["総務部", 5, 5, "100%"]]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()
