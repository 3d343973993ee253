"""PDFs for the tests: written by hand where a library would not write such a thing, by pikepdf otherwise."""

import io
import random
import zlib

import pikepdf


def pdf(extra: bytes = b"", *, kids: bytes = b"3 0 R", content: bytes = b"", box: bytes = b"0 0 200 200") -> bytes:
    """A whole PDF of one page with a right cross-reference table; `extra` goes into its catalogue."""
    packed = zlib.compress(content, 1)
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R" + extra + b">>",
        b"<</Type/Pages/Kids[" + kids + b"]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[" + box + b"]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed + b"\nendstream",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 5\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size 5>>\nstartxref\n%d\n%%%%EOF\n" % (
        table, len(out))


def saved(document: pikepdf.Pdf, **options: object) -> bytes:
    """A document's bytes."""
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


def real_pdf(rnd: random.Random) -> bytes:
    """A PDF of a few pages as a library writes it."""
    document = pikepdf.new()
    for number in range(rnd.randint(1, 4)):
        page = document.add_blank_page(page_size=(300, 400))
        page.Contents = document.make_stream(b"%d 0 0 rg 20 20 99 99 re f\n" % (number % 2) + b"q Q\n" * 99)
    return saved(document)


def with_embedded(data: bytes, name: str = "添付.bin") -> bytes:
    """A PDF with a file inside."""
    document = pikepdf.new()
    document.add_blank_page()
    document.attachments[name] = pikepdf.AttachedFileSpec(document, data, filename=name)
    return saved(document)


def encrypted(user: str) -> bytes:
    """A PDF with an owner's password, and a reader's if one is given."""
    document = pikepdf.new()
    document.add_blank_page()
    return saved(document, encryption=pikepdf.Encryption(owner="owner", user=user, R=6))
