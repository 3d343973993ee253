"""What the scope form asks: which facts of a line a named person must state, and which the portal computes."""

from msgspec import Struct
from msgspec.structs import replace

from portal.core.bilingual import Text
from portal.core.lawfulness import Case, evaluate, relevant
from portal.core.legal import Facts, Rules
from portal.core.reasons import evidence_for, may_be_not_required, wording


class Ask(Struct, frozen=True):
    """One statement the form asks for, with the answer given so far; `evidence` are the kinds that may prove it.

    A need may be answered "not required" with a reason where `may_waive` says so.
    """

    id: str
    question: Text
    evidence: tuple[str, ...]
    answer: bool | None
    is_need: bool = False
    may_waive: bool = False


def asks(case: Case, rules: Rules, facts: Facts) -> tuple[Ask, ...]:
    """Give the statements that matter to a line: flags first, then the needs of every route it takes or may take."""
    flags = relevant(case, rules)
    stated = [fact for fact in facts.fact if fact.source == "statement"]
    asked = [
        Ask(fact.id, fact.question, fact.evidence, case.flags.get(fact.id)) for fact in stated if fact.id in flags
    ]
    wanted = wanted_needs(case, rules)
    for fact in stated:
        if fact.id in wanted:
            need = next(row for row in rules.precondition if row.id == fact.id)
            route = wanted[fact.id]
            asked.append(
                Ask(
                    id=fact.id,
                    question=wording(need, route, case),
                    evidence=evidence_for(need, route, case),
                    answer=True if fact.id in case.done else None,
                    is_need=True,
                    may_waive=may_be_not_required(need, case),
                )
            )
    return tuple(asked)


def wanted_needs(case: Case, rules: Rules) -> dict[str, str]:
    """Give each need of the routes a line takes or may take, done or not, with the first such route."""
    bare = evaluate(replace(case, done=frozenset()), rules)
    wanted: dict[str, str] = {}
    for route in rules.route:
        missing = bare.routes.get(route.id, route.needs if route.id in bare.open_routes else ())
        for need in missing:
            wanted.setdefault(need, route.id)
    return wanted


def to_compute(case: Case, rules: Rules, facts: Facts) -> frozenset[str]:
    """Give the flags and needs of a line that the portal has to compute from its rows."""
    matters = relevant(case, rules) | wanted_needs(case, rules).keys()
    return frozenset(fact.id for fact in facts.fact if fact.source == "rows" and fact.id in matters)
