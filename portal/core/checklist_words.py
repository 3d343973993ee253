"""What a checklist's fields and their values are called, for its pages, its workbook and its differences."""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from portal.core.bilingual import Text
from portal.core.catalogue import Catalogue
from portal.core.rulefit import EVIDENCE_RULES, FINDING_RULES
from portal.core.saying import YES_NO
from portal.core.templates import Choice, Column, Shown, cite
from portal.core.words import word

FIELDS = {
    "code": Text("符号", "Code"),
    "kind": Text("種別", "Kind"),
    "title.ja": Text("名称（日本語）", "Title (Japanese)"),
    "title.en": Text("名称（英語）", "Title (English)"),
    "intro.ja": Text("説明（日本語）", "Introduction (Japanese)"),
    "intro.en": Text("説明（英語）", "Introduction (English)"),
    "interval_months": Text("点検の間隔（月）", "Asked every (months)"),
    "id": Text("番号", "Number"),
    "section": Text("区分", "Section"),
    "clauses": Text("根拠", "Basis"),
    "question.ja": Text("設問（日本語）", "Question (Japanese)"),
    "question.en": Text("設問（英語）", "Question (English)"),
    "guide.ja": Text("補足説明（日本語）", "Guidance (Japanese)"),
    "guide.en": Text("補足説明（英語）", "Guidance (English)"),
    "answer_type": Text("回答の種類", "Type of answer"),
    "answered_by": Text("回答者", "Answered by"),
    "allow_na": Text("「該当しない」を認める", "“Not applicable” allowed"),
    "good": Text("よい回答", "Good answer"),
    "choices": Text("選択肢", "Choices"),
    "columns": Text("表の列", "Columns"),
    "unit.ja": Text("単位（日本語）", "Unit (Japanese)"),
    "unit.en": Text("単位（英語）", "Unit (English)"),
    "maximum": Text("上限", "Greatest value"),
    "evidence": Text("証跡", "Evidence"),
    "evidence_when": Text("証跡を求めるとき", "Evidence wanted"),
    "validity_months": Text("証跡の有効期間（月）", "Evidence valid for (months)"),
    "criticality": Text("重要度", "Criticality"),
    "finding_when": Text("指摘事項とするとき", "Finding when"),
    "due_days": Text("是正期限（日）", "Days to correct"),
    "visible_when": Text("表示の条件", "Shown when"),
    "party_kinds": Text("対象の相手先", "For parties of the kind"),
    "individual": Text("個人向け短縮版に含める", "In the short form for individuals"),
}
ANSWER_TYPES = {
    "yes_no_partial_na": Text("はい・一部・いいえ", "Yes, partly, no"),
    "yes_no": Text("はい・いいえ", "Yes, no"),
    "choice": Text("一つ選択", "One choice"),
    "choice_multi": Text("複数選択", "Several choices"),
    "number": Text("数値", "Number"),
    "date": Text("日付", "Date"),
    "text": Text("記述", "Text"),
    "table": Text("表", "Table"),
}
ANSWERED_BY = {
    "party": Text("相手先", "The party"),
    "jmdp": Text("当法人", "JMDP"),
    "portal": Text("自動計算（質問しない）", "Computed (asked of nobody)"),
}
COLUMN_KINDS = {
    "text": Text("文字", "Text"),
    "number": Text("数値", "Number"),
    "date": Text("日付", "Date"),
    "yes_no": Text("はい・いいえ", "Yes, no"),
    "choice": Text("選択", "Choice"),
    "country": Text("国", "Country"),
    "approval": Text("承諾・許諾番号", "Consent or permission number"),
}
GOOD = {"yes": YES_NO["yes"], "no": YES_NO["no"], "either": Text("どちらでもよい（情報）", "Either (information)")}
REQUIRED = Text("必須", "required")
NOTHING = Text("（なし）", "(none)")


class Teller(Struct, frozen=True):
    """Tells values of a checklist's fields in one language, with the catalogue's names."""

    catalogue: Catalogue
    lang: str

    def tell(self, field: str, value: Any) -> str:
        """Give the value of a field in words, several as lines; "(none)" where there is nothing."""
        if value is None or value == () or value == "":
            return NOTHING.get(self.lang)
        told = TOLD.get(field)
        return told(self, value) if told else str(value)

    def rule(self, rule: str) -> str:
        """Give a rule of findings or evidence in words, with its limit."""
        name, _, limit = rule.partition(":")
        known = FINDING_RULES.get(name) or EVIDENCE_RULES.get(name)
        words = known.words.get(self.lang) if known else name
        return words + ("：" if self.lang == "ja" else ": ") + limit if limit else words

    def joined(self, pieces: Iterable[str]) -> str:
        """Join words as a list is joined in the language."""
        return ("、" if self.lang == "ja" else ", ").join(pieces)

    def choice(self, row: Choice) -> str:
        """Give a choice with its code."""
        return f"{row.label.get(self.lang)} [{row.code}]"

    def column(self, row: Column) -> str:
        """Give a column with its code, kind and choices."""
        pieces = [COLUMN_KINDS[row.kind].get(self.lang), *([REQUIRED.get(self.lang)] if row.required else []),
                  *(choice.label.get(self.lang) for choice in row.choices)]
        return f"{row.label.get(self.lang)} [{row.code}] {self.joined(pieces)}"

    def shown(self, row: Shown) -> str:
        """Give the condition on which a question is shown."""
        answers = self.joined(YES_NO[code].get(self.lang) if code in YES_NO else code for code in row.any_of)
        return f"{row.question}{'：' if self.lang == 'ja' else ': '}{answers}"

    def evidence(self, code: str) -> str:
        """Give the name of a kind of evidence."""
        kind = self.catalogue.evidence.get(code)
        return kind.label.get(self.lang) if kind else code

    def named(self, table: dict[str, Text], code: str) -> str:
        """Give the label of a code; the code itself where there is none."""
        return table[code].get(self.lang) if code in table else code


TOLD: dict[str, Callable[[Teller, Any], str]] = {
    "section": lambda teller, code: teller.named(
        {section.code: section.label for section in teller.catalogue.sections.section}, code),
    "clauses": lambda teller, clauses: teller.joined(
        cite(clause, teller.catalogue.sections, teller.lang) for clause in clauses),
    "answer_type": lambda teller, code: teller.named(ANSWER_TYPES, code),
    "answered_by": lambda teller, code: teller.named(ANSWERED_BY, code),
    "allow_na": lambda teller, value: YES_NO["yes" if value else "no"].get(teller.lang),
    "individual": lambda teller, value: YES_NO["yes" if value else "no"].get(teller.lang),
    "good": lambda teller, code: teller.named(GOOD, code),
    "choices": lambda teller, rows: "\n".join(map(teller.choice, rows)),
    "columns": lambda teller, rows: "\n".join(map(teller.column, rows)),
    "evidence": lambda teller, codes: teller.joined(map(teller.evidence, codes)),
    "evidence_when": lambda teller, rule: teller.rule(rule),
    "finding_when": lambda teller, rules: "\n".join(map(teller.rule, rules)),
    "criticality": lambda teller, code: word("severity", code).get("ja" if teller.lang == "ja" else "en"),
    "visible_when": lambda teller, shown: teller.shown(shown),
    "party_kinds": lambda teller, kinds: teller.joined(
        teller.named(teller.catalogue.rules.codes("party_kind"), kind) for kind in kinds),
}
