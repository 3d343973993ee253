"""Packets: pages a second of one core, growth with length, memory of a child, re-issue from the cache, and the seal."""

import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
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

GROUP = "speed"
ROUNDS, SEALS = 3, 25
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


def pages_per_s(pages: int) -> Figure:
    """Pages a CPU second of a whole packet (start of the child, binding and attachments included)."""
    contents = packet(QUESTIONS[pages])
    rates, floors = [], []
    for _ in range(ROUNDS if pages < 300 else 1):
        floors.append(plain(pages))
        start = spent()
        with Pressroom(1) as room:
            made = issue(contents, room)
        rates.append(made.pages / (spent() - start))
    return figure(rates, "pages/CPU s", floors)


def hundred() -> Figure:
    """Wall seconds of 100 questions with thumbnails on two children; the floor is one child."""
    contents = packet(100)

    def wall(children: int) -> float:
        with Pressroom(children) as room:
            return seconds(lambda: issue(contents, room))

    both = [(wall(2), wall(1)) for _ in range(ROUNDS)]
    return figure([two for two, _ in both], "s", [one for _, one in both])


def reissue() -> Figure:
    """CPU seconds to issue 100 questions again after one answer changed; the floor is the full print."""
    contents, shelf = packet(100), Shelf()
    section = contents.sections[3]
    changed = replace(section.questions[0], answer=answers.Answer(text="変わりました。"))
    part = replace(section, questions=(changed, *section.questions[1:]))
    after = replace(contents, sections=(*contents.sections[:3], part, *contents.sections[4:]))
    used = []
    for one in (contents, after):
        start = spent()
        with Pressroom(1, kept=shelf) as room:
            issue(one, room)
        used.append(spent() - start)
    return figure([used[1]], "CPU s", [used[0]])


def peak(pages: int) -> Figure:
    """The largest memory of any child, in MiB, for a packet of about so many pages."""
    with Pressroom(2) as room:
        issue(packet(QUESTIONS[pages]), room)
        return figure([float(room.peak_mb)], "MiB")


def seal() -> Figure:
    """CPU milliseconds of one B-LT seal with the key loaded; the floor is one bare RSA-3072 signature."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, Pressroom(2) as room:
        authority = open_authority(Path(folder) / "keys", "bench", datetime.now(UTC))
        pdf = issue(packet(23), room).pdf
    sealer, key = Sealer(authority, lambda: datetime.now(UTC)), authority.seal.key

    def cpu(act: Callable[[], object]) -> float:
        start = time.process_time()
        act()
        return (time.process_time() - start) * 1000

    taken = [cpu(lambda: sealer.seal(pdf)) for _ in range(SEALS)]
    bare = [cpu(lambda: key.sign(b"x", PKCS1v15(), SHA256())) for _ in range(SEALS)]
    return figure(taken, "CPU ms", bare)


FIGURES: dict[str, Callable[[], Figure]] = {
    "packet_pages_per_s_25": partial(pages_per_s, 25),
    "packet_pages_per_s": partial(pages_per_s, 100),
    "packet_pages_per_s_300": partial(pages_per_s, 300),
    "packet_100q_s": hundred,
    "packet_reissue_s": reissue,
    "packet_peak_mb": partial(peak, 300),
    "seal_ms": seal,
}


if __name__ == "__main__":
    print(json.dumps({name: measure().told() for name, measure in FIGURES.items()}))
