"""Printed sections into one file: pages, structure trees, bookmarks, links, furniture, attachments, fixed dates."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any, cast
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, OutlineItem, Page, Pdf, String

from portal.packet.press import ORIGIN, Mark, Printed

SQUEEZED = ("application/json", "text/plain")
PRODUCER = "JMDP supervision portal"


class CannotBind(RuntimeError):
    """The printed sections do not fit together; the text says what is missing."""


@dataclass(frozen=True)
class Attachment:
    """A file to go inside: its ASCII name, its own name, kind, meaning, bytes, and its relation to the document."""

    ascii: str
    name: str
    mime: str
    meaning: str
    data: bytes
    relation: str = "Data"


@dataclass(frozen=True)
class Imprint:
    """What the file says about itself: title, subject, issuer and its one date (UTC)."""

    title: str
    subject: str
    author: str
    at: datetime


@dataclass
class _Book:
    """The growing file: where each anchor stands, and the structure gathered so far."""

    pdf: Pdf = field(default_factory=Pdf.new)
    anchors: dict[str, tuple[int, float]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    parents: list[Any] = field(default_factory=list)
    next_parent: int = 0
    links: list[tuple[Object, str]] = field(default_factory=list)


def _add(book: _Book, printed: Printed, document: Object) -> None:
    """Append one section's pages with their structure, its numbers moved behind those already there."""
    with Pdf.open(BytesIO(printed.pdf)) as source:
        first = len(book.pdf.pages)
        book.pdf.add_pages_from(source, forms="strip", layers="ignore", outlines="ignore")
        tree = book.pdf.copy_foreign(source.Root.StructTreeRoot)
        if first == 0:
            _colours(book.pdf, source)
    for page in list(book.pdf.pages)[first:]:
        page.obj.StructParents = int(page.obj.StructParents) + book.next_parent
        for annotation in page.obj.get("/Annots", ()):
            annotation.StructParent = int(annotation.StructParent) + book.next_parent
            target = str(annotation.A.URI)
            if target.startswith(ORIGIN):
                book.links.append((annotation, target.removeprefix(ORIGIN + "#")))
    for part in tree.K[0].K:
        part.P = document
        document.K.append(part)
    numbers = list(tree.ParentTree.Nums)
    for key, value in zip(numbers[::2], numbers[1::2], strict=True):
        book.parents += [int(key) + book.next_parent, value]
    book.next_parent += max((int(key) for key in numbers[::2]), default=-1) + 1
    book.anchors |= {name: (page + first, top) for name, (page, top) in printed.anchors.items()}
    book.marks += [Mark(mark.level, mark.label, mark.page + first, mark.top) for mark in printed.marks]


def _colours(pdf: Pdf, source: Pdf) -> None:
    """Take over the colour profile that PDF/A asks for."""
    intent = source.Root.OutputIntents[0]
    profile = pdf.copy_foreign(intent.DestOutputProfile)
    name = String(str(intent.OutputConditionIdentifier))
    kind = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=name, Info=name)
    kind.DestOutputProfile = profile
    pdf.Root.OutputIntents = Array([kind])


def _structure(pdf: Pdf) -> tuple[Object, Object]:
    """Make the one structure tree that all sections hang from."""
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree, K=Array()))
    tree.K = Array([document])
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.Lang = String("ja-JP")
    pdf.Root.PageMode = Name.UseOutlines
    return tree, document


def _join_links(book: _Book) -> None:
    """Lead every inner link to its page; CannotBind where it would lead nowhere."""
    labels = {(mark.page, round(mark.top)): mark.label for mark in book.marks}
    for annotation, name in book.links:
        if name not in book.anchors:
            raise CannotBind(f"a link leads to {name}, which is not in the packet")
        page, top = book.anchors[name]
        annotation.Dest = Array([book.pdf.pages[page].obj, Name.XYZ, 0, round(top, 2), 0])
        annotation.Contents = String(labels.get((page, round(top)), f"p. {page + 1}"))
        del annotation.A


def _bookmarks(book: _Book) -> None:
    """Set the bookmarks, nested by level; deeper ones closed at first."""
    with book.pdf.open_outline() as outline:
        open_items: list[tuple[int, OutlineItem]] = []
        for mark in book.marks:
            item = OutlineItem(mark.label, mark.page, "XYZ", left=0, top=round(mark.top, 2))
            item.is_closed = mark.level > 1
            while open_items and open_items[-1][0] >= mark.level:
                open_items.pop()
            (open_items[-1][1].children if open_items else outline.root).append(item)
            open_items.append((mark.level, item))


def _furnish(pdf: Pdf, furniture: Printed) -> None:
    """Lay head and foot lines under every page as artifacts, outside the structure."""
    if furniture.pages != len(pdf.pages):
        raise CannotBind(f"{furniture.pages} foot lines for {len(pdf.pages)} pages")
    with Pdf.open(BytesIO(furniture.pdf)) as source:
        for page, lines in zip(pdf.pages, source.pages, strict=True):
            form = pdf.copy_foreign(lines.as_form_xobject())
            _lay(page, form)


def _lay(page: Page, form: Object) -> None:
    resources: Any = Dictionary(cast(Any, page.obj.Resources))
    resources.XObject = Dictionary(cast(Any, resources.get("/XObject", {})))
    resources.XObject.Furniture = form
    page.obj.Resources = resources
    page.contents_add(b"/Artifact <</Type /Pagination>> BDC q /Furniture Do Q EMC", prepend=True)


def _date(at: datetime) -> str:
    return at.strftime("D:%Y%m%d%H%M%S+00'00'")


def _attach(pdf: Pdf, attachments: Iterable[Attachment], at: datetime) -> None:
    """Put the files inside as associated files, in the order of their names."""
    names, associated = Array(), Array()
    for item in sorted(attachments, key=lambda item: item.ascii):
        # Stored, not squeezed: uploads are mostly compressed already, and squeezing 200 MB takes four times as long.
        stream = pdf.make_stream(zlib.compress(item.data, 6 if item.mime in SQUEEZED else 0), Filter=Name.FlateDecode)
        stream.Type, stream.Subtype = Name.EmbeddedFile, Name("/" + item.mime)
        stream.Params = Dictionary(Size=len(item.data), ModDate=String(_date(at)), CreationDate=String(_date(at)))
        spec = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F=String(item.ascii),
                UF=String(item.name),
                Desc=String(item.meaning),
                AFRelationship=Name("/" + item.relation),
                EF=Dictionary(F=stream, UF=stream),
            )
        )
        names.extend([String(item.ascii), spec])
        associated.append(spec)
    if len(names):
        pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))
        pdf.Root.AF = associated


def _metadata(imprint: Imprint) -> bytes:
    """Give the XMP packet that names the file both PDF/A-3a and PDF/UA-1."""
    when = imprint.at.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    title, subject, author = map(escape, (imprint.title, imprint.subject, imprint.author))
    return XMP.format(title=title, subject=subject, author=author, when=when, producer=PRODUCER).encode()


def bind(sections: Sequence[Printed], furniture: Printed, attachments: Iterable[Attachment], imprint: Imprint) -> bytes:
    """Join printed sections into one PDF/A-3a and PDF/UA-1 file; the same input gives the same bytes."""
    book = _Book()
    pdf = book.pdf
    tree, document = _structure(pdf)
    for printed in sections:
        _add(book, printed, document)
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(book.parents)))
    tree.ParentTreeNextKey = book.next_parent
    _join_links(book)
    _bookmarks(book)
    _furnish(pdf, furniture)
    _attach(pdf, attachments, imprint.at)
    return _named(pdf, imprint)


def stamp(printed: bytes, imprint: Imprint) -> bytes:
    """Name a file that was printed whole both PDF/A-3a and PDF/UA-1; the same input gives the same bytes."""
    with Pdf.open(BytesIO(printed)) as pdf:
        return _named(pdf, imprint)


def _named(pdf: Pdf, imprint: Imprint) -> bytes:
    pdf.Root.Metadata = pdf.make_stream(_metadata(imprint), Type=Name.Metadata, Subtype=Name.XML)
    for key, text in (("/Title", imprint.title), ("/Subject", imprint.subject), ("/Author", imprint.author)):
        pdf.docinfo[key] = String(text)
    pdf.docinfo["/Producer"] = String(PRODUCER)
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = String(_date(imprint.at))
    output = BytesIO()
    pdf.save(output, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate, min_version="1.7")
    return output.getvalue()


XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>ja-JP</rdf:li><rdf:li>en</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the document conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""
