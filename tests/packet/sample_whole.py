"""The sample packet put together: cover, register, findings and history around the questions."""

from dataclasses import replace
from datetime import date, timedelta

from portal.packet import answers, record, register
from portal.packet.contents import Contents, Cover
from portal.packet.value import Acted, Person, Spell, Words
from tests.packet.sample import APPROVER, CLERK, DAY, NOW, OFFICER, PORTAL, REVIEWER, files, ledger, sections

CLAUSES = (
    ("秘密保持", "Confidentiality", "met"),
    ("目的外利用の禁止", "No use beyond the purpose", "met"),
    ("再委託の事前承諾", "Consent before re-entrustment", "met"),
    ("安全管理措置", "Safety measures", "equivalent"),
    ("漏えい等の報告", "Report of leaks", "met"),
    ("返還・消去", "Return and erasure", "met"),
    ("立入り・監査への協力", "Help with audits", "waived"),
    ("損害賠償", "Damages", "missing"),
)
SEAL = record.Seal(
    signer="日本骨髄バンク（見本）", fingerprint="0" * 64, authority="内部時刻認証局（見本）", level="PAdES B-LT"
)


def cover() -> Cover:
    """Give the sample's first page."""
    return Cover(
        number="P-2026-0412",
        code="7K4M-92QX-TR5C",
        verify_at="portal.example/v",
        issuer=Words("公益財団法人（見本）", "Foundation (sample)"),
        party=PORTAL,
        subject=Words("2026年度 定期点検　検査機関の点検票", "Periodic check, fiscal year 2026, laboratory checklist"),
        period=(date(2026, 4, 1), date(2027, 3, 31)),
        standing="conditional",
        conclusion=Words("条件付きで適合。未完了の指摘事項が2件あります。", "Conforms with two open findings."),
        as_of=NOW,
        version="v12",
        version_digest="9f" * 32,
        distribution="party",
        reviewed=(Acted(who=REVIEWER, at=NOW - DAY),),
        approved=(Acted(who=APPROVER, at=NOW - timedelta(hours=1)),),
        contact=Words(
            "公益財団法人（見本）　個人情報点検担当　電話 03-0000-0000（平日9時〜17時）",
            "Foundation (sample), data protection desk, +81-3-0000-0000",
        ),
    )


def party() -> register.Party:
    """Give the sample's party record."""
    return register.Party(
        name=PORTAL,
        kana="キタハマケンサセンター",
        kind=Words("検査機関", "Testing laboratory"),
        corporate_number="1234567890128",
        country=Words("日本", "Japan"),
        address=Words("大阪府大阪市中央区北浜0-0-0", "0-0-0 Kitahama, Chuo-ku, Osaka"),
        tier=Words("階層1（年1回）", "Tier 1 (yearly)"),
        contacts=(OFFICER, CLERK),
        accreditations=(
            Spell(name=Words("ISO 15189"), start=date(2024, 7, 1), until=date(2028, 6, 30)),
            Spell(name=Words("衛生検査所登録", "Registered clinical laboratory"), start=date(2011, 4, 1)),
        ),
        chain=(
            register.Subcontractor(
                name=Words("株式会社ミナト搬送（見本）", "Minato Transport (sample)"),
                tier=2,
                country=Words("日本", "Japan"),
                work=Words("検体輸送", "Specimen transport"),
                consent="R-2026-018",
                until=date(2027, 3, 31),
            ),
        ),
        duties=duties(),
    )


def duties() -> tuple[register.DutyState, ...]:
    """Give the sample's three duties, one of them due."""
    states: tuple[tuple[str, str, register.Duty, str, str], ...] = (
        ("選定", "Selection", "met", "選定評価 2024-06-10 承認", "Assessment approved 2024-06-10"),
        ("契約", "Contract", "due", "必要条項のうち1件が不足", "One clause is missing"),
        ("取扱状況の把握", "Knowing the handling", "met", "2026年度定期点検 承認", "Check of 2026 signed off"),
    )
    return tuple(
        register.DutyState(name=Words(ja, en), state=state, reasons=(Words(why, reason),))
        for ja, en, state, why, reason in states
    )


def contract() -> register.Contract:
    """Give the sample's contract."""
    clauses = tuple(
        register.Clause(title=Words(ja, en), presence=state, note="" if state == "met" else "別途の覚書による。")
        for ja, en, state in CLAUSES
    )
    return register.Contract(
        number="C-2024-031",
        title=Words("HLA検査業務委託契約", "Agreement on HLA typing"),
        signed=date(2024, 7, 1),
        term=Spell(name=Words("契約期間", "Term"), start=date(2024, 7, 1), until=date(2027, 6, 30)),
        renewal=Words("自動更新（90日前までの申出がない場合）", "Renews unless refused 90 days before"),
        subcontracting=Words("事前承諾", "Consent beforehand"),
        audit_right=Words("あり（14日前の通知）", "Yes, with 14 days' notice"),
        clauses=clauses,
        annexes=(("個人データ取扱特約.pdf", "c0ffee" * 10 + "abcd"),),
    )


def scope() -> register.ScopeLine:
    """Give the sample's scope line."""
    return register.ScopeLine(
        number="S-1",
        items=(
            Words("検体番号", "Specimen code"),
            Words("HLA型", "HLA type"),
            Words("性別", "Sex"),
            Words("採取日", "Collection date"),
        ),
        purpose=Words("適合検索及びコーディネート", "Matching and coordination"),
        relation=Words("委託", "Entrustment"),
        route=Words("法27条5項1号", "APPI Art. 27(5)(i)"),
        rules=("RT-ENTRUST", "PC-CLAUSES"),
        law_edition="2026-07/1",
        place=Words("日本", "Japan"),
        transfer=Words("専用サイト", "Secured portal"),
        kept=Words("報告後30日", "30 days after report"),
        verdict="PERMITTED",
        to_confirm=(Words("塩基配列データの要配慮性", "Whether sequence data are special-care data"),),
    )


def finding(number: int) -> answers.Finding:
    """Give a finding on the question of that number."""
    return answers.Finding(
        number=f"F-2026-{number:03d}",
        question=f"LAB-{number:02d}",
        severity="medium" if number == 12 else "high",
        requirement=Words("研修の修了率は100％とする。", "All handlers finish the training.")
        if number == 12
        else Words("脆弱性診断は12か月以内に行う。", "Assess vulnerabilities within 12 months."),
        fact="対象期間内の記録が確認できませんでした。",
        cause="担当者の交代時に引継ぎが漏れていました。",
        response="2026年12月18日までに実施し、結果の写しを提出します。",
        due=date(2026, 12, 18),
        state=Words("是正計画に合意", "Plan agreed"),
        open=True,
    )


def history() -> tuple[record.Act, ...]:
    """Give the sample's acts from the request to the sign-off."""
    known = Words("パスワード・確認コード", "Password and code")
    again = Words("再認証（パスキー）", "Again, by passkey")
    steps: tuple[tuple[int, str, str, Person, Words], ...] = (
        (30, "依頼", "Requested", REVIEWER, known),
        (20, "証跡の登録", "Evidence added", CLERK, known),
        (8, "提出", "Submitted", OFFICER, again),
        (6, "差戻し（1問）", "Returned (1 question)", REVIEWER, known),
        (4, "再提出", "Resubmitted", OFFICER, again),
        (1, "審査終了", "Review finished", REVIEWER, known),
        (0, "承認", "Signed off", APPROVER, again),
    )
    return tuple(
        record.Act(
            at=NOW - days * DAY - timedelta(hours=1),
            what=Words(ja, en),
            who=who,
            authentication=how,
            version="ab12cd34" * 8,
        )
        for days, ja, en, who, how in steps
    )


def contents(questions: int = 23, evidence: int = 12) -> Contents:
    """Give the sample packet with so many questions and evidence files."""
    return Contents(
        cover=cover(),
        party=party(),
        contracts=(contract(),),
        scope=(scope(),),
        ours=(
            Words("検体番号の対応表を当法人内でのみ保管する。", "Keep the table of specimen codes inside JMDP only."),
        ),
        sections=sections(questions, evidence),
        sampling=Words(
            "高リスク設問は全数、ほかは乱数種 20261122 により3割を抽出。",
            "All high-risk questions; of the rest 30 %, seed 20261122.",
        ),
        findings=tuple(finding(number) for number in (12, 16) if number <= questions),
        history=history(),
        conflicts=(
            Words(
                "審査者・承認者とも、相手先との利害関係なしと申告（2026-11-15）。",
                "Reviewer and approver declared no interest (2026-11-15).",
            ),
        ),
        files=files(evidence),
        ledger=ledger(),
        seal=SEAL,
    )


def with_cover(value: Contents, **changes: object) -> Contents:
    """Give the contents with some facts of the cover changed."""
    return replace(value, cover=replace(value.cover, **changes))
