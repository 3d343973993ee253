"""Around a sharing line: what the form asks, what the linter says, which clauses and which notice it needs."""

from datetime import date

import pytest
from msgspec.structs import replace

from portal.core import linter
from portal.core.catalogue import Catalogue
from portal.core.clauses import Engaged, Standing, is_met, missing, required
from portal.core.jointuse import MATTERS, Notice, Use, gaps, lacking, when_to_tell
from portal.core.lawfulness import Case, evaluate, relevant
from portal.core.linter import Line, lint
from portal.core.provenance import asks, to_compute, wanted_needs

TODAY = date(2026, 11, 30)
ENTRUSTED = Case("entrustment", frozenset({"ordinary"}), "JP", "bpo_outsourcer", "P08")
EMERGENCY = Case("third_party", frozenset({"special_care"}), "OTHER", "overseas_registry", "P06")


def test_the_form_asks_only_what_matters(catalogue: Catalogue) -> None:
    asked = [ask.id for ask in asks(ENTRUSTED, catalogue.rules, catalogue.facts)]
    assert "vendor_own_use" in asked and "cross_side_identity" in asked
    assert not {"recipient_academic", "recipient_links_person", "contract_valid"} & set(asked)
    assert {"contract_valid", "purpose_set", "PC-CONTRACT", "PC-SELECT"} <= to_compute(
        ENTRUSTED, catalogue.rules, catalogue.facts
    )


def test_statements_lead_to_a_permission(catalogue: Catalogue) -> None:
    """Whoever answers what the form asks, while the portal computes the rest, is left with nothing unknown."""
    rules, facts = catalogue.rules, catalogue.facts
    for case in (ENTRUSTED, EMERGENCY):
        stated = {ask.id for ask in asks(case, rules, facts) if not ask.is_need}
        computed = to_compute(case, rules, facts)
        assert relevant(case, rules) == stated | (computed & rules.flags())
        answered = replace(
            case,
            flags={flag: flag in ("purpose_set", "contract_valid", "jmdp_approved") for flag in stated | computed},
            done=frozenset(wanted_needs(case, rules)),
        )
        judgement = evaluate(answered, rules)
        assert (judgement.verdict, judgement.unknown) == ("PERMITTED", ())


def test_needs_are_asked_in_the_words_of_their_route(catalogue: Catalogue) -> None:
    case = replace(EMERGENCY, flags={"consent_difficult": True}, done=frozenset({"PC-DIFFICULT"}))
    ask = next(a for a in asks(case, catalogue.rules, catalogue.facts) if a.id == "PC-DIFFICULT")
    assert ask.is_need and ask.answer is True and not ask.may_waive
    easy = {"consent_difficult": False}
    help_case = Case("third_party", frozenset({"ordinary"}), "JP", "public_authority", "P06", easy)
    ask = next(a for a in asks(help_case, catalogue.rules, catalogue.facts) if a.id == "PC-DIFFICULT")
    assert "hinder" in ask.question.en and ask.answer is None


def line(catalogue: Catalogue, *items: str, **changes: str) -> Line:
    """A line of a laboratory in Japan."""
    sound = Line("entrustment", "testing_lab", "JP", tuple(catalogue.data_items[item] for item in items))
    return replace(sound, **changes)


def test_a_usual_line_raises_no_warning(catalogue: Catalogue) -> None:
    assert lint(line(catalogue, "donor_code", "hla"), catalogue.purposes["P08"]) == ()


@pytest.mark.parametrize(
    ("purpose", "items", "changes", "message"),
    [
        ("P08", ["hla"], {"party_kind": "insurer"}, linter.KIND),
        ("P08", ["hla"], {"relation": "third_party"}, linter.RELATION),
        ("P09", ["hla"], {"location": "OTHER"}, linter.PLACE),
        ("P08", ["cookie"], {}, linter.CLASSES),
        ("P05", ["name"], {}, linter.IDENTIFIERS),
        ("P08", ["name"], {}, linter.MINIMISE),
        ("P03", ["hla"], {}, linter.LEAST),
        ("P13", ["hla"], {}, linter.JUSTIFY),
        ("P01", ["suitability", "diagnosis", "name"], {}, linter.BOTH_SIDES),
    ],
)
def test_warnings(purpose: str, items: list[str], changes: dict, message: str, catalogue: Catalogue) -> None:
    found = lint(line(catalogue, *items, **changes), catalogue.purposes[purpose])
    assert message in [warning.message for warning in found]


def test_the_catch_all_purpose_takes_any_kind(catalogue: Catalogue) -> None:
    found = lint(line(catalogue, "hla", party_kind="coordinator"), catalogue.purposes["P13"])
    assert [warning.message for warning in found] == [linter.JUSTIFY]


def test_demo_parties_stay_inside_their_purposes(catalogue: Catalogue) -> None:
    """Each demo flow fits at least one of its purposes by kind, relation and place."""
    for party in catalogue.parties.values():
        items = tuple(catalogue.data_items[item] for item in party.data_items)
        flow = Line(party.relation, party.party_kind, party.location, items)
        strange = {linter.KIND, linter.RELATION, linter.PLACE, linter.CLASSES}
        told = [{w.message for w in lint(flow, catalogue.purposes[id])} & strange for id in party.purposes]
        assert not told or set() in told, (party.id, told)


def test_required_clauses(catalogue: Catalogue) -> None:
    clauses = catalogue.clauses.values()
    private = set(required(clauses, Engaged()))
    assert len(private) == 17 and "CC-21" in private
    assert private - set(required(clauses, Engaged(private=False))) == {"CC-21"}
    abroad = set(required(clauses, Engaged(location="OTHER")))
    assert "CC-18" in abroad and "CC-21" not in abroad
    more = set(required(clauses, Engaged(data=frozenset({"mynumber"}), coded=True, uses_ai=True)))
    assert more - private == {"CC-19", "CC-20", "CC-22"}


@pytest.mark.parametrize(
    ("standing", "met"),
    [
        (None, False), (Standing("missing"), False), (Standing("met"), True),
        (Standing("equivalent"), False), (Standing("equivalent", which="SOC 2"), True),
        (Standing("waived", reason="小規模", approver="部長"), False),
        (Standing("waived", reason="小規模", approver="部長", until=TODAY), True),
        (Standing("waived", reason="小規模", approver="部長", until=date(2026, 11, 29)), False),
        (Standing("waived", reason=" ", approver="部長", until=TODAY), False),
    ],
)
def test_how_a_clause_is_met(standing: Standing | None, met: bool) -> None:
    assert is_met(standing, TODAY) is met


def test_missing_clauses(catalogue: Catalogue) -> None:
    clauses = catalogue.clauses.values()
    all_met = {id: Standing("met") for id in catalogue.clauses}
    assert missing(clauses, all_met, Engaged(), TODAY) == ()
    assert missing(clauses, all_met | {"CC-08": Standing("missing")}, Engaged(), TODAY) == ("CC-08",)


NOTICE = Notice(
    dict.fromkeys(MATTERS, "記載"), date(2026, 4, 1), frozenset({"coordinator"}), frozenset({"PTY-001"}),
    frozenset({"name", "hla"}), frozenset({"P04"}),
)
USE = Use("PTY-022", "coordinator", frozenset({"name"}), "P04")


def test_a_complete_notice_covers_its_users() -> None:
    assert gaps(NOTICE, USE, TODAY) == ()
    assert gaps(NOTICE, replace(USE, party="PTY-001", party_kind="support_agency"), TODAY) == ()


@pytest.mark.parametrize("matter", MATTERS)
def test_each_matter_must_be_stated(matter: str) -> None:
    notice = replace(NOTICE, matters={**NOTICE.matters, matter: " "})
    assert lacking(notice) == (matter,) == gaps(notice, USE, TODAY)


def test_a_notice_must_be_published_and_cover_the_use() -> None:
    assert gaps(replace(NOTICE, published_on=date(2026, 12, 1)), USE, TODAY) == ("unpublished",)
    stranger = Use("PTY-018", "transplant_centre", frozenset({"outcome"}), "P01")
    assert gaps(NOTICE, stranger, TODAY) == (
        "party_not_covered", "items_not_covered", "purpose_not_covered")


def test_when_a_change_is_told() -> None:
    assert {matter: when_to_tell(matter) for matter in MATTERS} == {
        "fact": "new_notice", "items": "new_notice", "scope": "new_notice", "purpose": "before",
        "responsible": "before", "address": "without_delay", "representative": "without_delay",
    }


def test_demo_flows_have_the_route_they_name(catalogue: Catalogue) -> None:
    for party in catalogue.parties.values():
        case = Case(party.relation, catalogue.classes(party.data_items), party.location, party.party_kind)
        judgement = evaluate(case, catalogue.rules)
        assert party.route in {*judgement.routes, *judgement.open_routes}, party.id
