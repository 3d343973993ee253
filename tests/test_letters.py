"""Mail texts: every occasion in both languages, strict, in short lines, with a way to ask and no code kept."""

import re
import unicodedata
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from portal.actions import letters, people
from portal.core import mailproof, mailtext
from portal.core.actor import SYSTEM
from portal.core.errors import NotFound
from portal.core.occasions import FIXED, OCCASIONS
from portal.models import MailText
from portal.queries import mailtexts
from portal.store.cellar import Cellar
from portal.store.work import CODE, Work
from tests.house import ROOT

AT = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)
ATTESTATION = SimpleNamespace(fiscal_year=2026, number="A-2026-0001", due_on=date(2026, 11, 30), public_id="x" * 26,
                              answered=12)
FINDING = SimpleNamespace(number="F-2026-0001", due_on=date(2026, 12, 28), accepted_until=date(2027, 3, 31),
                          public_id="x" * 26)
VISIT = SimpleNamespace(number="V-2026-0001", planned_on=date(2026, 12, 10), held_on=None, place="本社 会議室",
                        points="鍵の管理\n廃棄の記録", ours="審査 一子", theirs="情報管理課", public_id="x" * 26)
BODY = SimpleNamespace(number="S-2026-0001", name_ja="例示データ入力株式会社", name_en="Reiji Data Entry", tier=3,
                       way="consent", country="JP", ends_on=date(2027, 3, 31), public_id="x" * 26)
ENDING = {"name": "例示データ入力株式会社", "number": "S-2026-0001", "party": "北浜検査センター", "tier": 3}
VERDICT = SimpleNamespace(question="LAB-03", comment="範囲が分かりません", wish="夜間の扱いをご追記ください")
FILE = SimpleNamespace(name="ISO15189 認定証.pdf", valid_to=date(2026, 11, 24))
ENDED = SimpleNamespace(question="LAB-07", file=FILE)
NOTICES = ("new_device", "password_set", "password_reset", "second_factor_set", "second_factor_removed",
           "recovery_codes_made", "role_granted", "role_revoked", "closed", "reopened")
GIVEN = {
    "request": {"attestation": ATTESTATION, "title": "検査機関の点検票", "questions": 40,
                "note": "よろしくお願いします。"},
    "submitted": {"attestation": ATTESTATION, "title": "検査機関の点検票", "questions": 40, "version": 2, "at": AT},
    "returned": {"attestation": ATTESTATION, "title": "検査機関の点検票", "questions": 40, "letter": "ご確認ください。",
                 "verdicts": [VERDICT, VERDICT], "judged": 38},
    "ended": {"attestation": ATTESTATION, "title": "検査機関の点検票", "questions": 40, "ended": [ENDED]},
    "ended_staff": {"attestation": ATTESTATION, "ended": [ENDED], "party_name": "北浜検査センター"},
    "signed_off": {"attestation": ATTESTATION, "title": "検査機関の点検票", "questions": 40, "findings": 1},
    "extended": {"attestation": ATTESTATION, "title": "検査機関の点検票", "questions": 40},
    "divided": {"attestation": ATTESTATION, "title": "検査機関の点検票", "giver": "見本　太郎", "freed": ["B"],
                "names": {"A": "組織・体制", "B": "委託・再委託"}, "given": [("A", date(2026, 11, 20))]},
    "withdrawn": {"attestation": ATTESTATION, "title": "検査機関の点検票", "questions": 40,
                  "reason": "契約が終了したため。"},
    "round_empty": {"round": SimpleNamespace(title="検査機関 2026年度", public_id="x" * 26), "has_lead": False},
    "inspection": {"visit": VISIT, "what": "announced", "said": ""},
    "finding": {"finding": FINDING, "what": "accepted", "said": "影響が限られるため。"},
    "finding_desk": {"finding": FINDING, "what": "delivered", "party": "北浜検査センター"},
    "reentrustment": {"row": BODY, "what": "consent", "said": "年1回の点検結果を当法人へ報告すること。"},
    "reentrustment_desk": {"row": BODY, "what": "apply", "said": "", "party": "北浜検査センター"},
    "reentrustment_ending": {"day": date(2026, 11, 28), "mine": True, "bodies": [
        ENDING | {"ends_on": date(2027, 2, 26), "days": 90}, ENDING | {"ends_on": date(2026, 11, 27), "days": -1}]},
    "reminder": {"attestation": ATTESTATION, "title": "検査機関の点検票", "questions": 40, "complete": False},
    "overdue": {"attestation": ATTESTATION, "title": "検査機関の点検票", "questions": 40, "complete": True},
    "overdue_desk": {"attestation": ATTESTATION, "title": "検査機関の点検票", "questions": 40, "days": 30,
                     "party": "北浜検査センター", "decides": True},
    "invitation": {"inviter": "審査 花子", "until": AT, "until_short": "11月28日", "role": "担当者", "code": CODE},
    "reset": {"until": AT, "code": CODE},
    "notice": {"at": AT, "browser": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "from_address": "192.0.2.1",
               "role": "審査者", "what": "new_device"},
    "contracts_ending": {"day": date(2026, 11, 28), "contracts": [
        {"party": "北浜検査センター", "number": "C-2026-001", "ends_on": date(2027, 2, 26), "days": 90, "lines": 2,
         "notice_by": date(2026, 12, 28)},
        {"party": "北浜検査センター", "number": "C-2025-001", "ends_on": date(2026, 11, 27), "days": -1, "lines": 2,
         "notice_by": date(2026, 8, 29)}]},
    "digest": {"day": date(2026, 11, 28), "items": [
        {"subject": "【点検ポータル】期限の近い契約のお知らせ（2件）", "link": "https://portal.example/desk/parties/ending"},
        {"subject": "[Handling portal] Checklist signed off (A-2026-0001)", "link": ""}]},
    "text_unfit": {"about": "点検票ご回答のお願い", "written_in": "日本語", "number": 3, "kind": "request"},
    "handed_over": {"giver": "主管 花子", "count": 25, "names": ["北浜検査センター"] * 20},
    "deputy": {"what": "standing", "person": "承認 三郎", "deputy": "審査 花子", "first": date(2026, 11, 30),
               "last": date(2026, 12, 11)},
    "by_proxy": {"number": "A-2026-0001", "by": "審査 花子", "what": "承認済み", "party": "北浜検査センター",
                 "decided_at": AT},
    "role_proposed": {"person": "審査 花子", "proposer": "管理 四郎", "role": "承認者"},
}
WIDEST = {"ja": 70, "en": 78}
READERS = [letters.Reader("a@example.jp", "検査　太郎", language, title="部長", party="北浜検査センター")
           for language in ("ja", "en")]


def width(line: str) -> int:
    """How wide a line is, in half-width letters."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def test_every_text_has_a_sample_and_both_languages() -> None:
    names = {path.name for path in (ROOT / "templates" / "mail").glob("*.txt")}
    occasions = {name.partition(".")[0] for name in names} - {"signature"}
    assert sorted(occasions - set(GIVEN)) == [], "give the new text a sample here"
    assert names == {f"{name}.{language}.txt" for name in [*GIVEN, "signature"] for language in ("ja", "en")}


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.language)
@pytest.mark.parametrize("occasion", GIVEN)
def test_a_text_keeps_the_manners(cellar: Cellar, occasion: str, reader: letters.Reader) -> None:
    with cellar.work() as work:
        subject, body = letters.render(work, reader, occasion, **GIVEN[occasion])
    assert subject.startswith("【点検ポータル】" if reader.language == "ja" else "[Handling portal]")
    assert width(subject) <= 100 and "督促" not in subject + body and "警告" not in subject + body
    long = [line for line in body.splitlines() if "http" not in line and width(line) > WIDEST[reader.language]]
    assert long == []
    assert cellar.settings.contact_phone in body and cellar.settings.mail_reply in body
    assert "\n\n\n" not in body and not re.search(r"\{\{|\{%|None", body)
    assert (CODE in body) is (occasion in ("invitation", "reset"))


@pytest.mark.parametrize(("way", "ja", "en"), [("consent", "承諾", "consent"), ("permission", "許諾", "permission")])
def test_a_letter_of_re_entrustment_has_the_word_of_its_way(cellar: Cellar, way: str, ja: str, en: str) -> None:
    body, other = SimpleNamespace(**{**vars(BODY), "way": way}), {"承諾": "許諾", "許諾": "承諾"}[ja]
    for reader in READERS:
        for what in ("consent", "decline"):
            with cellar.work() as work:
                text = "\n".join(letters.render(work, reader, "reentrustment", row=body, what=what, said=""))
            assert (ja if reader.language == "ja" else en) in text and other not in text


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.language)
@pytest.mark.parametrize("what", NOTICES)
def test_every_notice_says_what_happened(cellar: Cellar, what: str, reader: letters.Reader) -> None:
    with cellar.work() as work:
        subject, body = letters.render(work, reader, "notice", **{**GIVEN["notice"], "what": what})
    said = subject.partition("】" if reader.language == "ja" else "]")[2].strip()
    assert said and said in body


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.language)
@pytest.mark.parametrize("occasion", [name for name in OCCASIONS if name not in FIXED])
def test_a_text_opened_for_writing_says_what_the_shipped_one_says(
        cellar: Cellar, occasion: str, reader: letters.Reader) -> None:
    opened = mailtexts.shipped(occasion, reader.language)
    with cellar.work() as work:
        told = letters.render(work, reader, occasion, **GIVEN[occasion])
        work.rows.add(MailText(occasion=occasion, language=reader.language, number=1, subject=opened.subject,
                               body=opened.body, made_by_id=_somebody(work), made_at=work.now()))
        work.rows.flush()
        assert letters.render(work, reader, occasion, **GIVEN[occasion]) == told
    samples = mailtext.samples(opened)
    assert mailproof.problems(opened, opened.subject, opened.body) == []
    assert mailproof.too_wide(mailtext.fill(opened.body, samples), reader.language) == []


def test_every_occasion_has_a_name_and_all_but_warnings_may_be_written() -> None:
    assert set(OCCASIONS) == set(GIVEN)
    for occasion in FIXED:
        with pytest.raises(NotFound):
            mailtexts.shipped(occasion, "ja")


def _somebody(work: Work) -> int:
    person = people.add(work, SYSTEM, people.NewPerson("writer@example.jp", "管理 四郎"))
    return person.id
