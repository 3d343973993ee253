"""What is left, on one page: only what waits, saved as in its section, with conditions, conflicts, files and turns."""

import gzip
import io
import re

import msgspec
import pytest
import sqlalchemy as sa
from flask import Flask

from portal.actions import attest, checklists, intake
from portal.actions import people as acts
from portal.core.actor import SYSTEM
from portal.models import Answer, Attestation, Evidence, Party
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.actions.test_suggested import WORDING, send_back
from tests.cast import Cast, client
from tests.conftest import Clock
from tests.web.walk import Walk
from tests.world import pdf

ASKED = re.compile(r'<section class="question[^"]*" id="([^"]+)"')


def left(public_id: str) -> str:
    """The address of the page."""
    return f"/my/attestations/{public_id}/left"


def answered(cellar: Cellar, question: str) -> Answer | None:
    """What stands for a question."""
    with cellar.read() as rows:
        return rows.scalar(sa.select(Answer).where(Answer.question == question))


def clerk(app: Flask, cellar: Cellar, people: Cast) -> Walk:
    """The clerk's browser."""
    return Walk(client(app, cellar, people.clerk))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_only_what_waits_is_shown_by_sections(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    public_id = flow.ask(cellar, people)
    with cellar.work() as work:
        acts.choose_language(work, people.clerk.actor, language)
    browser = clerk(app, cellar, people)
    page = browser.get(left(public_id))
    everything = [q.id for q in flow.template_of(cellar, public_id).questions if q.answered_by == "party"]
    assert sorted(ASKED.findall(page)) == sorted(everything)
    assert re.findall(r'<h2 id="part-(\w+)"', page) == list(
        dict.fromkeys(q.section for q in flow.template_of(cellar, public_id).questions if q.answered_by == "party")
    )
    assert f'href="{left(public_id)}"' in browser.get(f"/my/attestations/{public_id}")
    flow.answer_all(cellar, people, public_id)
    done = browser.get(left(public_id))
    assert ASKED.findall(done) == [] and f'/my/attestations/{public_id}/check"' in done
    assert {"ja": "残りの設問はありません", "en": "Nothing is left"}[language] in done
    assert f'href="{left(public_id)}"' not in browser.get(f"/my/attestations/{public_id}")


def test_a_question_that_an_answer_brings_appears_after_saving(app: Flask, cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people, "MED")
    flow.answer_all(cellar, people, public_id)
    with cellar.work() as work:
        work.rows.execute(sa.delete(Answer).where(Answer.question == "MED-02"))
    browser = clerk(app, cellar, people)
    assert ASKED.findall(browser.get(left(public_id))) == ["MED-02"]
    onward = browser.post(
        left(public_id), version="MED-02:0", go="next", **{"MED-02.text": "both", "MED-02.comment": "両方を行います。"}
    )
    assert onward == left(public_id) and ASKED.findall(browser.get(onward)) == ["MED-03"]
    assert browser.post(
        left(public_id), version="MED-03:0", go="next", **{"MED-03.text": "yes", "MED-03.comment": "別途提出します。"}
    ).endswith("/check")


def test_a_colleagues_text_stands_beside_ones_own(app: Flask, cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people)
    with cellar.work() as work:
        where = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        attest.save(work, people.officer.actor, where, attest.Draft("LAB-05", {"text": "yes"}, comment="同僚の文"))
    browser = clerk(app, cellar, people)
    assert "LAB-05" not in ASKED.findall(browser.get(left(public_id))), "it is complete"
    fields = {"LAB-05.text": "no", "LAB-05.comment": "私の文", "LAB-07.text": "30"}
    page = browser.post(left(public_id), 409, version="LAB-05:0 LAB-07:0", after="", **fields)
    assert ASKED.findall(page) == ["LAB-05", "LAB-07"], "what was sent, and nothing that was not"
    assert "同僚の文" in page and ">私の文</textarea>" in page and 'value="30"' in page
    kept, mine = answered(cellar, "LAB-05"), answered(cellar, "LAB-07")
    assert kept and kept.comment == "同僚の文" and mine and mine.value == {"number": "30"}
    told = browser.client.post(
        left(public_id),
        data={"csrf_token": browser.token, "version": "LAB-05:0", **fields},
        headers={"X-Requested-With": "autosave", "Accept": "application/json"},
    )
    assert told.status_code == 409 and told.json["theirs"]["LAB-05.comment"] == "同僚の文"


def test_long_lists_turn_their_pages_and_come_back(app: Flask, cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        whole = work.catalogue.templates["LAB"]
        some = [q for q in whole.questions if q.answered_by == "party"]
        many = tuple(msgspec.structs.replace(q, id=f"LNG-{n:03}") for n, q in enumerate((some * 3)[:60], 1))
        template = checklists.publish(
            work,
            SYSTEM,
            msgspec.structs.replace(
                whole, checklist=msgspec.structs.replace(whole.checklist, code="LNG"), questions=many
            ),
        )
        work.rows.flush()
        public_id = attest.request(
            work, people.lead.actor, work.rows.get_one(Party, people.party.id), attest.Asked(template, 2026, flow.DUE)
        ).public_id
    browser, seen, place = clerk(app, cellar, people), [], left(public_id)
    for _ in range(3):
        page = browser.get(place)
        assert len(gzip.compress(page.encode())) < 18 * 1024, "with 20 KB of styles and scripts under 40"
        seen.append(ASKED.findall(page))
        place = browser.post(place, version=" ".join(f"{q}:0" for q in seen[-1]), go="next", after="")
    assert [len(one) for one in seen] == [25, 25, 10] and len({q for one in seen for q in one}) == 60
    assert place == left(public_id), "nothing was answered, so it begins anew"


def test_every_press_saves_and_leads_back(app: Flask, cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people)
    blob = cellar.blobs.keep(people.party.public_id, io.BytesIO(pdf("規程")))
    with cellar.work() as work:
        file = intake.receive(
            work,
            people.clerk.actor,
            work.rows.get_one(Party, people.party.id),
            intake.Arrived("規程.pdf", blob.digest, blob.size, "EV-SOP"),
        )
        work.rows.flush()
        name = file.public_id
    browser = clerk(app, cellar, people)
    act = f"/my/attestations/{public_id}/evidence/{name}/LAB-09/link"
    assert act in browser.get(left(public_id))
    typed = {"version": "LAB-05:0 LAB-09:0", "LAB-05.comment": "途中の文", "after": ""}
    assert browser.post(act, **typed).endswith("/left#LAB-09")
    kept = answered(cellar, "LAB-05")
    assert kept and kept.comment == "途中の文", "what was typed elsewhere on the page is saved too"
    unlink = act.replace("/link", "/unlink")
    assert browser.post(unlink, version="LAB-05:1").endswith("/sections/STS#LAB-09"), "from a section back to it"
    chosen = (io.BytesIO(pdf("新")), "新.pdf")
    browser.post(
        left(public_id),
        version="LAB-09:0",
        go="stay",
        **{"LAB-09.text": "yes", "LAB-09.type": "EV-SOP", "LAB-09.file": chosen},
    )
    with cellar.read() as rows:
        assert rows.scalar(sa.select(Evidence.name).order_by(Evidence.id.desc()).limit(1)) == "新.pdf"
    assert "LAB-09" not in ASKED.findall(browser.get(left(public_id)))


def test_what_was_returned_is_left_until_corrected(app: Flask, cellar: Cellar, people: Cast, clock: Clock) -> None:
    public_id = flow.submitted(cellar, people)
    send_back(cellar, people, public_id, "LAB-02", "LAB-09")
    clock.forward(hours=1)
    browser = clerk(app, cellar, people)
    page = browser.get(left(public_id))
    assert ASKED.findall(page) == ["LAB-02", "LAB-09"] and WORDING in page
    versions = re.search(r'name="version" value="(LAB-02:\d+) (LAB-09:\d+)"', page)
    assert versions
    fields = {"LAB-02.text": "yes", "LAB-02.comment": "別途提出します。"}
    assert browser.post(left(public_id), version=versions[1], after="", accept="LAB-02", **fields).endswith(
        "/left#LAB-02")
    assert ASKED.findall(browser.get(left(public_id))) == ["LAB-09"]
    fields = {"LAB-09.text": "yes", "LAB-09.comment": "直しました。"}
    assert browser.post(left(public_id), version=versions[2], go="next", **fields).endswith("/return")


def test_nothing_is_left_of_what_is_in_other_hands(app: Flask, cellar: Cellar, people: Cast) -> None:
    public_id = flow.submitted(cellar, people)
    browser = clerk(app, cellar, people)
    assert ASKED.findall(browser.get(left(public_id))) == []
    browser.post(left(public_id), 409, version="LAB-05:1", **{"LAB-05.text": "no"})
    stranger = Walk(client(app, cellar, people.stranger))
    stranger.get(left(public_id), 404)
    stranger.post(left(public_id), 404, version="LAB-05:1")
