"""The policy's text cut into its clauses, so that two editions can be held against each other clause by clause."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from portal.core.entries import PolicyClause

PART = re.compile(r"(I{1,3}|IV|V)\.\s*\S")
NUMBERED = re.compile(r"(\d{1,2})\.\s*\S")
LETTERED = re.compile(r"\((\d{1,2})\)\s*\S")
HEADING = re.compile(r"\([^()]*\)")
FIRST = "PREAMBLE"
WEBSITE = "WEB "


class Change(Struct, frozen=True):
    """A clause that an edition adds, drops or words otherwise; a text that is not there is empty."""

    clause: str
    kind: Literal["added", "removed", "changed"]
    before: str
    after: str


def split(text: str, clauses: Iterable[PolicyClause]) -> dict[str, str]:
    """Take a policy's text; give each clause's text by its number (I.1, II.3.(8), WEB ADS), in the order of the text.

    Numbers are read as they stand; a clause without one (the preamble, matters of II.5, the website's headings) begins
    where a line begins with one of its `starts`.
    """
    starts = [(folded(start), clause.id) for clause in clauses for start in clause.starts]
    found: dict[str, list[str]] = {FIRST: []}
    here, part, above, heading = FIRST, "", "", ""
    for line in filter(None, map(folded, text.splitlines())):
        named = next((id for start, id in starts if line.startswith(start)), "")
        if line in found[FIRST] and part:
            continue
        if HEADING.fullmatch(line) and not LETTERED.match(line) and not named:
            heading = line
            continue
        if named:
            here, part = named, WEBSITE if named.startswith(WEBSITE) else part
        elif part != WEBSITE and (told := PART.match(line)):
            part, here, above = told[1], FIRST, ""
            continue
        elif part not in ("", WEBSITE) and (told := NUMBERED.match(line)):
            here = above = f"{part}.{told[1]}"
        elif above and part != WEBSITE and (told := LETTERED.match(line)):
            here = f"{above}.({told[1]})"
        found.setdefault(here, []).extend(filter(None, (heading, line)))
        heading = ""
    return {id: "\n".join(lines) for id, lines in found.items() if lines}


def folded(line: str) -> str:
    """Give a line without width variants and doubled spaces, for numbers and for comparing."""
    return " ".join(unicodedata.normalize("NFKC", line).split())


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Change, ...]:
    """Hold two editions' clauses against each other, in the order of the later; what is gone stands last."""
    told = [Change(id, "changed" if id in before else "added", before.get(id, ""), text)
            for id, text in after.items() if before.get(id) != text]
    return (*told, *(Change(id, "removed", text, "") for id, text in before.items() if id not in after))


def cited_as(clause: str) -> str:
    """Give a clause as the questions of the checklists cite it: II.3.(8) is POL-II-3-8, WEB ADS is POL-WEB-ADS."""
    return "POL-" + re.sub(r"[.() ]+", "-", clause).strip("-")
