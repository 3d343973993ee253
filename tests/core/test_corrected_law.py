"""Single cases of the law table that the corrections of the law are about, and the edges of unanswered facts."""

from msgspec.structs import replace

from portal.core.judging import judge_file
from portal.core.lawfulness import Case, evaluate
from portal.core.legal import Rules

DONE = frozenset({"PC-PURPOSE", "PC-SELECT", "PC-CONTRACT", "PC-CLAUSES", "PC-SUPPLAN", "PC-SUBLIST", "PC-SUBOK"})


def answered(rules: Rules, **true: bool) -> dict[str, bool]:
    """Every flag answered no, save those given and a purpose."""
    return dict.fromkeys(rules.flags(), False) | {"purpose_set": True} | true


def without(flags: dict[str, bool], gone: str) -> dict[str, bool]:
    """The same answers with one left open."""
    return {flag: value for flag, value in flags.items() if flag != gone}


def test_an_open_exception_neither_bars_nor_permits(rules: Rules) -> None:
    flags = answered(rules, critical_finding_overdue=True)
    case = Case("third_party", frozenset({"ordinary"}), "JP", "insurer", "P02", flags,
                frozenset({"PC-PURPOSE", "PC-CONSENT", "PC-REC29"}))
    assert evaluate(case, rules).verdict == "PROHIBITED"
    judgement = evaluate(replace(case, flags=without(flags, "consent_difficult")), rules)
    assert (judgement.verdict, judgement.unknown) == ("INCOMPLETE", ("consent_difficult",))


def test_an_open_overlay_matters_until_its_need_is_done(rules: Rules) -> None:
    flags = answered(rules, contract_valid=True)
    flags = without(flags, "eea_origin")
    case = Case("entrustment", frozenset({"ordinary"}), "JP", "bpo_outsourcer", "P08", flags, DONE)
    judgement = evaluate(case, rules)
    assert (judgement.verdict, judgement.unknown) == ("INCOMPLETE", ("eea_origin",))
    assert evaluate(replace(case, done=DONE | {"PC-EEA"}), rules).verdict == "PERMITTED"


def test_minors_need_their_representative_on_consent_routes_alone(rules: Rules) -> None:
    flags = answered(rules, includes_minors=True)
    joint = evaluate(Case("joint_use", frozenset({"ordinary"}), "OTHER", "coordinator", "P04", flags), rules)
    assert "PC-REPR" in joint.routes["RT-JU-FX-CONSENT"]
    assert "PC-REPR" not in joint.routes["RT-JU-FX-EQSYS"]
    home = evaluate(Case("joint_use", frozenset({"ordinary"}), "JP", "coordinator", "P04", flags), rules)
    assert "OV-05" not in home.overlays and "PC-REPR" not in home.routes["RT-JU-JP"]


def test_my_number_re_entrustment_is_barred_by_its_own_rule(rules: Rules) -> None:
    flags = answered(rules, has_reentrustment=True, contract_valid=True)
    number = Case("entrustment", frozenset({"mynumber"}), "JP", "mynumber_outsourcer", "", flags)
    assert evaluate(number, rules).blocks == ("BL-05",)
    assert evaluate(replace(number, data=frozenset({"ordinary"})), rules).blocks == ("BL-24",)


def test_my_number_is_judged_by_its_affair_outside_the_purposes(rules: Rules) -> None:
    flags = answered(rules, contract_valid=True, purpose_set=False)
    done = DONE - {"PC-PURPOSE"} | {"PC-NASCOPE", "PC-NACLAUSE", "PC-NA19"}
    case = Case("entrustment", frozenset({"mynumber", "ordinary"}), "JP", "it_outsourcer", "", flags, done)
    assert evaluate(case, rules).blocks == ("BL-09",)
    with_affair = evaluate(replace(case, flags=flags | {"na_affair_set": True}), rules)
    assert (with_affair.verdict, with_affair.permitted) == ("PERMITTED", ("RT-NA-ENT",))


def test_receipt_of_special_care_data_needs_a_ground(rules: Rules) -> None:
    flags = answered(rules)
    done = frozenset({"PC-PURPOSE", "PC-REC30", "PC-ENC"})
    case = Case("receipt", frozenset({"special_care"}), "JP", "support_agency", "P01", flags, done | {"PC-BARRIER"})
    assert evaluate(case, rules).verdict == "PERMITTED"
    assert evaluate(replace(case, flags=flags | {"receipt_without_ground": True}), rules).blocks == ("BL-32",)
    silent = evaluate(replace(case, flags=without(flags, "receipt_without_ground")), rules)
    assert (silent.verdict, silent.unknown) == ("INCOMPLETE", ("receipt_without_ground",))


def test_article_30_does_not_apply_to_receipts_under_article_27(rules: Rules) -> None:
    for flag, route in (("received_under_27_1", "RT-RECEIPT-27-1"), ("received_under_27_5", "RT-RECEIPT-27-5")):
        case = Case("receipt", frozenset({"ordinary"}), "JP", "insurer", "P02", answered(rules, **{flag: True}))
        assert evaluate(case, rules).routes == {route: ("PC-PURPOSE", "PC-RECSRC")}


def test_public_bodies_need_no_record_of_provision(rules: Rules) -> None:
    case = Case("third_party", frozenset({"ordinary"}), "JP", "public_authority", "P06",
                answered(rules, recipient_public_body=True), frozenset({"PC-PURPOSE", "PC-CONSENT"}))
    assert evaluate(case, rules).permitted == ("RT-TP-CONSENT-16-2",)


def test_help_to_a_body_entrusted_by_an_authority(rules: Rules) -> None:
    flags = answered(rules, entrusted_by_authority=True, purpose_set=False, consent_difficult=True)
    done = frozenset({"PC-DIFFICULT", "PC-LAWREF"})
    case = Case("third_party", frozenset({"ordinary"}), "JP", "academic_society", "", flags, done)
    assert "RT-TP-27-1-4-ENT" in evaluate(case, rules).permitted


def test_a_file_of_the_first_edition_still_proves_the_record_of_article_31(rules: Rules) -> None:
    text = """
[[vector]]
id = "A"
relation = "personal_related"
data = ["personal_related"]
location = "JP"
party_kind = "ad_analytics"
purpose = "P11"
flags = { purpose_set = true, recipient_links_person = true }
done = ["PC-PURPOSE", "PC-TAG", "PC-31CONF", "PC-REC29"]
"""
    assert judge_file(text, rules)["A"] == {
        "verdict": "PERMITTED", "blocks": [], "routes": {"RT-PRI-31": []}, "overlays": [],
    }
    lacking = judge_file(text.replace(', "PC-REC29"', ""), rules)["A"]
    assert (lacking["verdict"], lacking["routes"]) == ("INCOMPLETE", {"RT-PRI-31": ["PC-REC31"]})


def test_cookie_data_may_come_in_with_consent(rules: Rules) -> None:
    case = Case("receipt", frozenset({"personal_related"}), "OTHER", "ad_analytics", "P11", answered(rules))
    assert evaluate(case, rules).routes == {"RT-PRI-IN": ("PC-PURPOSE", "PC-NOTICE", "PC-31IN")}
