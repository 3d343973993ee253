"""Assessments of a relation that are no checklist: their kinds, which relation has which, and the duties' names."""

from typing import Literal

from portal.core.bilingual import Text

Kind = Literal["selection", "recipient", "paper_check", "equivalence", "own_measures"]
KINDS: dict[Kind, Text] = {
    "selection": Text("委託先の選定", "Selection of the outsourcer"),
    "recipient": Text("提供先・共同利用者の承認", "Approval of the recipient"),
    "paper_check": Text("書面・訪問による点検", "Check on paper or on the spot"),
    "equivalence": Text("相当措置の実施状況の確認", "Check of equivalent measures"),
    "own_measures": Text("当法人の安全管理措置の確認", "Check of JMDP's own measures"),
}
DECIDED: frozenset[Kind] = frozenset({"selection", "recipient"})
"""What an approver decides; the others are checks that a lead or a reviewer records."""
BY_RELATION: dict[str, tuple[Kind, ...]] = {
    "entrustment": ("selection", "paper_check", "equivalence"),
    "joint_use": ("recipient", "paper_check", "equivalence"),
    "cloud_no_handling": ("own_measures",),
}
OTHERS: tuple[Kind, ...] = ("recipient", "equivalence")
DUTIES: dict[str, Text] = {
    "selection": Text("適切な選定", "Selection"),
    "contract": Text("契約", "Contract"),
    "handling": Text("取扱状況の把握", "Knowledge of the handling"),
    "notice": Text("公表", "Notice"),
    "agreement": Text("取決め", "Agreement"),
    "route": Text("提供の根拠", "Legal route"),
    "record": Text("提供の記録", "Record of provision"),
    "checks": Text("相当措置の確認", "Check of equivalent measures"),
    "own_measures": Text("当法人の安全管理措置", "JMDP's own measures"),
}


def fitting(relation: str) -> tuple[Kind, ...]:
    """Give the kinds of assessment that a relation has."""
    return BY_RELATION.get(relation, OTHERS)
