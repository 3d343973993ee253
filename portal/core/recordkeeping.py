"""Records of provision and receipt (APPI Arts. 29–31 and JMDP's own logs): what each holds and how long it is kept.

The portal keeps references and counts; individuals are named in JMDP's core system alone.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from msgspec import Struct

from portal.core.bilingual import Text
from portal.core.dates import add_months
from portal.core.entries import RecordType
from portal.core.identifiers import count_my_numbers

Manner = Literal["each", "batch", "contract"]
MANNERS: dict[Manner, Text] = {
    "each": Text("都度作成", "Each time"),
    "batch": Text("一括作成", "In a batch"),
    "contract": Text("契約書等で代替", "A contract in its place"),
}
BY_CONTRACT = frozenset({"provision_record", "receipt_record"})
"""The records for which a contract may stand (Enforcement Rules 19 and 23)."""
CONTRACT_MONTHS = 12
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,79}")
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


class Asked(Struct, frozen=True):
    """One thing that a kind of record holds besides party, period, count and items."""

    name: str
    label: Text


_CONSENT = Asked("consent", Text("同意文言の版", "Version of the consent wording"))
_RECIPIENT = (
    Asked("name", Text("相手方の名称", "Name of the other side")),
    Asked("address", Text("相手方の住所", "Address of the other side")),
    Asked("representative", Text("相手方の代表者の氏名", "Representative of the other side")),
)
ASKED: dict[str, tuple[Asked, ...]] = {
    "provision_record": (*_RECIPIENT, _CONSENT),
    "receipt_record": (*_RECIPIENT, Asked("obtained", Text("提供元の取得の経緯", "How the provider obtained them")),
                       _CONSENT),
    "art31_record": (*_RECIPIENT[:1], Asked("method", Text("同意の確認の方法", "How the consent was confirmed"))),
    "statutory_log": (Asked("reason", Text("根拠法令・条項又は理由", "Statute and article, or reason")),
                      Asked("approver", Text("承認者（役職）", "Approver (function)"))),
    "research_supply_record": (Asked("study", Text("研究課題", "Study")),
                               Asked("approval", Text("承認番号", "Approval"))),
    "anon_log": (Asked("method", Text("加工方法の版", "Version of the method")),
                 Asked("publication", Text("公表（日付・場所）", "Publication (date, place)"))),
    "tag_log": (Asked("tag", Text("タグ", "Tag")), Asked("page", Text("ページ", "Page")),
                Asked("notice", Text("公表文の版", "Version of the public notice"))),
    "na_log": (Asked("handler", Text("取扱担当者（役職）", "Handler (function)")),
               Asked("action", Text("取扱いの内容", "What was done"))),
}
"""What a person writes for each kind of record; the other kinds are files that the portal keeps by itself."""


def kept_until(kind: RecordType, manner: Manner, made_on: date, last_on: date) -> date:
    """Give the last day a record must be kept, from its making or, made in a batch or by contract, from the last act.

    A contract in place of the record is kept twelve months after the last provision or receipt (Rules 21 and 25).
    """
    if manner == "contract":
        return add_months(last_on, CONTRACT_MONTHS)
    return add_months(last_on if manner == "batch" else made_on, kind.retention_months)


def looks_personal(texts: Iterable[str]) -> bool:
    """Say whether any text seems to hold what belongs into the core system: an individual number or an address."""
    return any(count_my_numbers(text) or ADDRESS.search(text) for text in texts)


def is_reference(text: str) -> bool:
    """Say whether a text is a reference of the core system: letters, digits, dot, slash and hyphen alone."""
    return REFERENCE.fullmatch(text) is not None
