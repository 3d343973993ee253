"""Makes hostile and odd files from a seed: what each must be judged as stands beside how it is made.

A maker takes a random source, so that another seed gives other sizes, names and payloads.
"""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from PIL import Image

from tests.hostile_office import DOCX, XLSX, archive, office
from tests.hostile_pdf import encrypted, pdf, real_pdf, with_embedded

REFUSED, FLAGGED, ACCEPTED, ANY = "refused", "flagged", "accepted", "any"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
MIB = 1 << 20
Random = random.Random


class Case(NamedTuple):
    """A file: the name it is sent under, its verdict, the reason told first, and how its bytes are made."""

    name: str
    verdict: str
    reason: str
    make: Callable[[Random], bytes]


def png(width: int, height: int, body: bytes = b"", rows: int | None = None) -> bytes:
    """A grey picture of these measures; rows of zeros as many as its height unless said otherwise."""
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    pixels = zlib.compress(bytes((width + 1) * (height if rows is None else rows)), 9)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))


def text_bomb(rnd: Random) -> bytes:
    """A picture whose comment unpacks to far more than itself."""
    data = b"a\0\0" + zlib.compress(bytes(rnd.randint(60, 90) * MIB), 1)
    return png(8, 8, struct.pack(">I", len(data)) + b"zTXt" + data + struct.pack(">I", zlib.crc32(b"zTXt" + data)))


def zipped(rnd: Random) -> bytes:
    """An archive that holds a script."""
    return archive({"x.js": b"alert(%d)" % rnd.randint(1, 99)})


def page(rnd: Random) -> bytes:
    """A page with a script in it."""
    return b"<!doctype html><script>document.title='%d'</script>" % rnd.randint(1, 10**6)


def jpeg(rnd: Random) -> bytes:
    """The smallest picture of the sort telephones send, written by the library that also reads it."""
    out = io.BytesIO()
    Image.new("RGB", (rnd.randint(20, 90), rnd.randint(20, 90)), (200, 30, 30)).save(out, "JPEG")
    return out.getvalue()


def svg(rnd: Random) -> bytes:
    """A drawing that would run a script, in one of several ways."""
    inside = rnd.choice([b"<script>1</script>", b"<g onload='1'/>", b"<foreignObject><body/></foreignObject>"])
    return b"<svg xmlns='http://www.w3.org/2000/svg'>" + inside + b"</svg>"


def table(rnd: Random) -> bytes:
    """A list of people as a table, all made up."""
    rows = ["氏名,生年月日,電話"] + [f"架空{n},19{rnd.randint(50, 99)}/4/{n + 1},03-0000-{n:04}" for n in range(12)]
    return "\r\n".join(rows).encode("cp932")


def numbers(rnd: Random) -> bytes:
    """Made-up individual numbers whose check digits are right."""
    def one() -> str:
        body = [rnd.randint(0, 9) for _ in range(11)]
        total = sum(d * (n + 1 if n <= 6 else n - 5) for n, d in enumerate(reversed(body), 1)) % 11
        return "".join(map(str, body)) + str(0 if total <= 1 else 11 - total)

    return ("個人番号\r\n" + "\r\n".join(one() for _ in range(4))).encode()


JAPANESE = "会社名,住所\r\n髙﨑（株）①,東京都ソ表能\r\n吉野,ｶﾅ～−\r\n"
FORMULAS = ["=cmd|' /C calc'!A0", '=HYPERLINK("x")', "@SUM(1)", "+1+cmd", "-2+3+cmd", "＝1＋1", "\t=1+1"]


def pictures() -> Iterator[Case]:
    """Pictures that are too large, cut, or two things at once."""
    yield Case("400mp.png", REFUSED, "too_many_pixels", lambda r: png(20_000 + r.randint(0, 99), 20_000, rows=9))
    yield Case("2g.png", REFUSED, "too_many_pixels", lambda r: png(2**31 - 1, 1, rows=0))
    yield Case("comment.png", ANY, "", text_bomb)
    yield Case("cut.png", REFUSED, "damaged", lambda r: png(90, 90)[: -r.randint(5, 30)])
    yield Case("cut.jpg", REFUSED, "damaged", lambda r: jpeg(r)[: -r.randint(3, 90)])
    yield Case("short.png", ANY, "", lambda r: png(90, 90, rows=3))
    yield Case("and-zip.png", REFUSED, "two_kinds", lambda r: png(9, 9) + zipped(r))
    yield Case("and-zip.jpg", REFUSED, "two_kinds", lambda r: jpeg(r) + zipped(r))
    yield Case("and-page.png", REFUSED, "two_kinds", lambda r: png(9, 9) + page(r))
    yield Case("and-program.jpg", REFUSED, "two_kinds", lambda r: jpeg(r) + b"MZ" + r.randbytes(300))
    yield Case("and-pdf.jpg", REFUSED, "two_kinds", lambda r: jpeg(r)[:20] + b"%PDF-1.7\n" + jpeg(r))
    yield Case("padded.jpg", FLAGGED, "trailing", lambda r: jpeg(r) + b"left over by the camera")
    yield Case("two-pictures.jpg", ACCEPTED, "", lambda r: jpeg(r) + jpeg(r))
    yield Case("good.jpg", ACCEPTED, "", jpeg)
    yield Case("good.png", ACCEPTED, "", lambda r: png(r.randint(1, 99), r.randint(1, 99)))
    yield Case("photo.jpg", REFUSED, "heic", lambda r: b"\0\0\0\x18ftypheic" + r.randbytes(99))


def lies() -> Iterator[Case]:
    """Files whose name and content do not agree, or that no portal should take."""
    for extension in ("pdf", "png", "jpg", "xlsx", "docx", "txt", "csv"):
        yield Case(f"page.{extension}", REFUSED, "markup", page)
        yield Case(f"drawing.{extension}", REFUSED, "markup", svg)
        yield Case(f"empty.{extension}", REFUSED, "empty", lambda r: b"")
    yield Case("drawing.svg", REFUSED, "markup", svg)
    yield Case("page.html", REFUSED, "markup", page)
    yield Case("utf16.txt", REFUSED, "markup", lambda r: page(r).decode().encode("utf-16"))
    yield Case("program.pdf", REFUSED, "kind_differs", lambda r: b"MZ" + r.randbytes(400))
    yield Case("picture.pdf", REFUSED, "kind_differs", lambda r: png(9, 9))
    yield Case("paper.png", REFUSED, "kind_differs", real_pdf)
    yield Case("noise.docx", REFUSED, "kind_differs", lambda r: b"\x7f" + r.randbytes(900))
    yield Case("archive.zip", REFUSED, "kind_not_taken", zipped)
    yield Case("script.sh", REFUSED, "kind_not_taken", lambda r: b"#!/bin/sh\necho")
    yield Case("pdf", REFUSED, "kind_not_taken", real_pdf)
    yield Case("old.xls", REFUSED, "old_office", lambda r: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(999))


def texts() -> Iterator[Case]:
    """Text in many encodings, formulas, binary, people."""
    for encoding in ("utf-8", "utf-8-sig", "cp932", "utf-16"):
        yield Case(f"{encoding}.csv", ACCEPTED, "", lambda r, e=encoding: JAPANESE.encode(e, "replace"))
    for encoding in ("euc_jp", "iso2022_jp"):
        yield Case(f"{encoding}.txt", ACCEPTED, "", lambda r, e=encoding: ("個人情報の取扱い\n" * 9).encode(e))
    yield Case("formula.csv", FLAGGED, "csv_formula", lambda r: f'a,b\r\n1,"{r.choice(FORMULAS)}"\r\n'.encode())
    yield Case("figures.csv", ACCEPTED, "", lambda r: "a\r\n-1,+2.5,-,-10%,+81-3-0000-0000,−5\r\n".encode())
    yield Case("binary.csv", REFUSED, "not_text", lambda r: b"a,b\r\n\0\1\2")
    yield Case("bell.txt", REFUSED, "not_text", lambda r: b"ding\x07dong")
    yield Case("cut.csv", REFUSED, "encoding", lambda r: ("あ" * 99).encode() + b"\xe3\x81")
    yield Case("wide.csv", REFUSED, "too_complex", lambda r: b"," * r.randint(20_000, 2_000_000))
    yield Case("long-cell.csv", ACCEPTED, "", lambda r: b'a\r\n"' + b"x" * (3 * MIB) + b'"\r\n')
    yield Case("people.csv", FLAGGED, "people_listed", table)
    yield Case("numbers.txt", FLAGGED, "my_number", numbers)
    yield Case("eicar.txt", ACCEPTED, "", lambda r: EICAR)


def papers() -> Iterator[Case]:
    """PDFs that act, hide, loop or break."""
    script = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
    active = {
        "javascript": script, "launch": b"/OpenAction<</S/Launch/F(cmd.exe)>>",
        "open-uri": b"/OpenAction<</S/URI/URI(http://127.0.0.1:9/)>>",
        "submit": b"/AA<</WC<</S/SubmitForm/F(http://127.0.0.1:9/)>>>>",
        "other-file": b"/OpenAction<</S/GoToR/F(\\\\\\\\127.0.0.1\\\\s)>>",
        "xfa": b"/AcroForm<</XFA[(x)4 0 R]>>", "hex-name": b"/OpenAction<</S/Java#53cript/J#53(1)>>",
    }
    for name, extra in active.items():
        yield Case(f"{name}.pdf", FLAGGED, "pdf_active", lambda r, e=extra: pdf(e))
    yield Case("opens-at-page.pdf", ACCEPTED, "", lambda r: pdf(b"/OpenAction[3 0 R/Fit]"))
    yield Case("words-only.pdf", ACCEPTED, "", lambda r: pdf(b"/Info2(see /JavaScript and /Launch)"))
    yield Case("embedded.pdf", FLAGGED, "pdf_embedded", lambda r: with_embedded(b"plain"))
    yield Case("names-only.pdf", FLAGGED, "pdf_embedded", lambda r: pdf(b"/Names<</EmbeddedFiles<</Names[]>>>>"))
    yield Case("user.pdf", FLAGGED, "pdf_password", lambda r: encrypted(user="secret"))
    yield Case("owner.pdf", FLAGGED, "pdf_restricted", lambda r: encrypted(user=""))
    yield Case("loop.pdf", REFUSED, "page_loop", lambda r: pdf(kids=b"2 0 R"))
    yield Case("no-pages.pdf", REFUSED, "damaged", lambda r: pdf(kids=b""))
    yield Case("deep.pdf", ANY, "", lambda r: pdf(b"/X " + b"[" * 40_000 + b"]" * 40_000))
    yield Case("cut.pdf", FLAGGED, "pdf_repaired", lambda r: real_pdf(r)[: -r.randint(20, 60)])
    yield Case("stub.pdf", REFUSED, "damaged", lambda r: pdf()[: r.randint(20, 60)])
    yield Case("header-only.pdf", REFUSED, "damaged", lambda r: b"%PDF-1.7\n" + page(r))
    yield Case("late-header.pdf", REFUSED, "two_kinds", lambda r: b"GIF89a/*\0\0*/" + pdf())
    yield Case("and-zip.pdf", REFUSED, "two_kinds", lambda r: real_pdf(r) + zipped(r))
    yield Case("and-page.pdf", REFUSED, "two_kinds", lambda r: real_pdf(r) + page(r))
    yield Case("bomb.pdf", ANY, "", lambda r: pdf(content=bytes(r.randint(150, 200) * MIB)))
    yield Case("embedded-bomb.pdf", REFUSED, "bomb", lambda r: with_embedded(bytes(150 * MIB)))
    yield Case("large-page.pdf", ACCEPTED, "", lambda r: pdf(box=b"0 0 14400 14400"))
    yield Case("good.pdf", ACCEPTED, "", real_pdf)


def documents() -> Iterator[Case]:
    """Office files: bombs, macros, links, passwords, broken parts."""
    for kind, extension in ((XLSX, "xlsx"), (DOCX, "docx")):
        for name, (verdict, reason, make) in office(kind).items():
            yield Case(f"{name}.{extension}", verdict, reason, make)
    yield Case("word.xlsx", REFUSED, "kind_differs", lambda r: archive(DOCX.parts()))
    yield Case("sheet.docx", REFUSED, "kind_differs", lambda r: archive(XLSX.parts()))
    yield Case("archive.docx", REFUSED, "kind_differs", zipped)
    yield Case("many.xlsx", REFUSED, "bomb", lambda r: archive({f"d/{n}": b"" for n in range(10_001)}))
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>'
    yield Case("far-cell.xlsx", ACCEPTED, "", lambda r: archive(XLSX.parts(far)))


def cases() -> list[Case]:
    """Every case, in the order of the file."""
    return [*pictures(), *lies(), *texts(), *papers(), *documents()]


def mutated(data: bytes, rnd: Random) -> bytes:
    """The bytes with one to five small accidents: flipped, cut, doubled, blanked, filled with noise."""
    for _ in range(rnd.randint(1, 5)):
        if len(data) < 8:
            return data
        at, length = rnd.randrange(len(data)), rnd.randint(1, max(1, len(data) // 8))
        accident = rnd.choice(["flip", "cut", "double", "blank", "noise"])
        new: Mapping[str, bytes] = {
            "flip": bytes([data[at] ^ (1 << rnd.randrange(8))]) + data[at + 1 : at + length],
            "cut": b"", "double": data[at : at + length] * 2, "blank": bytes(length), "noise": rnd.randbytes(length),
        }
        data = data[:at] + new[accident] + data[at + length :]
    return data


def is_zip(data: bytes) -> bool:
    """Whether the bytes open as an archive."""
    return zipfile.is_zipfile(io.BytesIO(data))
