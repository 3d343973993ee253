"""The signature's container is the only part that no signature covers: whatever is changed in it is found."""

import random
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore

from portal.packet import exact
from portal.packet.report import Answer
from portal.packet.seal import Sealer
from portal.packet.verify import verify_bytes
from tests.packet.sample import NOW

HEX = {False: b"0123456789abcdef", True: b"0123456789ABCDEF"}  # by whether a container is in capitals


def gap(pdf: bytes) -> tuple[int, int]:
    """Give where the signature's brackets stand: from the first to behind the last."""
    start = pdf.index(b"/Contents <30") + len(b"/Contents ")
    return start, pdf.index(b">", start) + 1


def digits(container: bytes) -> bytes:
    """Give the sixteen digits in the case of a container: a digit in another case would be found by its case alone."""
    return HEX[container == container.upper()]


@pytest.fixture(scope="module")
def page(authority) -> bytes:
    """One empty page under the house's seal: its container is that of any packet, and it is judged in no time."""
    book, made = pikepdf.new(), BytesIO()
    book.add_blank_page()
    book.save(made)
    return Sealer(authority, lambda: NOW).seal(made.getvalue()).pdf


def test_any_changed_digit_of_the_signature_is_found(sealed, trust) -> None:
    """The container is the only part that the signature itself does not cover."""
    first, last = gap(sealed.pdf)
    used = 2 * len(exact.container(sealed.pdf[first:last]))
    hexadecimal = digits(sealed.pdf[first:last])
    dice = random.Random(412)
    places = [first, last - 1, *(dice.randrange(first + 1, first + used) for _ in range(160))]
    places += [dice.randrange(first + used, last - 1) for _ in range(10)]
    for place in places:
        bent = bytearray(sealed.pdf)
        bent[place] = dice.choice([digit for digit in hexadecimal if digit != bent[place]])
        assert verify_bytes(bytes(bent), trust, NOW).answer is Answer.CHANGED, place
    other_case = sealed.pdf[:first] + sealed.pdf[first:last].swapcase() + sealed.pdf[last:]
    half = sealed.pdf[: first + 400] + sealed.pdf[first + 400 : last].swapcase() + sealed.pdf[last:]
    assert verify_bytes(half, trust, NOW).answer is Answer.CHANGED
    assert exact.container(other_case[first:last]) == exact.container(sealed.pdf[first:last])


@pytest.mark.slow
def test_every_byte_of_the_container_is_guarded(page, trust) -> None:
    """All of them, one after the other; what the strict reading lets pass, the signature must catch."""
    assert verify_bytes(page, trust, NOW).answer is Answer.UNJUDGED  # the seal holds; there is no manifest inside
    first, last = gap(page)
    used, hexadecimal = len(exact.container(page[first:last])), digits(page[first:last])
    store = DocumentSecurityStore.read_dss(PdfFileReader(BytesIO(page)))
    known = [reference.get_object().data for reference in store.certs.values()]
    exact.check(page[first:last], known)
    left = 0
    for place in range(first + 1, first + 1 + 2 * used, 2):
        byte = int(page[place : place + 2], 16) ^ 1
        bent = page[:place] + bytes([hexadecimal[byte >> 4], hexadecimal[byte & 15]]) + page[place + 2 :]
        try:
            exact.check(bent[first:last], known)
        except exact.NotExact:
            continue
        left += 1
        assert verify_bytes(bent, trust, NOW).answer is Answer.CHANGED, place - first
    assert 1500 < left < 3000  # signatures, signed fields and what they name
