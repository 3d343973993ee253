"""Hints that a file holds personal data evidence rarely needs: individual numbers, lists of people.

A hint warns the sender before anybody else has read the file (policy II.2; Numbers Act Art. 20, which
forbids keeping individual numbers without need); it refuses nothing, for it may be wrong.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from portal.core.evidence.verdicts import Reason

TWELVE = re.compile(r"(?<![\d.,-])\d{4}[ -]?\d{4}[ -]?\d{4}(?![\d.,-])")
NAMED_NUMBER = re.compile(r"個人番号|マイナンバー|My ?Number|Individual Number", re.IGNORECASE)
HEADING = re.compile(
    r"(氏名|お名前|名前|患者名|ドナー|提供者|フリガナ|ふりがな|生年月日|性別|年齢|住所|電話|携帯|メール|血液型|病名"
    r"|full name|first name|last name|surname|patient|donor|date of birth|birth ?date|sex|gender|address|phone"
    r"|e-?mail)", re.IGNORECASE)
PERSON = re.compile(r"氏名|名前|患者|ドナー|提供者|フリガナ|ふりがな|name|patient|donor", re.IGNORECASE)
BIRTHDAY = re.compile(r"(?<!\d)(?:19[3-9]\d|20[01]\d)[/.年-] ?(?:1[0-2]|0?[1-9])[/.月-] ?(?:3[01]|[12]\d|0?[1-9])(?!\d)"
                      r"|[昭平SH][和成]? ?\d{1,2}[年./-] ?\d{1,2}[月./-] ?\d{1,2}")
ENOUGH_PEOPLE = 10
ENOUGH_NUMBERS = 3


def is_my_number(digits: str) -> bool:
    """Say whether twelve digits end in the check digit of an individual number (its ordinance, Art. 5; unverified)."""
    body, check = [int(digit) for digit in reversed(digits[:11])], int(digits[11])
    total = sum(digit * (place + 1 if place <= 6 else place - 5) for place, digit in enumerate(body, 1))
    rest = total % 11
    return check == (0 if rest <= 1 else 11 - rest)


def my_numbers(text: str) -> set[str]:
    """Give the different runs of twelve digits in a text that could be individual numbers."""
    plain = unicodedata.normalize("NFKC", text)
    found = {re.sub(r"\D", "", run) for run in TWELVE.findall(plain)}
    return {digits for digits in found if len(set(digits)) > 3 and is_my_number(digits)}


def lists_people(rows: Iterable[Sequence[str]]) -> bool:
    """Say whether rows of a table hold a heading that names people and at least ten filled rows under it."""
    width, filled = 0, 0
    for row in rows:
        cells = [cell.strip() for cell in row if cell and cell.strip()]
        headings = [cell for cell in cells if len(cell) <= 20 and HEADING.search(cell)]
        if len(headings) >= 2 and any(PERSON.search(cell) for cell in headings):
            width, filled = len(cells), 0
        elif width and len(cells) * 2 >= width:
            filled += 1
            if filled >= ENOUGH_PEOPLE:
                return True
    return False


def hints(text: str, rows: Iterable[Sequence[str]] = ()) -> list[Reason]:
    """Give the warnings a file's text, and its table rows where it has them, call for."""
    numbers = my_numbers(text)
    told = []
    # One twelve-digit number in eleven passes the check by chance, so a bare one says nothing.
    if len(numbers) >= ENOUGH_NUMBERS or (numbers and NAMED_NUMBER.search(text)):
        told.append(Reason.MY_NUMBER)
    lines = (re.split(r"\t| {2,}|　|,", line) for line in text.splitlines())
    birthdays = sum(1 for line in text.splitlines() if BIRTHDAY.search(line))
    listed = birthdays >= 2 * ENOUGH_PEOPLE and PERSON.search(text) is not None
    if lists_people(rows) or listed or lists_people(lines):
        told.append(Reason.PEOPLE_LISTED)
    return told
