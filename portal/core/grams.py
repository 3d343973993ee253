"""Takes text apart for search: pairs of Japanese letters, beginnings of other words."""

import re

from portal.core.folding import fold

RUN = re.compile(r"[\u3005-\u3007\u3041-\u309f\u30fc\u3400-\u9fff\uf900-\ufaff]+"
                 r"|[^\W_\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
LONGEST = 8
"""Letters of a Latin word that are told apart; what is longer is compared in the text itself."""


def written(text: str) -> frozenset[str]:
    """Give every piece of a text by which it may be found."""
    pieces: set[str] = set()
    for run in RUN.findall(fold(text)):
        if _is_japanese(run):
            pieces.update(run)
            pieces.update(run[place:place + 2] for place in range(len(run) - 1))
        else:
            pieces.update(run[:length] for length in range(1, min(len(run), LONGEST) + 1))
    return frozenset(pieces)


def asked(word: str) -> frozenset[str]:
    """Give the pieces that a text must have to hold a word; none for a word without letters or digits."""
    pieces: set[str] = set()
    for run in RUN.findall(fold(word)):
        if not _is_japanese(run):
            pieces.add(run[:LONGEST])
        elif len(run) == 1:
            pieces.add(run)
        else:
            pieces.update(run[place:place + 2] for place in range(len(run) - 1))
    return frozenset(pieces)


def _is_japanese(run: str) -> bool:
    return run[0] >= "\u3005"


def around(text: str, words: list[str], room: int = 120) -> str:
    """Give a piece of a text around the first of the words that it holds, or its beginning."""
    plain = " ".join(text.split())
    low = plain.casefold()
    places = [place for word in words if (place := low.find(word.casefold())) >= 0]
    start = max(0, min(places, default=0) - room // 3)
    piece = plain[start:start + room]
    return ("…" if start else "") + piece + ("…" if start + room < len(plain) else "")
