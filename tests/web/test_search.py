"""Search: every kind of thing by words of two letters too, never a draft, never for whom the pages are closed."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.actions import attest, finish, intake, review
from portal.core.actor import SYSTEM, Actor
from portal.core.errors import NotAllowed
from portal.jobs import nightly
from portal.models import Attestation, Evidence, Party, SearchEntry
from portal.models.search import NOUNS
from portal.queries import search
from portal.store.cellar import Cellar
from tests import reentrusted as lent
from tests.actions import flow
from tests.cast import Cast, client
from tests.web.walk import Walk

BACK = review.Judgement("LAB-02", "return", comment="夜間の範囲が不明です。", note="内輪の覚え")
SERIOUS = review.Judgement("LAB-03", "finding", comment="鍵の管理が不十分です。", severity="high",
                           due_on=flow.later(30))


def found(cellar: Cellar, actor: Actor, text: str) -> list[tuple[str, str]]:
    """What a search gives, as (noun, place)."""
    with cellar.read() as rows:
        words = search.words_of(text)
        return [(noun, entry.place) for noun in NOUNS for entry in search.hits(rows, actor, words, noun).found]


def write(cellar: Cellar, cast: Cast, public_id: str, question: str, comment: str) -> None:
    """Let the clerk write a comment to an answer."""
    with cellar.work() as work:
        where = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        attest.save(work, cast.clerk.actor, where, attest.Draft(question, {"text": "yes"}, comment=comment))


def test_every_kind_is_found_and_by_two_letters(cellar: Cellar, people: Cast) -> None:
    lead = people.lead.actor
    public_id = flow.signed_off(cellar, people, LAB_03=SERIOUS)
    with cellar.work() as work:
        party = work.rows.get_one(Party, people.party.id)
        file = intake.receive(work, people.clerk.actor, party, intake.Arrived("ﾊﾞｯｸｱｯﾌﾟ手順.pdf", "a" * 64, 9))
        work.rows.flush()
        text = "遠野に保管する。Tape LTO-9"
        intake.settle(work, SYSTEM, file, intake.Looked("pdf", "accepted", (), "clean", "", 1, text))
    assert ("party", "") in found(cellar, lead, "見本 検査") and found(cellar, lead, "見本 例示") == []
    assert {noun for noun, _ in found(cellar, lead, "遠野")} == {noun for noun, _ in found(cellar, lead, "lto-9")} == {
        "evidence"}
    assert all(("evidence", "") in found(cellar, lead, words) for words in ("バックアップ", "保管 tape"))
    assert sorted(found(cellar, lead, "不十分")) == [("comment", "LAB-03"), ("finding", "LAB-03")]
    assert {noun for noun, _ in found(cellar, lead, "別途")} == {"answer"}
    question = flow.template_of(cellar, public_id).questions[0]
    assert ("question", question.id) in found(cellar, lead, question.question.ja[:12])
    assert found(cellar, lead, "※") == found(cellar, lead, "") == []


def test_what_a_party_still_writes_is_not_found(cellar: Cellar, people: Cast) -> None:
    public_id = flow.ask(cellar, people)
    write(cellar, people, public_id, "LAB-02", "下書きの極秘")
    assert found(cellar, people.lead.actor, "極秘") == []
    flow.answer_all(cellar, people, public_id)
    flow.certify_it(cellar, people, public_id)
    assert found(cellar, people.lead.actor, "極秘") == [("answer", "LAB-02")]
    flow.taken(cellar, people, public_id)
    flow.judged(cellar, people, public_id, LAB_02=BACK)
    with cellar.work() as work:
        where = work.rows.get_one(Attestation, flow.find(cellar, public_id).id)
        finish.return_to_party(work, people.reviewer.actor, where, flow.digest_of(cellar, public_id),
                               finish.Letter("", flow.later(20)))
    write(cellar, people, public_id, "LAB-02", "書き直しの途中")
    assert found(cellar, people.lead.actor, "途中") == [] and found(cellar, people.lead.actor, "極秘") != []


def test_nothing_leaks_through_search(app: Flask, cellar: Cellar, people: Cast) -> None:
    flow.signed_off(cellar, people, LAB_03=SERIOUS)
    for member in (people.clerk, people.officer, people.stranger):
        with pytest.raises(NotAllowed):
            found(cellar, member.actor, "管理")
        assert client(app, cellar, member).get("/desk/search?q=管理").status_code == 404
    assert client(app, cellar, None).get("/desk/search?q=管理").status_code == 303
    biased = replace(people.reviewer2.actor, conflicts=frozenset({people.party.id}))
    assert {noun for noun, _ in found(cellar, biased, "管理")} <= {"question"}
    assert {"finding", "comment"} <= {noun for noun, _ in found(cellar, people.reviewer2.actor, "管理")}


@pytest.mark.parametrize("words", ["例示データ", "reiji data", "れいわ", "レイワ", "reiwaunsou", "入力"])
def test_a_body_that_data_are_given_to_is_found_by_its_names(app: Flask, cellar: Cellar, people: Cast, words: str
                                                             ) -> None:
    under = lent.contract(cellar, people)
    lent.drafted(cellar, people, under, replace(lent.SAID, name_ja="下書きデータ入力"))
    lent.sent(cellar, people, under, replace(lent.SAID, name_ja="レイワウンソウ", name_en="", work="運送"))
    lent.sent(cellar, people, under)
    bodies = [one for one in found(cellar, people.lead.actor, words) if one[0] == "reentrusted"]
    assert len(bodies) == 1, "once, and never what a party still writes"
    assert not [one for one in found(cellar, people.lead.actor, "下書き") if one[0] == "reentrusted"]
    biased = replace(people.reviewer2.actor, conflicts=frozenset({people.party.id}))
    assert not [one for one in found(cellar, biased, words) if one[0] == "reentrusted"]
    page = Walk(client(app, cellar, people.reviewer)).get(f"/desk/search?q={words}&in=reentrusted")
    assert page.count('href="/desk/parties/reentrustment/') == 1
    for member in (people.clerk, people.officer, people.stranger):
        with pytest.raises(NotAllowed):
            found(cellar, member.actor, words)


def test_entries_follow_their_things(cellar: Cellar, people: Cast) -> None:
    public_id = flow.submitted(cellar, people)
    flow.taken(cellar, people, public_id)
    flow.judged(cellar, people, public_id, LAB_02=BACK)
    assert found(cellar, people.lead.actor, "内輪") == [("comment", "LAB-02")]
    flow.judged(cellar, people, public_id)
    assert found(cellar, people.lead.actor, "内輪") == []
    with cellar.work() as work:
        before = set(work.rows.scalars(sa.select(SearchEntry.source)))
        work.rows.execute(sa.delete(SearchEntry))
    assert found(cellar, people.lead.actor, "見本") == []
    nightly.run(cellar, "2026-11-25")
    with cellar.read() as rows:
        assert set(rows.scalars(sa.select(SearchEntry.source))) == before
    assert found(cellar, people.lead.actor, "見本") == [("party", "")]


def test_the_page_shows_kinds_and_pages(app: Flask, cellar: Cellar, people: Cast) -> None:
    flow.signed_off(cellar, people, LAB_03=SERIOUS)
    with cellar.work() as work:
        for number in range(52):
            work.rows.add(Evidence(
                party_id=people.party.id, name=f"多数の書類 {number}.pdf", ascii_name="x.pdf", mime="application/pdf",
                size=1, digest=f"{number:064x}", uploaded_by_id=people.clerk.person_id, uploaded_at=work.now()))
    browser = Walk(client(app, cellar, people.reviewer))
    page = browser.get("/desk/search?q=書類")
    assert "多数の書類 51.pdf" in page and "多数の書類 9.pdf" not in page and "in=evidence" in page
    assert "見本検査センター" in page
    page = browser.get("/desk/search?q=書類&in=evidence&page=2")
    assert "多数の書類 1.pdf" in page and "多数の書類 51.pdf" not in page and 'rel="prev"' in page
    assert "すべて含むものはありません" in browser.get("/desk/search?q=無い言葉xyz")
    assert "鍵の管理が不十分" in browser.get("/desk/search?q=鍵")
    browser.get("/desk/search")
    assert "文字か数字" in browser.get("/desk/search?q=※※")


@pytest.mark.parametrize("words", ["下書き", "reiji", "ﾚｲﾜ", "れいわうんそう", "reiwaunsou"])
def test_a_party_finds_its_own_bodies_drafts_included(app: Flask, cellar: Cellar, people: Cast, words: str) -> None:
    under = lent.contract(cellar, people)
    bodies = {"下書き": replace(lent.SAID, name_ja="下書きの会社", name_en=""), "reiji": lent.SAID,
              "reiwa": replace(lent.SAID, name_ja="レイワウンソウ", name_en="")}
    made = {key: lent.drafted(cellar, people, under, said) for key, said in bodies.items()}
    wanted = made.get(words, made["reiwa"])
    page = Walk(client(app, cellar, people.clerk)).get(f"/my/reentrustment?q={words}")
    rows = page.partition('id="requests"')[2].partition("</section>")[0]
    assert [key for key in made.values() if key in rows] == [wanted]
    other = Walk(client(app, cellar, people.stranger)).get(f"/my/reentrustment?q={words}")
    assert not [key for key in made.values() if key in other]
    assert "Try fewer" in other or "語を減らす" in other
