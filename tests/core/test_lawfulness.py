"""The judgement of a sharing line: properties that hold for every case, and what the corrections of the law ask."""

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from portal.core.lawfulness import Case, evaluate
from portal.core.legal import Condition, Rules
from portal.store import shelf

RULES = shelf.catalogue().rules
FLAGS = sorted(RULES.flags())
NEEDS = sorted(need.id for need in RULES.precondition)
ALL_NO = dict.fromkeys(FLAGS, False)
ORDER = ["PROHIBITED", "NO_BASIS", "INCOMPLETE", "PERMITTED"]


def codes(name: str) -> st.SearchStrategy[str]:
    """Any value of a fixed set."""
    return st.sampled_from(sorted(RULES.codes(name)))


@st.composite
def cases(draw: st.DrawFn, unanswered: int = 0) -> Case:
    """A case in which every flag is answered, save at most `unanswered` of them."""
    true = draw(st.sets(st.sampled_from(FLAGS), max_size=5))
    left_out = draw(st.sets(st.sampled_from(FLAGS), max_size=unanswered)) if unanswered else set()
    base = draw(st.sampled_from([frozenset(NEEDS), frozenset()]))
    changed = draw(st.frozensets(st.sampled_from(NEEDS), max_size=4))
    return Case(
        relation=draw(codes("relation")),
        data=draw(st.frozensets(codes("data_class"), min_size=1, max_size=3)),
        location=draw(codes("location")),
        party_kind=draw(codes("party_kind")),
        purpose=draw(st.sampled_from(["", "P01", "P05", "P08", "P10"])),
        flags={flag: flag in true for flag in FLAGS if flag not in left_out},
        done=base ^ changed,
    )


def example(condition: Condition) -> Case:
    """A case that fits a condition: the first value of each list, every need done."""
    relation = (condition.relation or ("receipt",))[0]
    classes = condition.data_only or condition.data_any or ("ordinary",)
    flags = ALL_NO | {"purpose_set": True} | dict.fromkeys(condition.flags_true, True)
    flags |= dict.fromkeys(condition.flags_false, False)
    return Case(
        relation=relation,
        data=frozenset(classes[:1]),
        location=(condition.location or ("JP",))[0],
        party_kind=(condition.party_kind or ("public_authority",))[0],
        purpose=(condition.purpose or ("P08",))[0],
        flags=flags,
        done=frozenset(NEEDS),
    )


@given(cases())
def test_a_block_always_wins(case: Case) -> None:
    judgement = evaluate(case, RULES)
    assert (judgement.verdict == "PROHIBITED") is bool(judgement.blocks)
    assert not (judgement.blocks and judgement.permitted)


@given(cases(unanswered=3), st.sampled_from(NEEDS))
def test_one_more_need_done_never_worsens(case: Case, need: str) -> None:
    before = evaluate(case, RULES)
    after = evaluate(Case(**{**fields(case), "done": case.done | {need}}), RULES)
    assert ORDER.index(after.verdict) >= ORDER.index(before.verdict)
    for route, missing in after.routes.items():
        assert set(missing) == set(before.routes[route]) - {need}


@given(cases(), st.data())
def test_removing_a_basis_never_improves(case: Case, data: st.DataObject) -> None:
    assume(case.done)
    before = evaluate(case, RULES)
    gone = data.draw(st.sampled_from(sorted(case.done)))
    after = evaluate(Case(**{**fields(case), "done": case.done - {gone}}), RULES)
    assert ORDER.index(after.verdict) <= ORDER.index(before.verdict)


@given(cases(), st.sampled_from([route.id for route in RULES.route]))
def test_fewer_routes_never_improve(case: Case, gone: str) -> None:
    fewer = Rules(**{**fields(RULES), "route": tuple(route for route in RULES.route if route.id != gone)})
    assert ORDER.index(evaluate(case, fewer).verdict) <= ORDER.index(evaluate(case, RULES).verdict)


@given(cases(unanswered=3))
def test_the_same_case_gives_the_same_answer(case: Case) -> None:
    again = Case(**{**fields(case), "flags": dict(reversed(case.flags.items()))})
    assert evaluate(case, RULES) == evaluate(again, RULES)


@settings(max_examples=200)
@given(cases(unanswered=4))
def test_an_unanswered_fact_is_neither_yes_nor_no(case: Case) -> None:
    """Whatever the answers turn out to be, a permission stays, a bar stays, and no route appears from nowhere."""
    judgement = evaluate(case, RULES)
    left_out = [flag for flag in FLAGS if flag not in case.flags]
    outcomes = [
        evaluate(Case(**{**fields(case), "flags": {**case.flags, **dict(zip(left_out, answers, strict=True))}}), RULES)
        for answers in product([True, False], repeat=len(left_out))
    ]
    verdicts = {outcome.verdict for outcome in outcomes}
    if judgement.verdict in ("PERMITTED", "PROHIBITED"):
        assert verdicts == {judgement.verdict}
    if judgement.verdict == "NO_BASIS":
        assert verdicts <= {"NO_BASIS", "PROHIBITED"}
    if len(verdicts) > 1 and judgement.verdict == "INCOMPLETE":
        assert judgement.unknown
    assert set(judgement.unknown) <= set(left_out)


def test_unknown_facts_are_named_and_answering_them_permits() -> None:
    case = Case(
        relation="entrustment", data=frozenset({"ordinary"}), location="JP", party_kind="bpo_outsourcer",
        purpose="P08", done=frozenset(NEEDS), flags={**ALL_NO, "purpose_set": True, "contract_valid": True},
    )
    assert evaluate(case, RULES).verdict == "PERMITTED"
    silent = Case(**{**fields(case), "flags": {k: v for k, v in case.flags.items() if k != "vendor_own_use"}})
    judgement = evaluate(silent, RULES)
    assert (judgement.verdict, judgement.unknown, judgement.permitted) == ("INCOMPLETE", ("vendor_own_use",), ())


def test_an_unanswered_fact_that_cannot_matter_is_not_asked() -> None:
    case = Case(
        relation="entrustment", data=frozenset({"ordinary"}), location="JP", party_kind="bpo_outsourcer",
        purpose="P08", done=frozenset(NEEDS),
        flags={k: k in ("purpose_set", "contract_valid") for k in FLAGS if k != "recipient_links_person"},
    )
    assert evaluate(case, RULES).verdict == "PERMITTED"


@pytest.mark.parametrize("block", RULES.block, ids=lambda block: block.id)
def test_every_block_is_reached_and_every_exception_cancels_it(block) -> None:
    assert block.id in evaluate(example(block.when), RULES).blocks
    for clause in block.unless:
        case = example(block.when)
        relation = clause.relation[0] if clause.relation else case.relation
        flags = case.flags | dict.fromkeys(clause.flags_true, True) | dict.fromkeys(clause.flags_false, False)
        location = clause.location[0] if clause.location else case.location
        data = case.data | set(clause.data_any)
        excused = evaluate(
            Case(**{**fields(case), "relation": relation, "flags": flags, "location": location, "data": data}), RULES
        )
        assert block.id not in excused.blocks
        assert block.id in excused.excused


@pytest.mark.parametrize("route", RULES.route, ids=lambda route: route.id)
def test_every_route_is_reached(route) -> None:
    judgement = evaluate(example(route.when), RULES)
    assert judgement.routes[route.id] == ()
    bare = evaluate(Case(**{**fields(example(route.when)), "done": frozenset()}), RULES)
    assert set(bare.routes[route.id]) >= set(route.needs)


@pytest.mark.parametrize("overlay", RULES.overlay, ids=lambda overlay: overlay.id)
def test_every_overlay_is_reached_and_adds_its_needs(overlay) -> None:
    case = Case(**{**fields(example(overlay.when)), "done": frozenset()})
    reached = False
    for relation, location in product(overlay.when.relation or RULES.codes("relation"), RULES.codes("location")):
        judgement = evaluate(Case(**{**fields(case), "relation": relation, "location": location}), RULES)
        for route, missing in judgement.routes.items():
            if overlay.id in judgement.overlays and overlay.adds_to(route):
                assert set(overlay.needs) <= set(missing)
                reached = True
    assert reached


def fields(struct: object) -> dict:
    """A struct's fields by name."""
    return {name: getattr(struct, name) for name in struct.__struct_fields__}
