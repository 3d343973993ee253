"""Packets: pages a second of one core, growth with length, memory of a child, re-issue from the cache, and the seal."""

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from portal.packet import answers, paper
from portal.packet.authority import open_authority
from portal.packet.contents import Contents
from portal.packet.press import Job
from portal.packet.pressroom import Pressroom
from portal.packet.seal import Sealer
from tests.bench.figure import Figure, figure, seconds
from tests.packet import sample, sample_whole

ROUNDS, SEALS = 5, 25
QUESTIONS = {25: 40, 100: 330, 300: 1030}  # how many make a packet of about so many pages
PLAIN = (
    "<!doctype html><html lang='ja'><head><title>t</title><style>@page {{ size: A4; margin: 24mm 18mm }}"
    "body {{ font: 9pt/1.6 'Noto Sans CJK JP' }} table {{ table-layout: fixed; width: 100% }}"
    "tr {{ break-inside: avoid }}</style></head><body><table><tr><th>設問</th><th>回答</th></tr>{}</table>"
    "</body></html>"
)
ROW = (
    "<tr><td>個人データを取り扱う責任者を定め、氏名と職名を記録していますか。</td>"
    "<td>はい。規程第12条に定めています。</td></tr>"
)


class Shelf(dict[str, bytes]):
    """A cache of sections in memory."""

    def put(self, key: str, data: bytes) -> None:
        """Keep the bytes."""
        self[key] = data


def spent() -> float:
    """CPU seconds of this process and of the children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def issue(contents: Contents, room: Pressroom) -> paper.Paper:
    """Print one packet."""
    count = len(contents.files)
    return paper.make(contents, sample.pictures(count), sample.originals(count), room)


def packet(questions: int) -> Contents:
    """The sample with so many questions, a third of them with evidence."""
    return sample_whole.contents(questions, questions // 3)


def plain(pages: int) -> float:
    """Pages a CPU second of the least that prints as many pages: one plain table, untouched, children counted."""
    start = spent()
    with Pressroom(1) as room:
        made = room.print([Job("plain", PLAIN.format(ROW * (36 * pages)), {})])[0]
    return made.pages / (spent() - start)


@dataclass(frozen=True, slots=True)
class Print:
    """One print of a packet by two children: its pages, CPU and wall seconds, the largest child's MiB, the floor."""

    pages: int
    cpu: float
    wall: float
    peak: float
    floor: float


@cache
def prints(questions: int, rounds: int = ROUNDS) -> list[Print]:
    """Print a packet of so many questions again and again: start of the children, binding, attachments included."""
    contents, found = packet(questions), []
    for _ in range(rounds):
        start, begun = spent(), time.perf_counter()
        with Pressroom(2) as room:
            made = issue(contents, room)
        cpu, wall = spent() - start, time.perf_counter() - begun
        found.append(Print(made.pages, cpu, wall, room.peak_mb, plain(made.pages)))
    return found


def pages_per_s(found: list[Print]) -> Figure:
    """Pages a CPU second of a whole packet, all processes counted; the floor prints one plain table."""
    return figure([one.pages / one.cpu for one in found], "pages/CPU s", [one.floor for one in found])


def s_per_page(found: list[Print]) -> Figure:
    """Wall seconds a page on two children."""
    return figure([one.wall / one.pages for one in found], "s/page")


def peak(found: list[Print]) -> Figure:
    """The largest memory of any child, in MiB."""
    return figure([one.peak for one in found], "MiB")


def hundred(questions: int = 100, rounds: int = ROUNDS) -> Figure:
    """Wall seconds of so many questions with thumbnails on two children; the floor is one child."""
    contents = packet(questions)

    def wall(children: int) -> float:
        with Pressroom(children) as room:
            return seconds(lambda: issue(contents, room))

    both = [(wall(2), wall(1)) for _ in range(rounds)]
    return figure([two for two, _ in both], "s", [one for _, one in both])


def reissue(questions: int = 100, rounds: int = ROUNDS) -> Figure:
    """CPU seconds to issue so many questions again after one answer changed; the floor is the full print."""
    before = packet(questions)
    place = len(before.sections) // 2
    section = before.sections[place]
    changed = replace(section.questions[0], answer=answers.Answer(text="変わりました。"))
    part = replace(section, questions=(changed, *section.questions[1:]))
    after = replace(before, sections=(*before.sections[:place], part, *before.sections[place + 1:]))
    again, full = [], []
    for _ in range(rounds):
        shelf = Shelf()
        for contents, used in ((before, full), (after, again)):
            start = spent()
            with Pressroom(1, kept=shelf) as room:
                issue(contents, room)
            used.append(spent() - start)
    return figure(again, "CPU s", full)


def seal(seals: int = SEALS) -> Figure:
    """CPU milliseconds of one B-LT seal with the key loaded; the floor is one bare RSA-3072 signature."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, Pressroom(2) as room:
        authority = open_authority(Path(folder) / "keys", "bench", datetime.now(UTC))
        pdf = issue(packet(4), room).pdf
    sealer, key = Sealer(authority, lambda: datetime.now(UTC)), authority.seal.key

    def cpu(act: Callable[[], object]) -> float:
        start = time.process_time()
        act()
        return (time.process_time() - start) * 1000

    taken = [cpu(lambda: sealer.seal(pdf)) for _ in range(seals)]
    bare = [cpu(lambda: key.sign(b"x", PKCS1v15(), SHA256())) for _ in range(seals)]
    return figure(taken, "CPU ms", bare)


def of(figures: Callable[[list[Print]], Figure], pages: int) -> Figure:
    """A figure of a packet of about so many pages; all figures of one length are of the same prints."""
    return figures(prints(QUESTIONS[pages]))


FIGURES: dict[str, Callable[[], Figure]] = {
    "packet_pages_per_s_25": partial(of, pages_per_s, 25), "packet_pages_per_s": partial(of, pages_per_s, 100),
    "packet_pages_per_s_300": partial(of, pages_per_s, 300),
    **{f"packet_s_per_page_{pages}": partial(of, s_per_page, pages) for pages in QUESTIONS},
    "packet_peak_mb_25": partial(of, peak, 25), "packet_peak_mb_100": partial(of, peak, 100),
    "packet_peak_mb": partial(of, peak, 300),
    "packet_100q_s": hundred, "packet_reissue_s": reissue, "seal_ms": seal,
}
