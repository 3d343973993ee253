"""Explanations: a sentence in both languages for everything behind a verdict."""

import re

import pytest
from msgspec.structs import replace

from portal.core.catalogue import Catalogue
from portal.core.lawfulness import Case, evaluate
from portal.core.reasons import cited, evidence_for, explain, may_be_not_required, wording

LINE = Case(
    relation="third_party", data=frozenset({"special_care"}), location="OTHER", party_kind="overseas_registry",
    purpose="P05"
)


def sentences(case: Case, catalogue: Catalogue, kind: str) -> dict[str, str]:
    """The English sentences of one kind by rule id."""
    judgement = evaluate(case, catalogue.rules)
    said = explain(judgement, case, catalogue.rules, catalogue.facts)
    assert said.edition == catalogue.rules.header.edition
    return {sentence.id: sentence.text.en for sentence in said.of(kind)}


def test_everything_behind_a_verdict_is_said_in_both_languages(catalogue: Catalogue) -> None:
    flags = dict.fromkeys(catalogue.rules.flags() - {"includes_minors"}, False) | {"purpose_set": True}
    case = replace(LINE, flags=flags)
    judgement = evaluate(case, catalogue.rules)
    said = explain(judgement, case, catalogue.rules, catalogue.facts)
    expected = 1 + len(judgement.blocks) + len(judgement.excused) + len(judgement.overlays) + len(judgement.unknown)
    expected += sum(1 + len(missing) for missing in judgement.routes.values())
    assert len(said.sentences) == expected
    assert judgement.blocks == ("BL-22",) and judgement.unknown == ("includes_minors",)
    for sentence in said.sentences:
        assert re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", sentence.text.ja)
        assert not re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", sentence.text.en)


def test_article_edition_and_certainty_are_named(catalogue: Catalogue) -> None:
    flags = dict.fromkeys(catalogue.rules.flags(), False) | {"consent_withdrawn": True, "jmdp_approved": True}
    blocks = sentences(replace(LINE, flags=flags), catalogue, "block")
    edition = catalogue.rules.header.edition
    assert blocks["BL-21"] == (
        "The consent wording this line rests on is void (law) "
        f"[APPI Arts. 33-35; APPI Art. 27(1) main text; rules {edition}; to be confirmed by counsel]"
    )
    said = explain(
        evaluate(replace(LINE, flags=flags), catalogue.rules), replace(LINE, flags=flags), catalogue.rules,
        catalogue.facts
    )
    assert "要確認（顧問弁護士）" in next(s.text.ja for s in said.of("block") if s.id == "BL-21")


def test_a_seen_source_needs_no_mark(catalogue: Catalogue) -> None:
    flags = dict.fromkeys(catalogue.rules.flags(), False) | {"purpose_set": True}
    missing = sentences(replace(LINE, flags=flags), catalogue, "missing")
    assert missing["PC-FXINFO"].endswith(f"rules {catalogue.rules.header.edition}]")
    assert "to be confirmed" in missing["PC-PURPOSE"]


def test_a_running_line_is_referred_or_warned_not_stopped(catalogue: Catalogue) -> None:
    flags = dict.fromkeys(catalogue.rules.flags(), False) | {
        "purpose_set": True, "line_running": True, "ju_notice_incomplete": True, "jmdp_approved": True,
        "eq_route_in_use": True, "eq_check_overdue_or_failed": True,
    }
    case = replace(LINE, relation="joint_use", flags=flags)
    assert evaluate(case, catalogue.rules).verdict == "INCOMPLETE"
    excused = sentences(case, catalogue, "excused")
    assert set(excused) == {"BL-16", "BL-20"}
    assert "the approver decides" in excused["BL-16"] and "warning" in excused["BL-20"]
    lost = replace(case, flags=flags | {"eq_assurance_lost": True})
    assert evaluate(lost, catalogue.rules).blocks == ("BL-20", "BL-31")


def test_needs_are_worded_for_the_route_and_the_place(catalogue: Catalogue) -> None:
    needs = {row.id: row for row in catalogue.rules.precondition}
    assert "hinder" in wording(needs["PC-DIFFICULT"], "RT-TP-27-1-4", LINE).en
    assert "hard to get" in wording(needs["PC-DIFFICULT"], "RT-TP-27-1-2", LINE).en
    assert "foreign system" in wording(needs["PC-31CONF"], "RT-PRI-31", LINE).en
    assert evidence_for(needs["PC-31CONF"], "RT-PRI-31", LINE) == ("EV-31CONF", "EV-FXSHEET")
    at_home = replace(LINE, location="JP")
    assert evidence_for(needs["PC-31CONF"], "RT-PRI-31", at_home) == ("EV-31CONF",)


def test_ethics_approval_may_be_not_required_for_statistics(catalogue: Catalogue) -> None:
    needs = {row.id: row for row in catalogue.rules.precondition}
    assert may_be_not_required(needs["PC-IRB"], replace(LINE, relation="statistical"))
    assert not may_be_not_required(needs["PC-IRB"], replace(LINE, relation="academic"))
    assert not may_be_not_required(needs["PC-CONSENT"], replace(LINE, relation="statistical"))


def test_unknown_basis_is_an_error(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        cited(("APPI-0",), catalogue.rules)


def test_every_rule_can_be_explained(catalogue: Catalogue) -> None:
    everything = evaluate(replace(LINE, flags={}), catalogue.rules)
    whole = replace(
        everything,
        blocks=tuple(row.id for row in catalogue.rules.block),
        excused=tuple(row.id for row in catalogue.rules.block),
        overlays=tuple(row.id for row in catalogue.rules.overlay),
        routes={row.id: row.needs for row in catalogue.rules.route},
        unknown=tuple(sorted(catalogue.rules.flags())),
    )
    said = explain(whole, LINE, catalogue.rules, catalogue.facts)
    assert len(said.of("block")) == 32 and len(said.of("unknown")) == len(catalogue.rules.flags())
