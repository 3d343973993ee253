"""Texts of mails that an administrator may write: a shipped text with names in place of its code, opened and filled.

Nothing of what was written is ever run: names in braces are replaced once, by values that are not looked at again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.core.placeholders import PLACEHOLDERS, Placeholder

NAME = re.compile(r"\{([a-z_]+)\}")
"""A placeholder as it is written."""
_ALONE = re.compile(r"^\{([a-z_]+)\}$")
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
_OPENS = re.compile(r"\{%\s*(?:if|for)\b")
_ENDS = re.compile(r"\{%\s*end(?:if|for)\b")
_BY_LENGTH = sorted(PLACEHOLDERS, key=lambda one: -len(one.source))


@dataclass(frozen=True, slots=True)
class Opened:
    """A shipped text with names in the place of its code; `pieces` holds the code of each name, `known` what it is."""

    language: str
    subject: str
    body: str
    pieces: Mapping[str, str]
    known: Mapping[str, Placeholder]


@dataclass(slots=True)
class _Reading:
    """How far a shipped text was read."""

    source: str
    at: int = 0
    text: list[str] = field(default_factory=list)
    pieces: dict[str, str] = field(default_factory=dict)
    known: dict[str, Placeholder] = field(default_factory=dict)

    def take(self, one: Placeholder, piece: str) -> None:
        """Put a name in the place of a piece."""
        self.pieces[one.name], self.known[one.name] = piece, one
        self.text.append(f"{{{one.name}}}" + ("\n" if piece.endswith("\n") else ""))
        self.at += len(piece)


def opened(source: str, language: str) -> Opened | None:
    """Open a shipped text for writing; None where it holds code that no placeholder stands for."""
    reading = _Reading(source)
    while reading.at < len(source):
        rest = source[reading.at:]
        if not rest.startswith(("{{", "{%")):
            next_tag = re.search(r"\{\{|\{%", rest)
            reading.text.append(rest[:next_tag.start()] if next_tag else rest)
            reading.at += next_tag.start() if next_tag else len(rest)
            continue
        piece = _passage(rest) if rest.startswith("{%") else rest
        found = _standing_for(reading, piece)
        if found is None:
            return None
        reading.take(found, piece if rest.startswith("{%") else found.source)
    subject, _, body = "".join(reading.text).partition("\n")
    return Opened(language, subject, body.lstrip("\n"), reading.pieces, reading.known)


def _passage(rest: str) -> str:
    """Give the text from an opening tag to its end, with the line break that a tag swallows."""
    depth = 0
    for tag in _TAG.finditer(rest):
        depth += bool(_OPENS.match(tag[0])) - bool(_ENDS.match(tag[0]))
        if depth == 0:
            return rest[:tag.end()] + ("\n" if rest[tag.end():tag.end() + 1] == "\n" else "")
    return rest


def _standing_for(reading: _Reading, piece: str) -> Placeholder | None:
    """Give the placeholder of a piece; one name stands for one piece only."""
    return next((one for one in _BY_LENGTH if piece.startswith(one.source)
                 and (piece.startswith("{{") or reading.pieces.get(one.name, piece) == piece)), None)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values in; a name alone on its line gives whole lines, or none where it is empty."""
    lines = []
    for line in text.splitlines(keepends=True):
        if alone := _ALONE.match(line.rstrip("\n")):
            value = values[alone[1]]
            lines.append(value if not value or value.endswith("\n") else value + "\n")
        else:
            lines.append(NAME.sub(lambda found: values[found[1]].rstrip("\n"), line))
    return "".join(lines)


def samples(shipped: Opened) -> dict[str, str]:
    """Give a made-up value for each placeholder of a text, in its language."""
    return {name: one.sample.get(shipped.language) for name, one in shipped.known.items()}
