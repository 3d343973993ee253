"""The catalogue is whole: both languages everywhere, careful Japanese, unique ids, and nothing refers into the void."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from portal.core import catalogue as core
from portal.core.bilingual import Text
from portal.core.catalogue import BadCatalogue, Catalogue
from portal.core.templates import from_json, to_json
from portal.store import shelf

TEXTS = shelf.texts()
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
HALF_KANA = re.compile(r"[\uff61-\uff9f]")
ASCII_BRACKET = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff][()\[\]?!,:;]|[(\[][\u3040-\u30ff\u4e00-\u9fff]")
FULL_WIDTH = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
PROPER_NAMES = {"Google（Google Analytics）", "Microsoft（Clarity）"}


def texts_in(value: Any, where: str = "") -> Iterator[tuple[str, Text]]:
    """Every bilingual text inside a value, with a place to find it."""
    if isinstance(value, Text):
        yield where, value
    elif isinstance(value, msgspec.Struct):
        name = getattr(value, "id", getattr(value, "code", where))
        for field in value.__struct_fields__:
            yield from texts_in(getattr(value, field), f"{name}.{field}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts_in(item, str(key))
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_in(item, where)


ALL = list(texts_in(shelf.catalogue()))
QUESTIONS = [question for template in shelf.catalogue().templates.values() for question in template.questions]


def test_every_label_exists_in_both_languages() -> None:
    assert len(ALL) > 700
    empty = [where for where, text in ALL if not text.ja.strip() or not text.en.strip()]
    assert empty == []
    foreign = [(where, text.en) for where, text in ALL if JAPANESE.search(text.en)]
    assert foreign == []
    untranslated = [
        (where, text.ja) for where, text in ALL
        if not JAPANESE.search(text.ja) and re.search(r"[a-z]{4}", text.ja) and text.ja not in PROPER_NAMES
        and text.ja != text.en
    ]
    assert untranslated == []


@pytest.mark.parametrize("pattern", [HALF_KANA, ASCII_BRACKET, FULL_WIDTH], ids=["half kana", "bracket", "full width"])
def test_japanese_is_set_with_care(pattern: re.Pattern[str]) -> None:
    assert [(where, text.ja) for where, text in ALL if pattern.search(text.ja)] == []


def test_one_word_for_each_thing() -> None:
    """The words table: 証跡, 返還, 提出済み, 承諾 and so on, never their rivals."""
    rivals = re.compile(r"エビデンス|証拠|返却|提出済(?!み)|立入検査|貴社|海外バンク|操作記録は|チェックリスト(?!$)")
    assert [(where, text.ja) for where, text in ALL if rivals.search(text.ja)] == []


def test_ids_are_unique() -> None:
    for name, text in TEXTS.items():
        tables = tomllib.loads(text)
        for table, rows in tables.items():
            if not isinstance(rows, list):
                continue
            ids = [(row.get("set"), row.get("id") or row.get("code") or row.get("prefix")) for row in rows]
            ids = [key for key in ids if key[1]]
            assert [key for key, count in Counter(ids).items() if count > 1] == [], f"{name} {table}"
    ids = Counter(question.id for question in QUESTIONS)
    assert [id for id, count in ids.items() if count > 1] == []


def test_rules_refer_to_what_exists(catalogue: Catalogue) -> None:
    rules = catalogue.rules
    bases = {row.id for row in rules.basis}
    needs = {row.id for row in rules.precondition}
    routes = {row.id for row in rules.route}
    for row in (*rules.precondition, *rules.route, *rules.block, *rules.overlay):
        assert set(row.basis) <= bases, row.id
    for row in (*rules.route, *rules.overlay):
        assert set(row.needs) <= needs, row.id
    for need in rules.precondition:
        assert set(need.evidence) <= set(catalogue.evidence), need.id
        for variant in need.variants:
            assert set(variant.evidence) <= set(catalogue.evidence) and set(variant.route) <= routes
    assert {route for overlay in rules.overlay for route in overlay.routes} <= routes
    assert {record for route in rules.route for record in route.records} <= set(catalogue.record_types)
    assert {change.new for change in rules.renamed} <= needs


def test_conditions_use_known_words(catalogue: Catalogue) -> None:
    rules = catalogue.rules
    known = {name: set(rules.codes(name)) for name in ("relation", "location", "party_kind")}
    classes = set(rules.codes("data_class"))
    for condition in rules.conditions():
        for name, codes in known.items():
            assert set(getattr(condition, name)) <= codes
        assert {*condition.data_any, *condition.data_none, *condition.data_only} <= classes
        assert set(condition.purpose) <= set(catalogue.purposes)
        assert set(condition.flags_true).isdisjoint(condition.flags_false)


def test_every_need_is_asked_for_and_every_basis_is_cited(catalogue: Catalogue) -> None:
    rules = catalogue.rules
    asked = {need for row in (*rules.route, *rules.overlay) for need in row.needs}
    assert {row.id for row in rules.precondition} == asked
    assert {row.id for row in rules.route} >= {route for p in catalogue.purposes.values() for route in p.typical_routes}


def test_every_fact_has_a_source(catalogue: Catalogue) -> None:
    facts = catalogue.facts
    assert {fact.id for fact in facts.fact if fact.kind == "flag"} == catalogue.rules.flags()
    assert {fact.id for fact in facts.fact if fact.kind == "need"} == {row.id for row in catalogue.rules.precondition}
    for fact in facts.fact:
        assert bool(fact.reads) is (fact.source == "rows"), fact.id
        assert set(fact.evidence) <= set(catalogue.evidence), fact.id
    assert {ground.basis for ground in facts.ground} <= {row.id for row in catalogue.rules.basis}


def test_small_tables_refer_to_what_exists(catalogue: Catalogue) -> None:
    bases = {row.id for row in catalogue.rules.basis}
    rows = (catalogue.clauses, catalogue.deadlines, catalogue.triggers, catalogue.affairs)
    assert {row.basis for table in rows for row in table.values()} <= bases
    assert {item.data_class for item in catalogue.data_items.values()} <= set(catalogue.rules.codes("data_class"))
    kinds, relations = set(catalogue.rules.codes("party_kind")), set(catalogue.rules.codes("relation"))
    for purpose in catalogue.purposes.values():
        assert set(purpose.party_kinds) <= kinds | {"any"}
        assert set(purpose.relations) <= relations
    for template in catalogue.templates.values():
        assert set(template.checklist.party_kinds) <= kinds


def test_parties_refer_to_what_exists_and_real_ones_stay_neutral(catalogue: Catalogue) -> None:
    assert len(catalogue.parties) == 38
    routes = {route.id for route in catalogue.rules.route}
    for party in catalogue.parties.values():
        assert set(party.purposes) <= set(catalogue.purposes) and set(party.affairs) <= set(catalogue.affairs)
        assert party.purposes or party.affairs
        assert set(party.data_items) <= set(catalogue.data_items)
        assert set(party.checklists) <= set(catalogue.templates)
        assert party.route in routes
        assert party.party_kind in catalogue.rules.codes("party_kind")
        assert party.fictional is (party.demo is not None)
        assert party.fictional is party.name.ja.startswith("【架空】")
        assert party.fictional is ("(demo" in party.name.en)


def test_corrections_of_the_law(catalogue: Catalogue) -> None:
    rules, purposes = catalogue.rules, catalogue.purposes
    route = {row.id: row for row in rules.route}
    assert "PC-REC31" in route["RT-PRI-31"].needs and "PC-REC29" not in route["RT-PRI-31"].needs
    assert {"it_outsourcer", "bpo_outsourcer"} <= set(route["RT-NA-ENT"].when.party_kind)
    assert all("PC-PURPOSE" not in route[id].needs for id in ("RT-NA-ENT", "RT-NA-STAT"))
    assert all("mynumber" not in purpose.data_classes for purpose in purposes.values())
    assert {"receipt", "succession"} <= {relation for p in purposes.values() for relation in p.relations}
    assert all("OTHER" in purposes[id].locations for id in ("P02", "P03", "P12", "P13"))
    academic = route["RT-TP-27-1-7"].when.data_only
    assert set(academic) <= set(purposes["P10"].data_classes)
    assert catalogue.clauses["CC-21"].basis == "ORD-ASF"
    assert catalogue.evidence["EV-IRB"].validity == "study"
    assert {"forbidden", "prior_consent", "named_consent", "prior_notice", "later_notice", "free"} == set(
        catalogue.reentrustment_modes
    )
    assert len(catalogue.clauses) == 22 and len(catalogue.report_items) == 9
    assert {d.rollover for id, d in catalogue.deadlines.items() if "FINAL" in id} == {"next_open_day"}
    assert {d.rollover for id, d in catalogue.deadlines.items() if "PROMPT" in id} == {"none"}
    assert not any(statute.label.en.endswith("GDPR") for statute in catalogue.facts.statute)


def test_digests_and_editions(catalogue: Catalogue) -> None:
    assert set(catalogue.digests) == set(catalogue.headers) == set(core.FILES) == set(TEXTS)
    changed = {**TEXTS, "clauses.toml": TEXTS["clauses.toml"] + "\n# a word more\n"}
    other = core.read(changed)
    assert [name for name in core.FILES if other.digests[name] != catalogue.digests[name]] == ["clauses.toml"]
    assert shelf.digests() == dict(catalogue.digests)


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("legal_rules.toml", 'level = "law"', 'level = "lore"', r"legal_rules.toml: .*level"),
        ("purposes.toml", "checks.ja", "cheks.ja", r"purposes.toml: .*purpose"),
        ("checklists/lab.toml", 'answer_type = "date"', 'answer_type = "day"', r"checklists/lab.toml: .*answer_type"),
    ],
)
def test_a_bad_file_is_named(name: str, old: str, new: str, says: str) -> None:
    assert old in TEXTS[name]
    with pytest.raises(BadCatalogue, match=says):
        core.read({**TEXTS, name: TEXTS[name].replace(old, new, 1)})


def test_a_missing_file_is_named() -> None:
    with pytest.raises(BadCatalogue, match=r"lacks evidence.toml"):
        core.read({name: text for name, text in TEXTS.items() if name != "evidence.toml"})


def test_templates_travel_as_json(catalogue: Catalogue) -> None:
    for template in catalogue.templates.values():
        assert from_json(to_json(template)) == template
        assert to_json(template) == to_json(from_json(to_json(template)))


def test_text_follows_the_reader() -> None:
    text = Text("相手先", "party")
    assert [text.get(lang) for lang in ("ja", "ja-JP", "ja_JP", "en", "en-GB", "de")] == ["相手先"] * 3 + ["party"] * 3


def test_classes_and_gates(catalogue: Catalogue) -> None:
    assert catalogue.classes(["name", "hla"]) == {"ordinary", "special_care"}
    assert catalogue.gates("P05")["RT-TP-FX-CONSENT"] == ("PC-PURPOSE", "PC-CONSENTFX", "PC-FXINFO", "PC-REC29")
    with pytest.raises(KeyError):
        catalogue.classes(["nothing"])


def test_permission_is_a_word_of_the_numbers_act_alone() -> None:
    """許諾 belongs to Numbers Act Art. 10; elsewhere re-entrustment has 承諾."""
    said = {where.split(".")[0] for where, text in ALL if "許諾" in text.ja}
    assert said <= {"MYN-03", "permission_no", "permitted_on", "NA-10", "PC-NAPERM", "BL-05", "EV-SUBAPP",
                    "reentrustment_permitted", ""}


def test_parties_have_a_reading(catalogue: Catalogue) -> None:
    assert [party.id for party in catalogue.parties.values() if not re.fullmatch(r"[ァ-ヶー]+", party.kana)] == []
