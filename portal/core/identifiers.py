"""Numbers that identify: 法人番号, My Number (only to warn of it), WMDA issuing-organisation numbers."""

import re
import unicodedata

TWELVE = re.compile(r"(?<!\d)(?:\d{12}|\d{4}[- ]\d{4}[- ]\d{4})(?!\d)")
ION = re.compile(r"(?:ION[ -]?)?(\d{4})", re.IGNORECASE)
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－", "-"))


def normalise(text: str) -> str:
    """Give text with half-width letters and digits, plain hyphens and single spaces, without a margin."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(DASHES).split())


def digits(text: str) -> str:
    """Give the digits of a number as typed, with spaces and hyphens dropped."""
    return normalise(text).replace("-", "").replace(" ", "")


def is_corporate_number(text: str) -> bool:
    """Say whether text is a 法人番号: 13 digits of which the first checks the rest (modulus 9)."""
    number = digits(text)
    if not re.fullmatch(r"[1-9][0-9]{12}", number):
        return False
    weighted = sum(int(digit) * (1 if place % 2 == 0 else 2) for place, digit in enumerate(reversed(number[1:])))
    return int(number[0]) == 9 - weighted % 9


def is_my_number(text: str) -> bool:
    """Say whether text has the form of an Individual Number: 12 digits, the last checking the rest (modulus 11)."""
    number = digits(text)
    if not re.fullmatch(r"[0-9]{12}", number):
        return False
    weights = (2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6)
    rest = sum(int(digit) * weight for digit, weight in zip(reversed(number[:-1]), weights, strict=True)) % 11
    return int(number[-1]) == (0 if rest <= 1 else 11 - rest)


def count_my_numbers(text: str) -> int:
    """Count what looks like Individual Numbers in a text, to warn before it is kept; the numbers are not given."""
    plain = unicodedata.normalize("NFKC", text).translate(DASHES)
    return sum(is_my_number(match[0]) for match in TWELVE.finditer(plain))


def read_ion(text: str) -> str | None:
    """Take a WMDA issuing-organisation number as typed (4364, ion 4364); give ION-4364, or nothing if it is none."""
    match = ION.fullmatch(normalise(text))
    return f"ION-{match[1]}" if match else None
