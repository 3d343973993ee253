"""What opens a finding, rule by rule."""

from datetime import date

import pytest

from portal.core import findings
from portal.core.catalogue import Catalogue
from portal.core.checklist import Answer, Held
from portal.core.findings import Seen, opens_finding

TODAY = date(2026, 11, 30)


def opened(catalogue: Catalogue, id: str, value: dict, *held: Held, **figures: object) -> list[str]:
    """The rules that an answer meets."""
    question = catalogue.templates[id[:3]].question(id)
    return [trigger.rule for trigger in opens_finding(question, Seen(Answer(value), held, TODAY, figures))]


EQA, EXPIRED = Held("EV-EQA", None, date(2027, 1, 1)), Held("EV-EQA", None, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("id", "value", "held", "figures", "rules"),
    [
        ("LAB-05", {"choice": "no"}, (), {}, ["no"]),
        ("LAB-05", {"choice": "partial"}, (), {}, ["partial"]),
        ("LAB-05", {"choice": "yes"}, (), {}, []),
        ("LAB-02", {"choice": "yes"}, (), {}, ["evidence_missing"]),
        ("LAB-03", {"date": "2026-10-01"}, (EQA,), {}, []),
        ("LAB-03", {"date": "2025-08-29"}, (EQA,), {}, ["older_than_months:15"]),
        ("LAB-03", {"date": "2025-08-30"}, (EQA,), {}, []),
        ("LAB-10", {"choice": "yes"}, (Held("EV-HANDLERS", None, date(2026, 1, 1)),), {}, ["evidence_expired"]),
        ("LAB-07", {"number": "31"}, (Held("EV-DISPOSE"),), {"agreed_days": 30}, ["greater_than:agreed_days"]),
        ("LAB-07", {"number": "30"}, (Held("EV-DISPOSE"),), {"agreed_days": 30}, []),
        ("LAB-07", {"number": "99"}, (Held("EV-DISPOSE"),), {}, []),
        ("LAB-12", {"number": "99.5"}, (Held("EV-TRAIN"),), {}, ["less_than:100"]),
        ("LAB-08", {"choice": "fax"}, (), {}, ["choice_in:fax"]),
        ("LAB-01", {"choices": ["none"]}, (Held("EV-HLAACC"),), {}, ["choice_in:none"]),
        ("LAB-18", {"rows": [{"approval_no": "S-1"}, {}]}, (Held("EV-SUBLIST"),), {}, ["row_without_approval"]),
        ("LAB-18", {"none": True}, (), {}, []),
        ("LAB-21", {"number": "2"}, (), {"reported_in_time": 1}, ["greater_than:reported_in_time"]),
        ("LAB-21", {"number": "2"}, (), {"reported_in_time": 2}, []),
        ("LAB-21", {"number": "1"}, (), {}, ["greater_than:reported_in_time"]),
        ("REG-08", {"choice": "yes"}, (), {}, []),
        ("REG-17", {}, (), {}, ["empty"]),
        ("MED-17", {}, (), {}, ["empty_undeclared"]),
        ("MED-17", {"none": True}, (), {}, []),
        ("MED-01", {"date": "2026-11-29"}, (Held("EV-FACACC"),), {}, ["past"]),
        ("MED-01", {"date": "2026-11-30"}, (Held("EV-FACACC"),), {}, []),
        ("MED-18", {"text": "第4版"}, (), {"current_version": "第5版"}, ["not_current_version"]),
        ("MED-18", {"text": "第5版"}, (), {"current_version": "第5版"}, []),
        ("RES-21", {"date": "2026-11-01"}, (), {}, ["date_past_without_evidence"]),
        ("RES-21", {"date": "2026-12-01"}, (), {}, []),
        ("ITO-04", {"rows": [{"country": "US", "declared": "no"}]}, (), {}, ["undeclared_foreign"]),
        ("ITO-04", {"rows": [{"country": "US", "declared": "yes"}]}, (), {}, []),
        ("ADV-03", {"choice": "yes"}, (), {}, ["yes_without_evidence"]),
        ("ADV-03", {"choice": "yes"}, (Held("EV-31CONF"),), {}, []),
    ],
)
def test_rule(id: str, value: dict, held: tuple, figures: dict, rules: list[str], catalogue: Catalogue) -> None:
    assert opened(catalogue, id, value, *held, **figures) == rules


def test_expired_evidence_does_not_hide_a_bad_answer(catalogue: Catalogue) -> None:
    assert opened(catalogue, "LAB-10", {"choice": "no"}, Held("EV-HANDLERS", None, date(2026, 1, 1))) == [
        "no", "evidence_expired"
    ]


def test_not_applicable_opens_nothing(catalogue: Catalogue) -> None:
    for template in catalogue.templates.values():
        for question in template.questions:
            seen = Seen(Answer({}, "理由", not_applicable=True), (), TODAY)
            assert opens_finding(question, seen) == ()


def test_every_rule_has_its_question_but_yes(catalogue: Catalogue) -> None:
    questions = [question for template in catalogue.templates.values() for question in template.questions]
    used = {rule.partition(":")[0] for question in questions for rule in question.finding_when}
    assert set(findings.RULES) - used == {"yes"}


def test_messages_fill_their_places(catalogue: Catalogue) -> None:
    question = catalogue.templates["LAB"].question("LAB-21")
    trigger, = opens_finding(question, Seen(Answer({"number": "3"}), (), TODAY, {"reported_in_time": 1}))
    assert trigger.message % trigger.values == "There were 3 events, of which 1 were reported to JMDP in time."
