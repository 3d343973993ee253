"""What the demo's parties answer: something plausible for every type of question, in their language."""

from datetime import date, timedelta

from portal.core.templates import Column, Question

TEXTS = {
    "ja": ("個人情報取扱規程（第4版）に定め、情報管理責任者を任命しています。",
           "手順書に沿って四半期ごとに点検し、結果を記録しています。",
           "委託業務に必要な範囲に限り、担当部署のみが取り扱います。"),
    "en": ("Set out in our data handling rules (4th edition); a responsible officer is named.",
           "Checked every quarter against the written procedure; the results are kept.",
           "Limited to what the service needs, and to the department in charge."),
}
LATER = {"ja": "更新中のため、発行されしだい提出します。",
         "en": "Being renewed; we will send it as soon as it is issued."}
SAID = {
    "ADV-11": ("日本、アメリカ合衆国", "Japan, United States"),
    "ADV-13": ("広告サービス利用規約 第12版（2026年4月1日）", "Advertising service terms, 12th edition (1 April 2026)"),
    "ITO-03": ("約1,200名分。会員管理システムと問合せ管理システムで扱います。",
               "About 1,200 people, in the member system and the enquiry system."),
    "MED-18": ("ドナー説明書 第8版、提供同意書 第5版", "Donor information 8th edition, consent form 5th edition"),
    "REG-01": ("フィクティア・ドナー登録、フィクティア国（架空）、ION は登録情報のとおり",
               "Fictia Donor Registry, Fictia (fictional); ION as registered"),
    "REG-17": ("フィクティア個人データ法（架空）。窓口はデータ保護責任者",
               "Fictia Personal Data Act (fictional); contact: Data Protection Officer"),
    "RES-04": ("移植成績の後方視的研究（架空）、計画書 第2.1版、教授",
               "Retrospective study of transplant outcomes (fictional), protocol 2.1, professor"),
}
NUMBERS = {"ADV-12": 14, "ITO-09": 1, "ITO-16": 7, "ITO-18": 24, "JNT-18": 30, "JNT-19": 0, "LAB-07": 90, "LAB-15": 24,
           "LAB-21": 0, "MED-22": 0, "MYN-10": 30, "MYN-15": 0, "REG-21": 10}
ENDS = frozenset({"JNT-04", "JNT-07", "MED-01", "RES-21"})
"""Questions that ask for a day to come; all others ask for when something was done last."""


def raw(question: Question, language: str, turn: int, today: date) -> dict[str, object]:
    """Give an answer as it would be typed today (Japan); `turn` makes parties and years differ."""
    place = turn + sum(map(ord, question.id))
    match question.answer_type:
        case "yes_no_partial_na":
            good = question.good if question.good in ("yes", "no") else "yes"
            return {"text": "partial" if place % 11 == 0 else good}
        case "yes_no":
            return {"text": question.good if question.good in ("yes", "no") else "no"}
        case "date":
            return {"text": _day(question, place, today).isoformat()}
        case "number":
            return {"text": _number(question, place)}
        case "choice":
            return {"text": question.choices[place % len(question.choices)].code}
        case "choice_multi":
            return {"choices": [choice.code for choice in question.choices[:1 + place % 2]]}
        case "table":
            return {"rows": [{column.code: cell(column, language) for column in question.columns}]} \
                if place % 2 and question.columns else {"none": True, "rows": []}
    if question.id in SAID:
        return {"text": SAID[question.id][language == "en"]}
    return {"text": TEXTS[language][place % len(TEXTS[language])]}


def _day(question: Question, place: int, today: date) -> date:
    if question.id in ENDS:
        return today + timedelta(days=480 + place % 90)
    return today - timedelta(days=20 + place * 7 % 120)


def _number(question: Question, place: int) -> str:
    if question.maximum == 100:
        return str(100 - place % 3)
    return str(NUMBERS.get(question.id, 1 + place % 12))


def cell(column: Column, language: str) -> str:
    """Give one cell of a table by the kind of its column."""
    if column.choices:
        return column.choices[0].code
    cells = {"country": "JP", "date": "2026-04-01", "number": "3", "yes_no": "yes", "approval": "R-2026-018"}
    return cells.get(column.kind, "【架空】見本運送" if language == "ja" else "Sample Carrier (demo)")
