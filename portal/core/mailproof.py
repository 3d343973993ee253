"""Proofs of a text of a mail: what keeps it from being used, and what its writer should look at once more."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portal.core.errors import N_
from portal.core.mailtext import NAME, Opened

WIDEST = {"ja": 70, "en": 78}
"""Half-width letters that a line may have, by language."""
LONGEST_SUBJECT, LONGEST_BODY = 200, 10_000
UNKNOWN = N_("These placeholders are not known here: %(unknown)s. Allowed are: %(allowed)s.")
MISSING = N_("These placeholders must stay in the subject or the text: %(missing)s.")
BRACE = N_("A brace stands alone. Write placeholders as they stand in the list.")
WIDE_BRACE = N_("Write the braces of placeholders in half width: {name}.")
CONTROL = N_("There is an invisible control character in it. Please type the passage again.")
PASSAGE = N_("These placeholders may stand in the text only, as they can be several lines: %(passages)s.")
SUBJECT = N_("Enter a subject of one line, at most 200 characters.")
BODY = N_("Enter a text of at most 10,000 characters.")
GREETING = {
    "ja": N_("The salutation is missing: a line with {name} and 様."),
    "en": N_("The salutation is missing: a line that begins with Dear and has {name}."),
}
SENDER = N_("The sender is missing: {signature} on a line of its own.")
_GREETS = {
    "ja": re.compile(r"\{name\}[ \t\u3000]*(?:様|殿|先生)"),
    "en": re.compile(r"^(?:Dear|Hello|To)\b.*\{name\}", re.MULTILINE),
}
_SIGNED = re.compile(r"^\{signature\}[ \t]*$", re.MULTILINE)
_PAIRS = ("（）", "「」", "『』", "【】", "〔〕")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a written text: a sentence for the subject or the body, with the values of its places."""

    place: str
    sentence: str
    values: Mapping[str, str] = field(default_factory=dict)


def problems(shipped: Opened, subject: str, body: str) -> list[Wrong]:
    """Say what keeps a text from being used; without any, every letter of its occasion can be written with it."""
    wrong = [one for place, text in (("subject", subject), ("body", body)) for one in _marks(shipped, place, text)]
    if not subject.strip() or len(subject) > LONGEST_SUBJECT or len(subject.splitlines()) > 1:
        wrong.append(Wrong("subject", SUBJECT))
    passages = [name for name in _names(subject) if name in shipped.known and name not in _names(shipped.subject)
                and shipped.pieces[name].startswith("{%")]
    if passages:
        wrong.append(Wrong("subject", PASSAGE, {"passages": _listed(passages)}))
    if not body.strip() or len(body) > LONGEST_BODY:
        return [*wrong, Wrong("body", BODY)]
    there = {*_names(subject), *_names(body)}
    missing = [name for name, one in shipped.known.items()
               if one.needed and name not in there and name not in ("name", "signature")]
    if missing:
        wrong.append(Wrong("body", MISSING, {"missing": _listed(missing)}))
    return wrong + _frame(shipped, body)


def _marks(shipped: Opened, place: str, text: str) -> list[Wrong]:
    unknown = [name for name in _names(text) if name not in shipped.known]
    if unknown:
        return [Wrong(place, UNKNOWN, {"unknown": _listed(unknown), "allowed": _listed(shipped.known)})]
    if re.search(r"[｛｝]", text):
        return [Wrong(place, WIDE_BRACE)]
    if re.search(r"[{}]", NAME.sub("", text)):
        return [Wrong(place, BRACE)]
    if any(unicodedata.category(letter) == "Cc" and letter not in "\n\t" for letter in text):
        return [Wrong(place, CONTROL)]
    return []


def _frame(shipped: Opened, body: str) -> list[Wrong]:
    """Every letter greets its reader by name and ends with who sent it."""
    wrong = []
    if "name" in shipped.known and not _GREETS[shipped.language].search(body):
        wrong.append(Wrong("body", GREETING[shipped.language]))
    if "signature" in shipped.known and not _SIGNED.search(body):
        wrong.append(Wrong("body", SENDER))
    return wrong


def left_out(shipped: Opened, other: Opened, here: str, there: str) -> list[str]:
    """Give what a text leaves out and its other language keeps, though both shipped texts say it."""
    both = set(shipped.known) & set(other.known)
    return [name for name in shipped.known if name in both and name in _names(there) and name not in _names(here)]


def unpaired(text: str) -> list[str]:
    """Give the pairs of Japanese brackets of which one side is missing in a text."""
    return [pair for pair in _PAIRS if text.count(pair[0]) != text.count(pair[1])]


def width(line: str) -> int:
    """Give how wide a line is, in half-width letters."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def too_wide(text: str, language: str) -> list[tuple[int, int]]:
    """Give the lines (number from 1, width) wider than a language allows; one that holds an address may be longer."""
    return [(number, width(line)) for number, line in enumerate(text.splitlines(), 1)
            if width(line) > WIDEST[language] and "://" not in line]


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(NAME.findall(text)))


def _listed(names: Iterable[str]) -> str:
    return " ".join(f"{{{name}}}" for name in names)
