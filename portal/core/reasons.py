"""Says in Japanese and English why the law table judged a line as it did, with article, edition and certainty."""

from typing import Literal

from msgspec import Struct

from portal.core.bilingual import Text
from portal.core.lawfulness import Case, Judgement, holds
from portal.core.legal import Facts, Precondition, Rules

Kind = Literal["verdict", "block", "excused", "route", "missing", "overlay", "unknown"]

UNCONFIRMED = Text("要確認（顧問弁護士）", "to be confirmed by counsel")
VERDICTS = {
    "PERMITTED": Text("根拠がそろっています。", "A lawful route is complete."),
    "INCOMPLETE": Text("要件が足りません。", "Something is still missing."),
    "NO_BASIS": Text("この組合せに使える法的根拠がありません。", "No lawful route exists for this combination."),
    "PROHIBITED": Text("提供できません。", "This must not be shared."),
}
LEVELS = {
    "law": Text("法令", "law"),
    "policy": Text("当法人ポリシー", "JMDP policy"),
    "jmdp_rule": Text("当法人規則", "JMDP rule"),
}
RUNNING = {
    "refer": Text("すでに有効な提供範囲のため、承認者が判断します。", "The line already runs: the approver decides."),
    "warn": Text("すでに有効な提供範囲のため、警告とします。", "The line already runs: this is a warning."),
    "stop": Text("例外に当たるため、妨げとなりません。", "An exception applies, so this does not bar it."),
}


class Sentence(Struct, frozen=True):
    """One sentence of an explanation: what it is about, the rule's id, and for a missing need the route it is for."""

    kind: Kind
    id: str
    text: Text
    route: str = ""


class Explained(Struct, frozen=True):
    """The whole explanation of a judgement and the edition of the law table it was made under."""

    edition: str
    sentences: tuple[Sentence, ...]

    def of(self, kind: Kind) -> tuple[Sentence, ...]:
        """Give the sentences of one kind, in order."""
        return tuple(sentence for sentence in self.sentences if sentence.kind == kind)


def explain(judgement: Judgement, case: Case, rules: Rules, facts: Facts) -> Explained:
    """Take a judgement with its case and tables; give a sentence for the verdict and for everything behind it."""
    said = [Sentence("verdict", judgement.verdict, VERDICTS[judgement.verdict])]
    said += [_block(block, rules) for block in judgement.blocks]
    said += [_excused(block, rules) for block in judgement.excused]
    for route, missing in judgement.routes.items():
        said.append(_route(route, rules))
        said += [missing_need(need, route, case, rules) for need in missing]
    said += [_overlay(overlay, rules) for overlay in judgement.overlays]
    questions = {fact.id: fact.question for fact in facts.fact}
    for flag in judgement.unknown:
        question = questions[flag]
        said.append(Sentence("unknown", flag, Text(f"未回答：{question.ja}", f"Not answered yet: {question.en}")))
    return Explained(rules.header.edition, tuple(said))


def cited(basis: tuple[str, ...], rules: Rules) -> Text:
    """Give the provisions as they are cited, joined in each language; raises KeyError for an unknown one."""
    rows = {row.id: row for row in rules.basis}
    return Text("、".join(rows[b].cite.ja for b in basis), "; ".join(rows[b].cite.en for b in basis))


def wording(need: Precondition, route: str, case: Case) -> Text:
    """Give what a need asks on a route in a case: its own label, or that of the first variant that fits."""
    for variant in need.variants:
        on_route = not variant.route or route in variant.route
        if on_route and holds(variant.when, case).holds:
            return variant.label
    return need.label


def evidence_for(need: Precondition, route: str, case: Case) -> tuple[str, ...]:
    """Give the kinds of evidence a need asks for on a route in a case."""
    for variant in need.variants:
        if variant.evidence and (not variant.route or route in variant.route) and holds(variant.when, case).holds:
            return variant.evidence
    return need.evidence


def may_be_not_required(need: Precondition, case: Case) -> bool:
    """Say whether a need may be met by stating, with a reason, that it is not required in this case."""
    return any(holds(condition, case).holds for condition in need.not_required_when)


def missing_need(need: str, route: str, case: Case, rules: Rules) -> Sentence:
    """Give the sentence for a need that a route still misses."""
    row = next(row for row in rules.precondition if row.id == need)
    label = wording(row, route, case)
    sure = all(base.verified == "source" for base in rules.basis if base.id in row.basis)
    text = Text(f"不足：{label.ja}", f"Missing: {label.en}")
    return Sentence("missing", need, _with(text, row.basis, sure, rules), route)


def _with(text: Text, basis: tuple[str, ...], sure: bool, rules: Rules) -> Text:
    """Add the provisions, the edition and, where it is not from a seen source, the mark of uncertainty."""
    cite = cited(basis, rules)
    edition = rules.header.edition
    return Text(
        f"{text.ja}［{cite.ja}、規則表{edition}{'' if sure else '、' + UNCONFIRMED.ja}］",
        f"{text.en} [{cite.en}; rules {edition}{'' if sure else '; ' + UNCONFIRMED.en}]",
    )


def _block(id: str, rules: Rules) -> Sentence:
    row = next(row for row in rules.block if row.id == id)
    level = LEVELS[row.level]
    text = Text(f"{row.label.ja}（{level.ja}）", f"{row.label.en} ({level.en})")
    return Sentence("block", id, _with(text, row.basis, row.verified == "source", rules))


def _excused(id: str, rules: Rules) -> Sentence:
    row = next(row for row in rules.block if row.id == id)
    why = RUNNING[row.when_running]
    text = Text(f"{row.label.ja}：{why.ja}", f"{row.label.en}: {why.en}")
    return Sentence("excused", id, _with(text, row.basis, row.verified == "source", rules))


def _route(id: str, rules: Rules) -> Sentence:
    row = next(row for row in rules.route if row.id == id)
    note = Text(f"：{row.note.ja}", f": {row.note.en}") if row.note else Text("", "")
    text = Text(f"{row.label.ja}{note.ja}", f"{row.label.en}{note.en}")
    return Sentence("route", id, _with(text, row.basis, row.verified == "source", rules))


def _overlay(id: str, rules: Rules) -> Sentence:
    row = next(row for row in rules.overlay if row.id == id)
    return Sentence("overlay", id, _with(row.label, row.basis, row.verified == "source", rules))
