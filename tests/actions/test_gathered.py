"""What a packet says, gathered from the rows: the editions of the sign-off, the same for every audience."""

import sqlalchemy as sa

from portal.core.readable import day_in
from portal.models import Attestation, Edition, Packet
from portal.packet import contents, inside
from portal.packet.gather import Means, gather
from portal.packet.record import Seal
from portal.packet.report import Answer, Report
from portal.store import keys
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.actions.test_editions import kept, loaded
from tests.cast import Cast

SEAL = Seal(signer="x", fingerprint="0", authority="x", level="x")


def gathered(cellar: Cellar, attestation: str) -> dict[str, contents.Contents]:
    """The contents of an attestation's packets by audience, as its job gathers them."""
    note = cellar.checkpoint()
    means = Means(cellar.catalogue, "https://portal.example", SEAL,
                  keys.log_key(cellar.settings.keys), note)
    with cellar.read() as rows:
        packets = rows.scalars(sa.select(Packet).join(Attestation, Attestation.id == Packet.attestation_id)
                               .where(Attestation.public_id == attestation)).all()
        return {packet.audience: gather(rows, packet, means).contents for packet in packets}


def test_the_cover_names_the_editions_of_the_sign_off(cellar: Cellar, people: Cast) -> None:
    before = flow.signed_off(cellar, people, "LAB")
    edition = kept(cellar, people, loaded())
    after = flow.signed_off(cellar, people, "ITO")
    assert all(b'"editions"' not in contents.canonical(one) for one in gathered(cellar, before).values())
    with cellar.read() as rows:
        row = rows.get_one(Edition, edition)
    assert row.valid_from <= day_in(cellar.clock())
    found = gathered(cellar, after)
    assert set(found) == {"internal", "party"}
    for one in found.values():
        assert [(named.kind, named.name, named.valid_from, named.digest) for named in one.cover.editions] == [
            ("policy", row.name, row.valid_from, row.digest)]
        report = Report()
        inside.signed_under(one, report)
        assert report.answer is Answer.WHOLE and len(report.statements) == 1
