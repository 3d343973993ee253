"""Office files for the tests, put together part by part so that each can be wrong in one way."""

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

MAIN = "http://schemas.openxmlformats.org/"
TYPES = MAIN + "package/2006/content-types"
RELATIONS = MAIN + "package/2006/relationships"
OFFICE = MAIN + "officeDocument/2006/relationships"
MIB = 1 << 20
Make = Callable[[random.Random], bytes]


@dataclass(frozen=True)
class Sort:
    """One sort of Office file: its main part, that part's content type, and how text stands in it."""

    main: str
    content_type: str
    body: str

    def parts(self, inside: bytes = b"", *, head: str = "", more: dict[str, bytes] | None = None) -> dict[str, bytes]:
        """The parts of a whole, valid file; `inside` goes into the body, `head` before it."""
        folder, name = self.main.split("/")
        types = (f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
                 f'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override '
                 f'PartName="/{self.main}" ContentType="{self.content_type}"/></Types>')
        found = {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": relations(("officeDocument", self.main, False)),
            self.main: (head + self.body).encode().replace(b"%", inside),
        }
        if folder == "xl":
            sheet = f'<worksheet xmlns="{MAIN}spreadsheetml/2006/main"><sheetData>%</sheetData></worksheet>'
            found["xl/worksheets/sheet1.xml"] = (head + sheet).encode().replace(b"%", inside)
            found[f"xl/_rels/{name}.rels"] = relations(("worksheet", "worksheets/sheet1.xml", False))
        return found | (more or {})


def relations(*entries: tuple[str, str, bool]) -> bytes:
    """A part of relationships: sort, target, whether the target is outside."""
    told = "".join(f'<Relationship Id="rId{n}" Type="{OFFICE}/{sort}" Target="{target}"'
                   + (' TargetMode="External"/>' if outside else "/>") for n, (sort, target, outside)
                   in enumerate(entries, 1))
    return f'<Relationships xmlns="{RELATIONS}">{told}</Relationships>'.encode()


XLSX = Sort(
    "xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    f'<workbook xmlns="{MAIN}spreadsheetml/2006/main" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>')
DOCX = Sort(
    "word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    f'<w:document xmlns:w="{MAIN}wordprocessingml/2006/main"><w:body><w:p><w:r>%</w:r></w:p></w:body></w:document>')


def archive(parts: dict[str, bytes], comment: bytes = b"") -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, data in parts.items():
            file.writestr(name, data)
        file.comment = comment
    return out.getvalue()


def says(sort: Sort, text: bytes) -> bytes:
    """The text as it stands in this sort's body."""
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>%s</t></is></c></row>'
    return cell % text if sort is XLSX else b"<w:t>%s</w:t>" % text


def macro(sort: Sort, rnd: random.Random) -> bytes:
    """A file with a macro project in it."""
    folder = sort.main.split("/")[0]
    return archive(sort.parts(more={f"{folder}/vbaProject.bin": rnd.randbytes(200)}))


def renamed(sort: Sort) -> bytes:
    """A macro file whose extension was changed to the plain one."""
    parts = sort.parts()
    marked = {XLSX: b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
              DOCX: b"application/vnd.ms-word.document.macroEnabled.main+xml"}[sort]
    types = "[Content_Types].xml"
    return archive(parts | {types: parts[types].replace(sort.content_type.encode(), marked)})


def laughs() -> str:
    """Entities that grow a billionfold."""
    names = "abcdefghij"
    grown = "".join(f'<!ENTITY {name} "{("&" + before + ";") * 10}">'
                    for before, name in pairwise(names))
    return f'<!DOCTYPE w [<!ENTITY a "lol">{grown}]>'


def encrypted_office(rnd: random.Random) -> bytes:
    """The frame of a file saved with a password: a compound file that holds an encrypted package."""
    return (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + bytes(480)
            + rnd.randbytes(2048))


def linked(sort: Sort, kind: str, target: str) -> bytes:
    """A file whose main part points outside."""
    folder, name = sort.main.split("/")
    return archive(sort.parts(more={f"{folder}/_rels/{name}.rels": relations((kind, target, True))}
                              if sort is DOCX else {f"{folder}/_rels/other.xml.rels": relations((kind, target, True))}))


def tampered(sort: Sort, rnd: random.Random) -> bytes:
    """A file with one byte of a packed part changed."""
    data = bytearray(archive(sort.parts(says(sort, rnd.randbytes(60).hex().encode()))))
    data[data.find(sort.main.encode()) + len(sort.main) + 20] ^= 0xFF
    return bytes(data)


def encrypted_entry(sort: Sort) -> bytes:
    """An archive whose entries say that they are encrypted."""
    data = archive(sort.parts())
    return data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


def office(sort: Sort) -> dict[str, tuple[str, str, Make]]:
    """Every way in which a file of this sort is wrong or odd: name → verdict, reason, maker."""
    folder = sort.main.split("/")[0]
    huge = says(sort, b"A" * (80 * MIB))
    object_part = {f"{folder}/embeddings/oleObject1.bin": b"an object"}
    xxe = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    return {
        "good": ("accepted", "", lambda r: archive(sort.parts(says(sort, b"good %d" % r.randint(1, 99))))),
        "hyperlink": ("accepted", "", lambda r: linked(sort, "hyperlink", "https://www.example.jp/")),
        "own-template": ("accepted", "", lambda r: linked(sort, "attachedTemplate", "file:///C:\\Normal.dotm")),
        "remote-template": ("refused", "remote_template",
                            lambda r: linked(sort, "attachedTemplate", "https://evil.example/t.dotm")),
        "share-template": ("refused", "remote_template",
                           lambda r: linked(sort, "attachedTemplate", "\\\\192.0.2.1\\t.dotm")),
        "external": ("flagged", "office_external",
                     lambda r: linked(sort, "externalLinkPath", "file:///C:\\books\\other.xlsx")),
        "object": ("flagged", "office_embedded", lambda r: archive(sort.parts(more=object_part))),
        "page-inside": ("flagged", "office_embedded", lambda r: archive(sort.parts(more={"a/x.html": b"<script>"}))),
        "macro": ("refused", "macro", lambda r: macro(sort, r)),
        "macro-renamed": ("refused", "macro", lambda r: renamed(sort)),
        "activex": ("refused", "macro", lambda r: archive(sort.parts(more={f"{folder}/activeX/a.xml": b"<a/>"}))),
        "bomb": ("refused", "bomb", lambda r: archive(sort.parts(huge))),
        "laughs": ("refused", "doctype", lambda r: archive(sort.parts(says(sort, b"&j;"), head=laughs()))),
        "xxe": ("refused", "doctype", lambda r: archive(sort.parts(says(sort, b"&x;"), head=xxe))),
        "deep": ("refused", "too_complex",
                 lambda r: archive(sort.parts(more={"a.xml": b"<a>" * 9_000 + b"</a>" * 9_000}))),
        "not-xml": ("refused", "damaged", lambda r: archive(sort.parts(b"<unclosed>" + r.randbytes(9).hex().encode()))),
        "password": ("refused", "office_password", encrypted_office),
        "entry-password": ("refused", "office_password", lambda r: encrypted_entry(sort)),
        "climbing": ("refused", "damaged", lambda r: archive(sort.parts(more={"../../evil.txt": b"x"}))),
        "absolute": ("refused", "damaged", lambda r: archive(sort.parts(more={"/etc/evil.txt": b"x"}))),
        "cut": ("refused", "damaged", lambda r: archive(sort.parts())[: -r.randint(30, 90)]),
        "tampered": ("refused", "damaged", lambda r: tampered(sort, r)),
        "padded": ("flagged", "trailing", lambda r: archive(sort.parts()) + b"left over"),
        "and-pdf": ("refused", "two_kinds", lambda r: archive(sort.parts()) + b"%PDF-1.7\n%%EOF"),
    }
