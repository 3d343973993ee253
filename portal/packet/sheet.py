"""Contents into HTML: one strict Jinja of its own, templates in `templates/packet`, texts made printable first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import name as unicode_name

import msgspec
import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal.core import checkpoint
from portal.packet import signs, tally
from portal.packet.answers import Cited, File, Question, Section
from portal.packet.contents import Contents, digest
from portal.packet.glyphs import printable_value
from portal.packet.press import ORIGIN, PICTURE, Job
from portal.packet.speech import pgettext
from portal.packet.value import Spell, Words

ROOT = Path(__file__).parents[2]
STYLES = ("packet.css", "packet-pages.css")
JST = timezone(timedelta(hours=9), "JST")
QUESTIONS_A_JOB, FILES_A_JOB, PICTURES_A_QUESTION = 30, 150, 2
CHAPTERS = ("guide", "summary", "party", "contracts", "scope", "answers", "findings", "history", "proof", "index")


@dataclass(frozen=True)
class Line:
    """One line of the table of contents."""

    label: str
    level: int
    anchor: str
    page: int


def jst(at: datetime) -> str:
    """Give a moment (UTC) as the Japanese reader's clock shows it."""
    return at.astimezone(JST).strftime("%Y-%m-%d %H:%M JST")


def fours(text: str) -> str:
    """Give a digest in groups of four, to be compared by eye."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def used(spell: Spell, as_of: datetime) -> int | None:
    """Give how many per cent of a term have passed; None where it has no end."""
    if spell.until is None:
        return None
    whole = max((spell.until - spell.start).days, 1)
    return max(0, min(100, (as_of.astimezone(JST).date() - spell.start).days * 100 // whole))


def lengthy(question: Question) -> bool:
    """Say whether a question may be broken over pages because it would not fit on one."""
    texts = [question.reason, *(turn.text for turn in (*question.exchange, *question.notes))]
    if question.answer:
        texts += [question.answer.text, question.answer.comment]
    return sum(len(text) + 40 * text.count("\n") for text in texts) > 900


def proof_name(index: int) -> str:
    """Give the name of an entry's proof file."""
    return f"{index}.tlog-proof"


@cache
def environment() -> Environment:
    """Give the strict texts of the packet: no Flask, what a template asks for must be there."""
    env = Environment(
        loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    env.globals["pgettext"] = pgettext
    env.filters.update(jst=jst, fours=fours, used=used, lengthy=lengthy, proof_name=proof_name)
    env.filters["thousands"] = lambda number: f"{number:,}"
    env.filters["leaf"] = lambda text: sha256(b"\x00" + text.encode()).hexdigest()
    tables = {
        "verdict_sign": signs.verdicts(),
        "severity_sign": signs.severities(),
        "duty_sign": signs.duties(),
        "presence_sign": signs.presences(),
        "lawful_sign": signs.lawfulness(),
        "scan_sign": signs.scans(),
    }
    env.filters.update({name: table.__getitem__ for name, table in tables.items()})
    return env


@cache
def styles(*names: str) -> dict[str, tuple[str, bytes]]:
    """Give style sheets of the house by the address at which a page asks for them."""
    return {f"{ORIGIN}{name}": ("text/css", (ROOT / "static" / name).read_bytes()) for name in names}


def _qr(address: str) -> bytes:
    """Give the address as a QR code in SVG, error correction Q."""
    drawing = BytesIO()
    segno.make(address, error="q").save(drawing, kind="svg", border=0, scale=8)
    return drawing.getvalue()


class Sheets:
    """One packet's sheets: its contents made printable, its pictures, and the words that follow from both."""

    def __init__(self, contents: Contents, pictures: Mapping[str, bytes]) -> None:
        lacking: set[int] = set()
        self.contents: Contents = printable_value(contents, lacking)
        self.pictures, self.digest = pictures, digest(contents)
        self.lacking = [(f"{code:04X}", unicode_name(chr(code), "—")) for code in sorted(lacking)]
        self.title = f"{pgettext('packet', 'Audit packet').ja} {contents.cover.number} {contents.cover.party.ja}"
        chapters = CHAPTERS + (("characters",) if lacking else ())
        self.files = {file.number: file for file in self.contents.files}
        note, _, _ = checkpoint.parse(contents.ledger.note)
        approved = contents.cover.approved[-1].at if contents.cover.approved else None
        self.facts: dict[str, Any] = {
            **{name: getattr(self.contents, name) for name in contents.__dataclass_fields__},
            "numbers": {name: number for number, name in enumerate(chapters, 1)},
            "title": self.title,
            "digest": self.digest,
            "files": self.files,
            "lacking": self.lacking,
            "standing": signs.standings()[contents.cover.standing],
            "sealed_on": approved and approved.astimezone(JST).strftime("%Y-%m-%d"),
            "verdicts": list(signs.verdicts().values()),
            "severities": list(signs.severities().values()),
            "distribution": DISTRIBUTIONS[contents.cover.distribution][0](),
            "distribution_rule": DISTRIBUTIONS[contents.cover.distribution][1](),
            "checkpoint": note,
            "key": checkpoint.LogKey.parse(contents.ledger.key),
            "entry_list": ", ".join(str(entry.index) for entry in contents.ledger.entries) or "—",
            **tally.figures(self.contents),
        }

    def _job(self, key: str, parts: Sequence[str], shown: Sequence[File] = (), **more: object) -> Job:
        page = environment().get_template("packet/_page.html")
        html = page.render(self.facts | more, parts=parts, shown_files=self._shown)
        pictures = {
            f"{ORIGIN}picture/{file.picture}": (PICTURE, self.pictures[file.picture]) for file in shown if file.picture
        }
        return Job(key, html, styles(*STYLES) | pictures)

    def _shown(self, question: Question) -> list[tuple[File, Cited]]:
        """Give the first evidence pages of a question that have a picture."""
        shown = [(self.files[cited.file], cited) for cited in question.evidence]
        return [(file, cited) for file, cited in shown if file.picture][:PICTURES_A_QUESTION]

    def body(self) -> list[Job]:
        """Give all jobs whose pages do not depend on one another."""
        jobs = [self._job("overview", ("guide", "summary", "party", "contracts", "scope"))]
        for number, run in enumerate(runs(self.contents.sections)):
            shown = [file for section in run for q in section.questions for file, _ in self._shown(q)]
            jobs.append(self._job(f"answers{number}", ("answers",), shown, sections=run, first=number == 0))
        jobs.append(self._job("outcome", ("findings", "history", "proof")))
        index = self.contents.files
        for start in range(0, max(len(index), 1), FILES_A_JOB):
            last = start + FILES_A_JOB >= len(index)
            parts = ("index", *(("characters",) if self.lacking and last else ()), *(("back",) if last else ()))
            jobs.append(self._job(f"index{start}", parts, index=index[start : start + FILES_A_JOB]))
        return jobs

    def front(self, lines: Sequence[Line]) -> Job:
        """Give the cover and the table of contents, once the pages of the rest are known."""
        cover = self.contents.cover
        address = cover.verify_at if cover.verify_at.startswith("https://") else f"https://{cover.verify_at}"
        address = f"{address.rstrip('/')}/{cover.code}"
        job = self._job("front", ("cover", "toc"), lines=lines, address=address)
        return msgspec.structs.replace(job, files=job.files | {f"{ORIGIN}qr": ("image/svg+xml", _qr(address))})

    def furniture(self, pages: int) -> Job:
        """Give head and foot lines for so many pages, with a word across every page that is no valid original."""
        standing = self.contents.cover.standing
        across = self.facts["standing"].words.ja if standing in ("not_signed", "withdrawn") else ""
        page = environment().get_template("packet/furniture.html")
        return Job("furniture", page.render(self.facts, pages=pages, across=across), styles(*STYLES), tagged=False)


def runs(sections: Sequence[Section]) -> list[list[Section]]:
    """Divide the sections into runs to print apart: by number of questions only, so that an edit moves no border."""
    result: list[list[Section]] = [[]]
    room = QUESTIONS_A_JOB
    for section in sections:
        rest, title = section.questions, section.title
        while rest:
            if room <= 0:
                result.append([])
                room = QUESTIONS_A_JOB
            take = len(rest) if len(rest) <= room + QUESTIONS_A_JOB // 2 else room
            result[-1].append(Section(title=title, questions=rest[:take]))
            rest, room = rest[take:], room - take
            title = Words(f"{section.title.ja}（続き）", f"{section.title.en} (continued)")
    return result


DISTRIBUTIONS = {
    "internal": (
        lambda: pgettext("packet", "Internal"),
        lambda: pgettext("packet", "For JMDP only: holds internal notes."),
    ),
    "party": (
        lambda: pgettext("packet", "For the party"),
        lambda: pgettext("packet", "For the party named on the cover; holds no internal notes."),
    ),
    "auditor": (
        lambda: pgettext("packet", "For auditors"),
        lambda: pgettext("packet", "For the auditor it was issued to, for the given purpose."),
    ),
}
