"""The printed packet: valid as PDF/A-3a and PDF/UA-1, the same each time, complete, and safe against its texts."""

import re
import subprocess
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from portal.packet import answers, paper
from portal.packet.contents import NotForThem, canonical, digest, read
from portal.packet.pressroom import Pressroom
from portal.packet.sheet import Sheets, runs
from portal.packet.value import Words
from tests import peers
from tests.packet import sample, sample_whole
from tests.packet.conftest import EVIDENCE

HOSTILE = (
    "<script>alert(1)</script><img src='file:///etc/passwd'><style>@import 'http://127.0.0.1:9/x'</style>"
    "{{ 7*7 }}{% include 'x' %}"
)
ODD = "家族👨‍👩‍👧と\x00\x07制御\u202e文字\ufffe、葛\U000e0100飾、髙﨑\U00020bb7野家、未定義\U000f0000"


def test_it_is_archivable_and_accessible(printed, verapdf, tmp_path: Path) -> None:
    (tmp_path / "p.pdf").write_bytes(printed.pdf)
    assert verapdf(tmp_path / "p.pdf") == []


def test_a_wrong_file_is_found_by_the_judge(printed, verapdf, tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        del pdf.Root.StructTreeRoot, pdf.Root.MarkInfo
        pdf.save(tmp_path / "p.pdf")
    assert len(verapdf(tmp_path / "p.pdf")) > 2


def test_qpdf_finds_nothing(printed, tmp_path: Path) -> None:
    (tmp_path / "p.pdf").write_bytes(printed.pdf)
    told = subprocess.run([peers.program("qpdf"), "--check", tmp_path / "p.pdf"], capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr


def test_the_same_contents_give_the_same_bytes(printed) -> None:
    contents = sample_whole.contents(23, EVIDENCE)
    with Pressroom(1) as other:
        again = paper.make(contents, sample.pictures(EVIDENCE), sample.originals(EVIDENCE), other)
    assert again.sha256 == printed.sha256
    assert sha256(again.pdf).hexdigest() == again.sha256


def test_every_digest_on_paper_is_the_manifests(printed, text_of) -> None:
    contents = sample_whole.contents(23, EVIDENCE)
    plain = re.sub(r"\s", "", text_of(printed.pdf))
    assert printed.manifest == digest(contents)
    assert printed.manifest in plain
    for file in contents.files:
        assert file.sha256 in plain
    assert plain.count(printed.manifest[:16]) == printed.pages


def test_it_reads_in_order_and_in_full(printed, text_of) -> None:
    contents = sample_whole.contents(23, EVIDENCE)
    flat = re.sub(r"\s", "", text_of(printed.pdf))
    places = [flat.index(f"{question.id}○適") for question in contents.questions() if question.verdict == "conforms"]
    assert places == sorted(places)
    for question in contents.questions():
        assert re.sub(r"\s", "", question.text.ja) in flat
        assert question.answer is None or re.sub(r"\s", "", question.answer.text) in flat


def test_contents_pages_and_links_lead_to_their_place(printed, text_of) -> None:
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", ())]
        assert len(links) > 50
        assert all("/A" not in link and link.Dest[0].objgen in numbers for link in links)
        titles = [(str(item.title), numbers[item.destination[0].objgen]) for item in pdf.open_outline().root]
        assert len(pdf.Root.StructTreeRoot.K) == 1
    first = text_of(printed.pdf).split("\f")
    for title, page in titles[2:]:
        assert re.sub(r"\s", "", title.split(" ")[1]) in re.sub(r"\s", "", first[page - 1]), title
        assert re.search(rf"{page}\b", first[1])


def test_attachments_are_the_originals(printed) -> None:
    contents = sample_whole.contents(23, EVIDENCE)
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        names = pdf.Root.Names.EmbeddedFiles.Names
        inside = {str(names[at]): names[at + 1].EF.F.read_bytes() for at in range(0, len(names), 2)}
        assert list(inside) == sorted(inside)
        assert len(pdf.Root.AF) == len(inside)
    assert inside[paper.MANIFEST] == canonical(contents)
    assert read(inside[paper.MANIFEST]) == contents
    assert all(sha256(inside[file.ascii]).hexdigest() == file.sha256 for file in contents.files)


def test_a_file_that_is_not_the_manifests_is_refused(room) -> None:
    contents = sample_whole.contents(3, 1)
    with pytest.raises(paper.WrongFile, match="001_evidence"):
        paper.make(contents, sample.pictures(1), lambda digest: b"something else", room)


def test_internal_notes_stay_in_the_house() -> None:
    contents = sample_whole.contents(3, 1)
    question = contents.questions()[0]
    noted = replace(question, notes=(answers.Turn(at=sample.NOW, who=sample.REVIEWER, act=Words("覚書"), text="内々"),))
    part = replace(contents.sections[0], questions=(noted,))
    with pytest.raises(NotForThem):
        replace(contents, sections=(part,))
    inside = replace(contents, cover=replace(contents.cover, distribution="internal"), sections=(part,))
    assert any("内々" in job.html for job in Sheets(inside, sample.pictures(1)).body())


def hostile(text: str):
    """Give the sample with this text wherever a party may type."""
    contents = sample_whole.contents(4, 1)
    question = replace(contents.questions()[0], answer=answers.Answer(text=text, comment=text), reason=text)
    finding = replace(sample_whole.finding(12), question=question.id, fact=text, response=text)
    part = answers.Section(title=Words(text[:40], text[:40]), questions=(question,))
    file = replace(contents.files[0], name=text[:200] + ".pdf", questions=(question.id,))
    return replace(contents, sections=(part,), findings=(finding,), files=(file,))


def test_hostile_texts_print_whole_and_valid(room, verapdf, text_of, tmp_path: Path) -> None:
    long = ("あ" * 5000, "x" * 5000, "改行\n" * 400)
    flat = {}
    for number, text in enumerate((HOSTILE, ODD, *long)):
        made = paper.make(hostile(text), sample.pictures(1), sample.originals(1), room)
        (tmp_path / f"{number}.pdf").write_bytes(made.pdf)
        flat[text] = re.sub(r"\s", "", text_of(made.pdf))
    assert verapdf(*tmp_path.glob("*.pdf")) == []
    assert re.sub(r"\s", "", HOSTILE) in flat[HOSTILE]
    assert "root:" not in flat[HOSTILE]
    assert "家族[U+1F468][U+1F469][U+1F467]と制御文字" in flat[ODD]
    assert "髙﨑𠮷野家、未定義[U+F0000]" in flat[ODD]
    assert "[U+1F468]MAN" in flat[ODD]
    for text in long:
        assert flat[text].count(text[0]) >= 4 * text.count(text[0])


def test_no_section_border_moves_when_an_answer_changes() -> None:
    contents = sample_whole.contents(120, 0)
    sizes = [[len(section.questions) for section in run] for run in runs(contents.sections)]
    assert sum(map(sum, sizes)) == 120
    assert all(sum(run) <= 45 for run in sizes)
    assert len(sizes) >= 3


def test_a_copy_not_signed_off_says_so_on_every_page(room, text_of) -> None:
    contents = sample_whole.with_cover(sample_whole.contents(3, 0), standing="not_signed", approved=())
    made = paper.make(contents, {}, None, room)
    pages = text_of(made.pdf).split("\f")[:-1]
    assert len(pages) == made.pages
    # Set at a slant, its first letter stands on a line of its own.
    assert all(re.search(r"^写$", page, re.MULTILINE) for page in pages)
