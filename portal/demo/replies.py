"""What the demo's parties answer: something plausible for every type of question, in their language."""

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
NUMBERS = ("12", "3", "0", "24", "90")


def raw(question: Question, language: str, turn: int) -> dict[str, object]:
    """Give an answer as it would be typed; `turn` makes parties and years differ."""
    place = turn + sum(map(ord, question.id))
    match question.answer_type:
        case "yes_no_partial_na":
            good = question.good if question.good in ("yes", "no") else "yes"
            return {"text": "partial" if place % 11 == 0 else good}
        case "yes_no":
            return {"text": question.good if question.good in ("yes", "no") else "no"}
        case "date":
            return {"text": f"2026-0{place % 6 + 3}-1{place % 9}"}
        case "number":
            return {"text": _number(question, place)}
        case "choice":
            return {"text": question.choices[place % len(question.choices)].code}
        case "choice_multi":
            return {"choices": [choice.code for choice in question.choices[:1 + place % 2]]}
        case "table":
            return {"rows": [{column.code: cell(column, language) for column in question.columns}]} \
                if place % 2 and question.columns else {"none": True, "rows": []}
    return {"text": TEXTS[language][place % len(TEXTS[language])]}


def _number(question: Question, place: int) -> str:
    if question.maximum == 100:
        return "100"
    return NUMBERS[place % len(NUMBERS)]


def cell(column: Column, language: str) -> str:
    """Give one cell of a table by the kind of its column."""
    if column.choices:
        return column.choices[0].code
    cells = {"country": "JP", "date": "2026-04-01", "number": "3", "yes_no": "yes", "approval": "R-2026-018"}
    return cells.get(column.kind, "【架空】見本運送" if language == "ja" else "Sample Carrier (demo)")
