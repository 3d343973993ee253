"""LAWFUL: judge one sharing line against the legal-basis table, with facts that may be yes, no or unanswered."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from portal.core.legal import Block, Condition, Overlay, Route, Rules

Verdict = Literal["PERMITTED", "INCOMPLETE", "NO_BASIS", "PROHIBITED"]


class Case(Struct, frozen=True):
    """A sharing line as plain facts; a flag that is absent is unanswered."""

    relation: str
    data: frozenset[str]
    location: str
    party_kind: str
    purpose: str = ""
    flags: Mapping[str, bool] = {}
    done: frozenset[str] = frozenset()


class Judgement(Struct, frozen=True):
    """What the table says: verdict, bars, what each route still misses, and the facts still to be answered.

    `open_routes` names the facts that would open a further route; `excused` are bars cancelled by an exception.
    """

    verdict: Verdict
    blocks: tuple[str, ...]
    routes: Mapping[str, tuple[str, ...]]
    overlays: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    permitted: tuple[str, ...] = ()
    open_routes: Mapping[str, tuple[str, ...]] = {}
    excused: tuple[str, ...] = ()


class Answer(Struct, frozen=True):
    """Whether a condition holds: yes, no, or not known until the named facts are answered."""

    holds: bool
    wants: frozenset[str] = frozenset()

    @property
    def possible(self) -> bool:
        """Say whether it holds or may yet hold."""
        return self.holds or bool(self.wants)


def holds(condition: Condition, case: Case) -> Answer:
    """Take a condition and a case; a certain no beats an unanswered fact, which beats a yes."""
    pairs = (
        (condition.relation, case.relation),
        (condition.location, case.location),
        (condition.party_kind, case.party_kind),
        (condition.purpose, case.purpose),
    )
    fits = all(not allowed or value in allowed for allowed, value in pairs)
    fits = fits and (not condition.data_any or not case.data.isdisjoint(condition.data_any))
    fits = fits and case.data.isdisjoint(condition.data_none)
    fits = fits and (not condition.data_only or case.data <= frozenset(condition.data_only))
    wanted = [(flag, True) for flag in condition.flags_true] + [(flag, False) for flag in condition.flags_false]
    if not fits or any(case.flags.get(flag, value) is not value for flag, value in wanted):
        return Answer(False)
    unanswered = frozenset(flag for flag, _ in wanted if flag not in case.flags)
    return Answer(not unanswered, unanswered)


def bars(block: Block, case: Case) -> Answer:
    """Say whether a block bars the case: its `when` holds and no clause of `unless` does."""
    when = holds(block.when, case)
    exceptions = [holds(clause, case) for clause in block.unless]
    if not when.possible or any(exception.holds for exception in exceptions):
        return Answer(False)
    wants = when.wants.union(*(exception.wants for exception in exceptions))
    return Answer(not wants, wants)


def evaluate(case: Case, rules: Rules) -> Judgement:
    """Judge a case by the steps in the header of the rules file; the same case always gives the same answer."""
    blocks = [(block, bars(block, case)) for block in rules.block]
    barred = tuple(block.id for block, answer in blocks if answer.holds)
    doubts = frozenset[str]().union(*(answer.wants for _, answer in blocks))
    overlays = [(overlay, holds(overlay.when, case)) for overlay in rules.overlay]
    found: dict[str, tuple[str, ...]] = {}
    wants: dict[str, frozenset[str]] = {}
    for route in rules.route:
        match = holds(route.when, case)
        if match.possible:
            missing, more = _needs(route, case, overlays)
            wants[route.id] = match.wants | more
            if match.holds:
                found[route.id] = missing
    permitted = tuple(route for route, missing in found.items() if not missing and not wants[route])
    open_routes = {route: tuple(sorted(facts)) for route, facts in wants.items() if route not in found}
    verdict = _verdict(barred, bool(wants), bool(permitted) and not doubts)
    unknown = doubts if permitted else doubts.union(*wants.values())
    return Judgement(
        verdict=verdict,
        blocks=barred,
        routes=found,
        overlays=tuple(o.id for o, match in overlays if match.holds and (not found or any(map(o.adds_to, found)))),
        unknown=tuple(sorted(unknown)),
        permitted=() if barred or doubts else permitted,
        open_routes=open_routes,
        excused=_excused(rules, case),
    )


def _needs(
    route: Route, case: Case, overlays: list[tuple[Overlay, Answer]]
) -> tuple[tuple[str, ...], frozenset[str]]:
    """Give what the route still misses for certain, and the facts on which more needs would hang."""
    needs = list(route.needs)
    facts: frozenset[str] = frozenset()
    for overlay, match in overlays:
        if not overlay.adds_to(route.id):
            continue
        if match.holds:
            needs += [need for need in overlay.needs if need not in needs]
        elif not case.done.issuperset(overlay.needs):
            facts |= match.wants
    return tuple(need for need in needs if need not in case.done), facts


def relevant(case: Case, rules: Rules) -> frozenset[str]:
    """Give every flag that could matter to a line of this relation, data, place, kind and purpose, answered or not."""
    open_case = Case(case.relation, case.data, case.location, case.party_kind, case.purpose)
    reachable = [holds(route.when, open_case) for route in rules.route]
    routes = [route.id for route, match in zip(rules.route, reachable, strict=True) if match.possible]
    found = frozenset[str]().union(*(bars(block, open_case).wants for block in rules.block))
    found = found.union(*(match.wants for match in reachable))
    overlays = [o for o in rules.overlay if any(map(o.adds_to, routes))]
    return found.union(*(holds(overlay.when, open_case).wants for overlay in overlays))


def _verdict(barred: tuple[str, ...], any_route: bool, complete: bool) -> Verdict:
    if barred:
        return "PROHIBITED"
    if not any_route:
        return "NO_BASIS"
    return "PERMITTED" if complete else "INCOMPLETE"


def _excused(rules: Rules, case: Case) -> tuple[str, ...]:
    """Name the blocks that fit the case but are cancelled by one of their exceptions."""
    return tuple(
        block.id
        for block in rules.block
        if holds(block.when, case).holds and any(holds(clause, case).holds for clause in block.unless)
    )
