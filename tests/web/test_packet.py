"""The packet of a signed-off attestation: built by the job, kept, given to each side, the party without notes."""

import io

import pikepdf
import sqlalchemy as sa
from flask import Flask

from portal.actions import review
from portal.jobs import runner
from portal.jobs.kinds import KINDS
from portal.models import LedgerEntry, Packet
from portal.packet import contents
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast, client
from tests.web.walk import Walk

SECRET = "内部だけの覚え書き"


def inside(pdf: bytes) -> contents.Contents:
    """The manifest inside a packet."""
    with pikepdf.open(io.BytesIO(pdf)) as found:
        return contents.read(found.attachments["manifest.json"].get_file().read_bytes())


def test_both_packets_are_built_kept_and_given_out(app: Flask, cellar: Cellar, people: Cast) -> None:
    noted = review.Judgement("LAB-01", "conforms", note=SECRET)
    flow.signed_off(cellar, people, LAB_01=noted)
    runner.drain(cellar, KINDS)
    with cellar.read() as rows:
        packets = {row.audience: row for row in rows.scalars(sa.select(Packet))}
        kept = list(rows.scalars(sa.select(LedgerEntry.event).where(LedgerEntry.event == "packet.keep")))
    assert {row.state for row in packets.values()} == {"kept"}, [row.error for row in packets.values()]
    assert len(kept) == 2
    desk, party = Walk(client(app, cellar, people.reviewer)), Walk(client(app, cellar, people.clerk))
    desk.get(f"/desk/packets/{packets['internal'].public_id}")
    whole = desk.client.get(f"/desk/packets/{packets['internal'].public_id}/file").data
    copy = party.client.get(f"/my/packets/{packets['party'].public_id}/file").data
    assert any(question.notes for question in inside(whole).questions())
    assert SECRET not in contents.canonical(inside(copy)).decode()
    party.get(f"/my/packets/{packets['internal'].public_id}/file", 403)
    stranger = Walk(client(app, cellar, people.stranger))
    stranger.get(f"/my/packets/{packets['party'].public_id}/file", 404)
    page = Walk(app.test_client()).get(f"/v/{packets['party'].code}")
    assert packets["party"].number in page
