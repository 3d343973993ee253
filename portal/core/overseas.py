"""The overseas sheet (APPI Art. 28): what is stated of a recipient's country, its measures and its yearly check."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from portal.core.bilingual import Text

Subject = Literal["system", "measures", "information", "basis", "on_request", "check"]
Outcome = Literal["", "continue", "measures", "stop"]
Standing = Literal["current", "soon", "lapsed", "lacking", "failed", "lost", "unasked"]

SUBJECTS: dict[Subject, Text] = {
    "system": Text("外国の個人情報保護制度", "The country's system"),
    "measures": Text("提供先が講ずる措置", "Measures the recipient takes"),
    "information": Text("本人への情報提供（同意の前）", "Information given to the person before consent"),
    "basis": Text("基準適合体制の根拠", "Proof of the equivalent system"),
    "on_request": Text("本人の求めに応じた情報提供", "Information on request"),
    "check": Text("相当措置と制度の定期確認", "Regular check of measures and system"),
}
NEEDS: dict[str, tuple[Subject, ...]] = {
    "PC-FXINFO": ("system", "measures"), "PC-CONSENTFX": ("information",), "PC-EQSYS": ("basis",),
    "PC-EQINFO": ("on_request",), "PC-EQCHECK": ("check",),
}
"""The needs of the law table that a sheet meets, each by the subjects that must be current."""
FLAGS = frozenset({"eq_check_overdue_or_failed", "eq_assurance_lost"})
PROVED: frozenset[Subject] = frozenset({"basis", "check"})
"""Subjects that a file of evidence should stand behind."""
OUTCOMES: dict[Outcome, Text] = {
    "continue": Text("継続してよい", "May go on"),
    "measures": Text("追加の措置が必要", "More measures are needed"),
    "stop": Text("相当措置の継続的な実施を確保できない", "Equivalent measures can no longer be assured"),
}
SOON = timedelta(days=60)


class Asked(Struct, frozen=True):
    """One thing that a statement holds; an optional one may be empty."""

    name: str
    label: Text
    optional: bool = False


ASKED: dict[Subject, tuple[Asked, ...]] = {
    "system": (
        Asked("law", Text("制度の有無（包括的な法律・分野別の法律・なし）", "Law: general, by sector, or none")),
        Asked("indicators", Text("指標（EU十分性認定、APEC CBPR加盟など）", "Indicators (EU adequacy, CBPR economy …)"),
              optional=True),
        Asked("principles", Text("OECD8原則との相違", "Where it falls short of the OECD eight principles")),
        Asked("strong", Text("本人の権利に重大な影響を及ぼす制度（データの国内保存、政府の閲覧など）",
                             "Other systems with strong effect (localisation, government access)")),
    ),
    "measures": (
        Asked("measures", Text("講ずる措置", "Measures taken")),
        Asked("gaps", Text("OECD8原則に対応する措置のうち講じていないもの", "OECD principles without a measure")),
    ),
    "information": (
        Asked("wording", Text("同意文言の番号と版", "Number and edition of the consent wording")),
        Asked("given", Text("国名・制度・措置を知らせた方法と時期", "How and when they are told")),
    ),
    "basis": (
        Asked("kind", Text("契約等の条項（規則16条1号）又は認定（同2号）", "Contract or certificate (Rule 16)")),
        Asked("where", Text("条項又は認定の番号", "Clause, or number of the certificate")),
    ),
    "on_request": (
        Asked("way", Text("受付と回答の手順", "How a request is taken and answered")),
        Asked("outline", Text("知らせる内容（体制の整備方法、相当措置の概要、確認の頻度・方法、制度、支障と対応）",
                              "What is told: the system, its measures, how often and how checked, trouble")),
    ),
    "check": (
        Asked("method", Text("確認の方法", "How it was checked")),
        Asked("found", Text("前回からの変更と支障", "Changes and trouble since the last check")),
    ),
}
"""What a person writes on each subject (Enforcement Rules 17 and 18)."""


class Said(Struct, frozen=True):
    """The newest statement on a subject: its day, its last day (proof included), and a check's outcome."""

    made_on: date
    until: date
    outcome: Outcome = ""


Sheet = Mapping[Subject, Said]


def standing(said: Said | None, today: date, *, wanted: bool) -> Standing:
    """Say how a subject stands on a day; one that no route of the lines wants and nobody stated is unasked."""
    if said is None:
        return "lacking" if wanted else "unasked"
    if said.outcome == "stop":
        return "lost"
    if said.outcome == "measures":
        return "failed"
    if said.until < today:
        return "lapsed"
    return "soon" if said.until <= today + SOON else "current"


def holds(said: Said | None, today: date) -> bool:
    """Say whether a statement still carries what rests on it."""
    return standing(said, today, wanted=True) in ("current", "soon")


def done(sheet: Sheet, today: date) -> frozenset[str]:
    """Give the needs of the law table that a sheet meets on a day."""
    return frozenset(need for need, subjects in NEEDS.items()
                     if all(holds(sheet.get(subject), today) for subject in subjects))


def flags(sheet: Sheet, today: date) -> dict[str, bool]:
    """Give the flags of the law table: the check overdue, failed or never made; assurance found to be lost."""
    check = sheet.get("check")
    return {"eq_check_overdue_or_failed": not holds(check, today),
            "eq_assurance_lost": check is not None and check.outcome == "stop"}


def wanted(location: str, *, by_system: bool, by_consent: bool) -> frozenset[Subject]:
    """Give the subjects that the lines of a country want: nothing in an equivalent country (EEA, UK)."""
    if location != "OTHER":
        return frozenset()
    found: set[Subject] = {"system", "measures"}
    if by_system:
        found |= {"basis", "on_request", "check"}
    if by_consent:
        found.add("information")
    return frozenset(found)


def next_due(sheet: Sheet) -> date | None:
    """Give the first last day among the statements of a sheet, or nothing where there are none."""
    return min((said.until for said in sheet.values()), default=None)
