"""Sampling by its pages, without scripts: drawn, read, accepted, told to the approver, printed and repeated."""

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.actions import people as acts
from portal.actions import review
from portal.actions.review import Judgement
from portal.core import sampling as law
from portal.jobs import runner
from portal.jobs.kinds import KINDS
from portal.models import Draw, Packet
from portal.packet import drawn, inside
from portal.packet.report import Report
from portal.store.cellar import Cellar
from tests.actions import flow, renewed
from tests.cast import Cast, client
from tests.web.test_packet import inside as manifest
from tests.web.walk import Walk

WORDS = {
    "ja": ("抽出を実施する", "先に、抽出された設問をすべて確認", "一括で適とする", "一括適合を取り消す", "乱数の種"),
    "en": ("Draw the sample", "Read the whole sample first", "as a block", "Take the block back", "Seed"),
}


def row(cellar: Cellar) -> Draw:
    """The only draw."""
    with cellar.read() as rows:
        return rows.scalars(sa.select(Draw)).one()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_sample_from_the_workspace_to_the_approver(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    public_id = renewed.taken(cellar, people)
    with cellar.work() as work:
        for who in (people.reviewer, people.approver):
            acts.choose_language(work, who.actor, language)
    draw, first, together, back, seed = WORDS[language]
    desk, approver = Walk(client(app, cellar, people.reviewer)), Walk(client(app, cellar, people.approver))
    where = f"/desk/reviews/{public_id}"
    assert f"{where}/sample" in desk.get(where)
    assert draw in desk.get(f"{where}/sample") and draw not in approver.get(f"{where}/sample")
    desk.post(f"{where}/block", 422)
    desk.post(f"{where}/sample")
    made = row(cellar)
    page = desk.post(f"{where}/block", 422)
    assert first in page and all(f'href="#drawn-{name}"' in page for name in made.drawn)
    fields = {f"{name}.version": "0" for name in made.drawn} | {f"{name}.verdict": "conforms" for name in made.drawn}
    desk.post(f"{where}/drafts", **fields)
    assert together in desk.get(f"{where}/sample")
    desk.post(f"{where}/block")
    assert back in desk.get(f"{where}/sample")
    desk.post(f"{where}/block/back")
    assert back not in desk.get(f"{where}/sample")
    desk.post(f"{where}/block")
    for told in (desk.get(f"{where}/finish"), approver.get(f"/desk/approvals/{public_id}")):
        assert seed in told and made.seed[:4] in told and made.drawn[0] in told
    held = renewed.sample(cellar, people.approver, public_id)
    assert held is not None and len(held.block) == len(made.eligible) - len(made.drawn)
    desk.post(f"{where}/sample", 409)
    stranger = Walk(client(app, cellar, people.clerk))
    stranger.get(f"{where}/sample", 404)


def test_too_few_are_told_and_a_failed_one_ends_it(app: Flask, cellar: Cellar, people: Cast) -> None:
    first = flow.submitted(cellar, people, "ITO")
    flow.taken(cellar, people, first)
    desk = Walk(client(app, cellar, people.reviewer))
    assert "抽出は行いません" in desk.get(f"/desk/reviews/{first}/sample")
    desk.post(f"/desk/reviews/{first}/sample", 422)
    public_id = renewed.taken(cellar, people)
    names = renewed.draw(cellar, people.reviewer, public_id)
    renewed.judge(cellar, people.reviewer, public_id, names[:1], "return")
    page = desk.get(f"/desk/reviews/{public_id}/sample")
    assert "一括適合はできません" in page and f"/desk/reviews/{public_id}/block" not in page
    assert names[0] in desk.post(f"/desk/reviews/{public_id}/block", 422)


@pytest.mark.parametrize("is_found", [False, True])
def test_the_packet_prints_the_draw_and_its_verifier_repeats_it(cellar: Cellar, people: Cast, is_found: bool) -> None:
    public_id = renewed.taken(cellar, people)
    names = renewed.block(cellar, people, public_id)
    renewed.judge_rest(cellar, people, public_id)
    if is_found:
        single = next(item.question.id for item in renewed.sheet(cellar, people.reviewer, public_id).items
                      if item.verdict and item.verdict.draw_id is None and item.question.id not in names)
        renewed.act(cellar, public_id, lambda work, going: review.judge(work, people.reviewer.actor, going, Judgement(
            single, "finding", comment="記録がありません。", severity="low", due_on=flow.later(30))))
    flow.pass_on(cellar, people, public_id)
    flow.sign(cellar, people, public_id)
    attestation, made = flow.find(cellar, public_id), row(cellar)
    runner.drain(cellar, KINDS)
    with cellar.read() as rows:
        packets = list(rows.scalars(sa.select(Packet).where(Packet.attestation_id == attestation.id)))
    assert {packet.state for packet in packets} == {"kept"}, [packet.error for packet in packets]
    for packet in packets:
        data = b"".join(cellar.blobs.open(people.party.public_id, packet.sealed_digest))
        contents = manifest(data)
        assert contents.sample and [one.question for one in contents.sample.drawn] == names
        assert all(one.opened and one.verdict == "conforms" for one in contents.sample.drawn)
        assert contents.sample.seed == made.seed and "抽出確認" in contents.cover.conclusion.ja
        assert ("指摘事項あり" in contents.cover.conclusion.ja) is is_found
        assert law.drawn(law.Rule(), made.seed, contents.cover.version_digest, contents.sample.eligible) == tuple(names)
        assert drawn.is_entered(contents.sample, contents.ledger.entries)
        assert {"抽出の実施", "一括適合"} <= {act.what.ja for act in contents.history}
        report = Report()
        inside.check(data, None, "", report)
        assert "repeated from its seed: the same 3" in "\n".join(one.words.en for one in report.statements)
