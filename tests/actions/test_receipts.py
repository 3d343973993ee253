"""The receipt of a submission: printed once, sealed, kept in the party's space, and named to backup and verify."""

import io
import re
from hashlib import sha256

import pytest
import sqlalchemy as sa
from flask import Flask
from pikepdf import Pdf
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdfium2 import PdfDocument

from portal.actions import finish, receipts
from portal.actions.review import Judgement
from portal.core.errors import NotAllowed, NotFound
from portal.jobs import receipting
from portal.models import Attestation, AttestationVersion, Job, LedgerEntry, Person, Receipt
from portal.packet.gather import receiving
from portal.store import whole
from portal.store.blobs import Blob
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast, client
from tests.web.walk import Walk


def certified(cellar: Cellar, cast: Cast) -> tuple[str, AttestationVersion]:
    """A checklist that was certified, and its version."""
    made = flow.ask(cellar, cast)
    flow.answer_all(cellar, cast, made)
    return made, flow.certify_it(cellar, cast, made)


def kept(cellar: Cellar) -> list[Receipt]:
    """The kept receipts."""
    with cellar.read() as rows:
        return list(rows.scalars(sa.select(Receipt)))


def words(data: bytes) -> str:
    """The text of a PDF, by its own text layer."""
    return re.sub(r"\s+", "", "".join(page.get_textpage().get_text_bounded() for page in PdfDocument(data)))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_is_printed_once_sealed_and_kept(cellar: Cellar, people: Cast, language: str) -> None:
    with cellar.work() as work:
        work.rows.get_one(Person, people.officer.person_id).language = language
    _, version = certified(cellar, people)
    receipting.run(cellar, version.public_id)
    receipting.run(cellar, version.public_id)
    (row,) = kept(cellar)
    data = b"".join(cellar.blobs.open(people.party.public_id, row.digest))
    assert (sha256(data).hexdigest(), len(data)) == (row.digest, row.size)
    (seal,) = PdfFileReader(io.BytesIO(data)).embedded_signatures
    seal.compute_integrity_info()
    assert seal.coverage is not None and seal.coverage.name == "ENTIRE_FILE"
    text = words(data)
    with cellar.read() as rows:
        entry = rows.scalars(sa.select(LedgerEntry.id).where(LedgerEntry.event == "attestation.submit")).one()
        assert (people.party.public_id, row.digest) in set(whole.named(rows))
    for part in ("受領書", "見本検査センター御中", "責任太郎", version.digest, f"操作記録の番号{entry}"):
        assert part.replace(" ", "") in text, part
    assert ("MihonLaboratory" in text) is (language == "en")
    with Pdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("受領書 A-2026-") and "pdfuaid" in str(pdf.open_metadata())
        assert len(pdf.pages) == row.pages == (2 if language == "en" else 1)


def test_the_party_alone_asks_and_the_worker_alone_keeps(cellar: Cellar, people: Cast) -> None:
    _, version = certified(cellar, people)
    for member, refusal in ((people.lead, NotAllowed), (people.stranger, NotFound)):
        with pytest.raises(refusal), cellar.work() as work:
            receipts.ask(work, member.actor, version)
    with pytest.raises(NotAllowed), cellar.work() as work:
        receipts.keep(work, people.officer.actor, version, Blob("0" * 64, 1), 1)
    assert kept(cellar) == []


def test_the_page_offers_it_once_it_is_there(app: Flask, cellar: Cellar, people: Cast) -> None:
    made = flow.ask(cellar, people)
    flow.answer_all(cellar, people, made)
    officer = Walk(client(app, cellar, people.officer))
    officer.get(f"/my/attestations/{made}/check")
    where = officer.post(f"/my/attestations/{made}/certify", name="責任 太郎", title="検査部長", is_declared="y")
    assert "1分ほどで作成されます" in officer.get(where)
    officer.get(f"{where}.pdf", 404)
    officer.post(where)
    with cellar.read() as rows:
        (job,) = rows.scalars(sa.select(Job).where(Job.kind == "receipt"))
    receipting.run(cellar, **job.args)
    assert f"{where}.pdf" in officer.get(where)
    answer = officer.client.get(f"{where}.pdf")
    assert answer.data.startswith(b"%PDF-") and answer.headers["Content-Disposition"].startswith("attachment; ")
    Walk(client(app, cellar, people.stranger)).get(f"{where}.pdf", 404)


def test_it_is_asked_for_anew_after_a_fault(cellar: Cellar, people: Cast) -> None:
    _, version = certified(cellar, people)
    for status in ("queued", "failed"):
        with cellar.work() as work:
            receipts.ask(work, people.clerk.actor, version)
            work.rows.scalars(sa.select(Job).where(Job.kind == "receipt")).one().status = status
    with cellar.work() as work:
        receipts.ask(work, people.clerk.actor, version)
    with cellar.read() as rows:
        assert [job.status for job in rows.scalars(sa.select(Job).where(Job.kind == "receipt"))] == ["queued"]


def test_each_version_has_its_own_entry_and_nothing_kept_is_changed(cellar: Cellar, people: Cast) -> None:
    made, _ = certified(cellar, people)
    flow.taken(cellar, people, made)
    asked = next(one.id for one in flow.template_of(cellar, made).questions if one.answered_by == "party")
    back = Judgement(asked, "return", comment="範囲が分かりません。")
    flow.judged(cellar, people, made, **{asked.replace("-", "_"): back})
    with cellar.work() as work:
        row = work.rows.get_one(Attestation, flow.find(cellar, made).id)
        finish.return_to_party(work, people.reviewer.actor, row, flow.digest_of(cellar, made),
                               finish.Letter("ご確認ください。", flow.later(20)))
    flow.answer_all(cellar, people, made, "追記")
    second = flow.certify_it(cellar, people, made)
    with cellar.read() as rows:
        _, told = receiving.receipt(rows, second.public_id)
        entries = list(rows.scalars(sa.select(LedgerEntry.id).where(LedgerEntry.event == "attestation.submit")))
        assert (told.version, told.digest, told.entry) == (2, second.digest, entries[1])
    receipting.run(cellar, second.public_id)
    with pytest.raises(sa.exc.DatabaseError, match="said once"), cellar.engine.begin() as raw:
        raw.execute(sa.update(Receipt).values(pages=9))
