"""Reads from a document's text until when it holds; a suggestion for people, never a fact."""

import re
import unicodedata
from datetime import date

from portal.core.dates import BadDate, read_date

LABEL = re.compile(
    r"有効期[限間]|満了日|valid (?:until|through|thru|to)|expir(?:y|es|ation)(?: date)?|date of expiry", re.IGNORECASE)
DAY = re.compile(
    r"(?:令和|平成) ?(?:元|\d{1,2}) ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|\d{4} ?[年./-] ?\d{1,2} ?[月./-] ?\d{1,2} ?日?"
    r"|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+\.?,? \d{4}|[A-Z][a-z]+\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}")
UP_TO = re.compile(r"\s*(?:から|より|~|〜|[-–]|to|through|until)\s*")
WINDOW = 40


def read_end(text: str) -> date | None:
    """Give the last day that a text says it holds, where all it says of that agrees; None otherwise."""
    plain = unicodedata.normalize("NFKC", text)
    found = {day for label in LABEL.finditer(plain) if (day := _after(plain, label.end()))}
    return found.pop() if len(found) == 1 else None


def _after(plain: str, start: int) -> date | None:
    """The day that follows a label; of a period its end."""
    day = DAY.search(plain, start, start + WINDOW)
    if day is None:
        return None
    between = UP_TO.match(plain, day.end())
    end = DAY.match(plain, between.end()) if between else None
    try:
        return read_date((end or day)[0])
    except BadDate:
        return None
