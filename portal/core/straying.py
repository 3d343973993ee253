"""Where a scope line contradicts the contract, the published purposes, the joint-use notice or the law, by kind."""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from portal.core import linter
from portal.core.bilingual import Text
from portal.core.entries import DataItem, Purpose
from portal.core.identifiers import count_my_numbers
from portal.core.lawfulness import Judgement
from portal.core.legal import Rules
from portal.core.sentences import sentence

Kind = Literal["decide", "special_care", "mynumber", "no_contract", "contract_items", "purpose", "notice",
               "publication", "tier_place", "referred", "unusual"]
KINDS: dict[Kind, Text] = {
    "decide": Text("根拠を失った提供", "Sharing without its basis"),
    "special_care": Text("要配慮個人情報の根拠なし", "Special-care data without a basis"),
    "mynumber": Text("個人番号の範囲外", "My Number out of place"),
    "no_contract": Text("契約のない提供", "Sharing without a contract"),
    "contract_items": Text("契約の範囲外の項目", "Items outside the contract"),
    "purpose": Text("公表していない利用目的", "Purpose not published"),
    "notice": Text("共同利用の公表文の範囲外", "Outside the joint-use notice"),
    "publication": Text("公表の要件が未充足", "Not published as the route asks"),
    "tier_place": Text("再委託先の国が範囲外", "Re-entrusted abroad, outside the line"),
    "referred": Text("承認者の判断・警告", "For the approver, or a warning"),
    "unusual": Text("通常と異なる組合せ", "Unusual combination"),
}
UNDER_CONTRACT = frozenset({"entrustment", "joint_use", "pseudonymised", "cloud_no_handling"})
PUBLISHED: tuple[Kind, ...] = ("purpose", "notice", "publication")
"""The kinds that say what must be published and is not."""
PUBLICATIONS = frozenset({"PC-NOTICE", "PC-ANONPUB", "PC-PSEUDO", "PC-TAG", "PC-EXT"})
"""The needs of the law table that a publication meets; the joint-use notice is held against the line itself."""
MYNUMBER_RELATIONS = frozenset({"entrustment", "statutory", "receipt"})

NOT_PERMITTED = sentence("Sharing runs, yet the law table no longer permits it: %(verdict)s")
NO_BASIS = sentence("The line holds special-care data and has no basis: %(verdict)s")
MYNUMBER_PURPOSE = sentence("My Number is shared outside the affairs of Numbers Act Art. 9.")
MYNUMBER_RELATION = sentence("My Number is shared in a relation that the Numbers Act does not know.")
MYNUMBER_TEXT = sentence("A text of the line holds what looks like a My Number: take it out.")
NO_CONTRACT = sentence("Sharing runs without a signed contract in force.")
CONTRACT_ITEMS = sentence("The contract does not name these items: %(items)s")
UNPUBLISHED = sentence("The purpose is not among those published.")
TIER_PLACE = sentence("Re-entrusted bodies have these data in countries that the line does not cover: %(countries)s")
NOTICE = sentence("The joint-use notice does not carry this line: %(gap)s")
NOT_PUBLISHED = sentence("The route asks for a publication that nobody has stated, or that has lapsed: %(need)s")
REFER = sentence("%(rule)s: the line already runs, so the approver decides.")
WARN = sentence("%(rule)s: the line already runs, so this is a warning.")


class Line(Struct, frozen=True):
    """A scope line with what it stands on; `contract_items` is none where the contract does not list its items.

    `beyond` are countries of re-entrusted bodies that the line's place does not cover.
    """

    relation: str
    party_kind: str
    location: str
    state: str
    purpose: str
    items: tuple[DataItem, ...]
    texts: tuple[str, ...] = ()
    contract_in_force: bool = False
    contract_items: frozenset[str] | None = None
    gaps: tuple[Text, ...] = ()
    route: str = ""
    beyond: tuple[str, ...] = ()


class Found(Struct, frozen=True):
    """One contradiction: its kind, an English source sentence, and the values for its places."""

    kind: Kind
    message: str
    values: Mapping[str, Any] = {}


def stray(line: Line, purpose: Purpose | None, judgement: Judgement, rules: Rules) -> tuple[Found, ...]:
    """Give what contradicts on a line; `purpose` is none for an affair of the Numbers Act or an unknown one."""
    runs = line.state == "active"
    verdict = {"verdict": judgement.verdict}
    found = []
    if runs and judgement.verdict != "PERMITTED":
        found.append(Found("decide", NOT_PERMITTED, verdict))
    bare = judgement.verdict in ("NO_BASIS", "PROHIBITED") or (runs and judgement.verdict != "PERMITTED")
    if bare and any(item.data_class == "special_care" for item in line.items):
        found.append(Found("special_care", NO_BASIS, verdict))
    found += _my_number(line)
    found += _papers(line, runs=runs)
    if line.beyond:
        found.append(Found("tier_place", TIER_PLACE, {"countries": line.beyond}))
    if purpose is None and not line.purpose.startswith("NA-"):
        found.append(Found("purpose", UNPUBLISHED))
    found += [*_unpublished(line, judgement, rules), *_running(judgement, rules)] if runs else []
    if purpose is not None:
        told = linter.lint(linter.Line(line.relation, line.party_kind, line.location, line.items), purpose)
        found += [Found("unusual", warning.message, warning.values) for warning in told]
    return tuple(found)


def _my_number(line: Line) -> list[Found]:
    found = []
    if any(item.data_class == "mynumber" for item in line.items):
        if not line.purpose.startswith("NA-"):
            found.append(Found("mynumber", MYNUMBER_PURPOSE))
        if line.relation not in MYNUMBER_RELATIONS:
            found.append(Found("mynumber", MYNUMBER_RELATION))
    if any(count_my_numbers(text) for text in line.texts):
        found.append(Found("mynumber", MYNUMBER_TEXT))
    return found


def _papers(line: Line, *, runs: bool) -> list[Found]:
    """What the contract and the joint-use notice do not carry."""
    found = []
    if runs and line.relation in UNDER_CONTRACT and not line.contract_in_force:
        found.append(Found("no_contract", NO_CONTRACT))
    if line.contract_items is not None:
        outside = tuple(item.label for item in line.items if item.code not in line.contract_items)
        if outside:
            found.append(Found("contract_items", CONTRACT_ITEMS, {"items": outside}))
    return found + [Found("notice", NOTICE, {"gap": gap}) for gap in line.gaps]


def _unpublished(line: Line, judgement: Judgement, rules: Rules) -> list[Found]:
    """The publications that the line's own route asks for and does not have."""
    lacks = PUBLICATIONS.intersection(judgement.routes.get(line.route, ()))
    return [Found("publication", NOT_PUBLISHED, {"need": row.label}) for row in rules.precondition if row.id in lacks]


def _running(judgement: Judgement, rules: Rules) -> list[Found]:
    """The bars that a running line escapes only because it runs: the table refers them or warns of them."""
    messages = {"refer": REFER, "warn": WARN}
    rows = [row for row in rules.block if row.id in judgement.excused and row.when_running in messages]
    return [Found("referred", messages[row.when_running], {"rule": row.label}) for row in rows]


def stops(judgement: Judgement, rules: Rules) -> tuple[str, ...]:
    """Give the bars by which the table stops a line although it runs."""
    return tuple(row.id for row in rules.block if row.id in judgement.blocks and row.when_running == "stop")
