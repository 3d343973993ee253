"""The three duties of each engagement as of a date, computed from plain values and never typed in.

委託: selection, contract, handling (APPI Art. 25). 共同利用: notice, agreement, handling (Art. 27(5)(iii)).
第三者提供 and the like: route, record, checks of equivalent measures (Arts. 27-29). Cloud without handling: JMDP's own
safety measures (Art. 23).
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Literal

from msgspec import Struct

from portal.core.dates import add_months
from portal.core.sentences import sentence

Status = Literal["met", "due", "failing"]
Code = Literal[
    "selection", "contract", "handling", "notice", "agreement", "route", "record", "checks", "own_measures"
]
WORST: tuple[Status, ...] = ("met", "due", "failing")
SOON = timedelta(days=60)


class Period(Struct, frozen=True):
    """Something in force between two days, both included; no end means until further notice. `ref` links to it."""

    starts: date
    ends: date | None = None
    ref: str = ""


class Check(Struct, frozen=True):
    """A check that was made and decided: a signed-off round or a check of equivalent measures."""

    on: date
    passed: bool = True
    ref: str = ""


class Late(Struct, frozen=True):
    """Something not done by its day: a finding not corrected, a round not answered."""

    due: date
    kind: Literal["finding", "round"]
    severity: str = ""
    ref: str = ""


class Line(Struct, frozen=True):
    """An active sharing line with its verdict, whether it rests on equivalent measures, and needs a record."""

    ref: str
    verdict: str
    equivalent: bool = False
    needs_record: bool = False
    last_record: date | None = None


class Supervised(Struct, frozen=True):
    """One engagement as plain values: what is in force, what was checked, what is late, which lines are active."""

    relation: str
    began: date
    selections: tuple[Period, ...] = ()
    contracts: tuple[Period, ...] = ()
    clauses_missing: tuple[str, ...] = ()
    uncleared_tiers: tuple[str, ...] = ()
    notices: tuple[Period, ...] = ()
    rounds: tuple[Check, ...] = ()
    round_months: int = 12
    grace_months: int = 2
    equivalence_checks: tuple[Check, ...] = ()
    assurance_lost: bool = False
    late: tuple[Late, ...] = ()
    lines: tuple[Line, ...] = ()
    own_measures: tuple[Check, ...] = ()


class Reason(Struct, frozen=True):
    """Why a duty stands as it does: an English source sentence, its values, and what to look at."""

    status: Status
    message: str
    values: Mapping[str, Any] = {}
    ref: str = ""


class Duty(Struct, frozen=True):
    """One duty with its status and every reason, the worst first."""

    code: Code
    status: Status
    reasons: tuple[Reason, ...]


NOT_SELECTED = sentence("There is no approved selection assessment.")
SELECTED = sentence("Selected on %(on)s.")
SELECTED_LATE = sentence("The contract began on %(began)s, before the selection was approved on %(on)s.")
NO_CONTRACT = sentence("No signed contract is in force.")
IN_FORCE = sentence("In force from %(starts)s.")
IN_FORCE_UNTIL = sentence("In force until %(ends)s.")
ENDS_SOON = sentence("Ends on %(ends)s.")
CLAUSES_MISSING = sentence("Mandatory clauses are missing: %(clauses)s")
TIERS = sentence("Re-entrusted parties are not cleared: %(names)s")
NO_NOTICE = sentence("No joint-use notice with the five matters covers this party.")
NO_AGREEMENT = sentence("No memorandum or rules of joint use are in force.")
NOT_CHECKED = sentence("No round has been signed off yet; the first is due on %(due)s.")
CHECK_OVERDUE = sentence("The last check was on %(on)s; the next was due on %(due)s.")
NEVER_CHECKED = sentence("Never checked; it was due on %(due)s.")
CHECK_DUE = sentence("The last check was on %(on)s; the next is due on %(due)s.")
CHECKED = sentence("Checked on %(on)s; next due on %(due)s.")
CHECK_FAILED = sentence("The check of %(on)s was not passed.")
FINDING_LATE = sentence("A finding was to be corrected by %(due)s.")
ROUND_LATE = sentence("A round was to be answered by %(due)s.")
NO_LINES = sentence("No sharing line is active.")
LINE_UNLAWFUL = sentence("An active sharing line is no longer permitted.")
LINES_PERMITTED = sentence("Every active sharing line is permitted.")
NO_RECORD = sentence("A sharing line has no record of provision.")
RECORDED = sentence("Records of provision are kept where the route asks for them.")
NO_EQUIVALENCE = sentence("No sharing line rests on equivalent measures.")
ASSURANCE_LOST = sentence("Equivalent measures can no longer be assured: a decision on suspension is due.")


def duties(of: Supervised, as_of: date) -> tuple[Duty, ...]:
    """Give the duties that fit the relation, as they stood on a day."""
    return tuple(_duty(code, JUDGES[code](of, as_of)) for code in BY_RELATION.get(of.relation, THIRD_PARTY))


def status(of: tuple[Duty, ...]) -> Status:
    """Give the worst status of some duties; none at all is met."""
    return max((duty.status for duty in of), key=WORST.index, default="met")


def _duty(code: Code, reasons: list[Reason]) -> Duty:
    ordered = tuple(sorted(reasons, key=lambda reason: -WORST.index(reason.status)))
    return Duty(code, ordered[0].status, ordered)


def _current(periods: tuple[Period, ...], as_of: date) -> Period | None:
    """Give the period in force on a day; of several, the one that lasts longest."""
    held = [p for p in periods if p.starts <= as_of and (p.ends is None or p.ends >= as_of)]
    return max(held, key=lambda p: p.ends or date.max, default=None)


def _in_force(periods: tuple[Period, ...], as_of: date, none: str) -> Reason:
    """Judge something that must be in force: failing without it, due when it ends soon with nothing to follow."""
    held = _current(periods, as_of)
    if held is None:
        return Reason("failing", none)
    if held.ends is None:
        return Reason("met", IN_FORCE, {"starts": held.starts}, held.ref)
    follows = any(held.starts < p.starts <= held.ends + timedelta(days=1) for p in periods)
    if held.ends - as_of <= SOON and not follows:
        return Reason("due", ENDS_SOON, {"ends": held.ends}, held.ref)
    return Reason("met", IN_FORCE_UNTIL, {"ends": held.ends}, held.ref)


def _selection(of: Supervised, as_of: date) -> list[Reason]:
    held = _current(of.selections, as_of)
    if held is None:
        return [Reason("failing", NOT_SELECTED)]
    first = min(p.starts for p in of.selections)
    begun = [p.starts for p in of.contracts if p.starts <= as_of]
    reasons = [Reason("met", SELECTED, {"on": held.starts}, held.ref)]
    if begun and min(begun) < first:
        reasons.append(Reason("due", SELECTED_LATE, {"began": min(begun), "on": first}, held.ref))
    return reasons


def _contract(of: Supervised, as_of: date) -> list[Reason]:
    reasons = [_in_force(of.contracts, as_of, NO_CONTRACT)]
    if of.clauses_missing:
        reasons.append(Reason("failing", CLAUSES_MISSING, {"clauses": of.clauses_missing}))
    if of.uncleared_tiers:
        reasons.append(Reason("failing", TIERS, {"names": of.uncleared_tiers}))
    return reasons


def _notice(of: Supervised, as_of: date) -> list[Reason]:
    return [_in_force(of.notices, as_of, NO_NOTICE)]


def _agreement(of: Supervised, as_of: date) -> list[Reason]:
    return [_in_force(of.contracts, as_of, NO_AGREEMENT)]


def _regular(checks: tuple[Check, ...], began: date, months: tuple[int, int], as_of: date) -> Reason:
    """Judge a check made every so many months: due when its day has come, failing when the grace is over too."""
    made = [check for check in checks if check.on <= as_of]
    last = max(made, key=lambda check: check.on, default=None)
    due = add_months(last.on if last else began, months[0])
    end = add_months(due, months[1])
    if last and not last.passed:
        return Reason("failing", CHECK_FAILED, {"on": last.on}, last.ref)
    if last is None:
        late = as_of > end
        return Reason("failing" if late else "due", NEVER_CHECKED if late else NOT_CHECKED, {"due": due})
    values = {"on": last.on, "due": due}
    if as_of > end:
        return Reason("failing", CHECK_OVERDUE, values, last.ref)
    if due - as_of <= SOON:
        return Reason("due", CHECK_DUE, values, last.ref)
    return Reason("met", CHECKED, values, last.ref)


def _handling(of: Supervised, as_of: date) -> list[Reason]:
    reasons = [_regular(of.rounds, of.began, (of.round_months, of.grace_months), as_of)]
    for late in of.late:
        if late.due < as_of:
            grave = late.kind == "finding" and late.severity in ("critical", "high")
            message = FINDING_LATE if late.kind == "finding" else ROUND_LATE
            reasons.append(Reason("failing" if grave else "due", message, {"due": late.due}, late.ref))
    return reasons


def _route(of: Supervised, as_of: date) -> list[Reason]:
    wrong = [Reason("failing", LINE_UNLAWFUL, {}, line.ref) for line in of.lines if line.verdict != "PERMITTED"]
    return wrong or [Reason("met", LINES_PERMITTED if of.lines else NO_LINES)]


def _record(of: Supervised, as_of: date) -> list[Reason]:
    bare = [line for line in of.lines if line.needs_record and not (line.last_record and line.last_record <= as_of)]
    return [Reason("failing", NO_RECORD, {}, line.ref) for line in bare] or [Reason("met", RECORDED)]


def _checks(of: Supervised, as_of: date) -> list[Reason]:
    """Art. 28(3): lost assurance is the law's failing; an overdue check is due at once and failing after the grace."""
    if of.assurance_lost:
        return [Reason("failing", ASSURANCE_LOST)]
    if not any(line.equivalent for line in of.lines):
        return [Reason("met", NO_EQUIVALENCE)]
    return [_regular(of.equivalence_checks, of.began, (12, 0), as_of)]


def _own_measures(of: Supervised, as_of: date) -> list[Reason]:
    return [_regular(of.own_measures, of.began, (12, of.grace_months), as_of)]


Judge = Callable[[Supervised, date], list[Reason]]
JUDGES: dict[Code, Judge] = {
    "selection": _selection, "contract": _contract, "handling": _handling, "notice": _notice, "agreement": _agreement,
    "route": _route, "record": _record, "checks": _checks, "own_measures": _own_measures,
}
THIRD_PARTY: tuple[Code, ...] = ("route", "record", "checks")
BY_RELATION: dict[str, tuple[Code, ...]] = {
    "entrustment": ("selection", "contract", "handling"),
    "joint_use": ("notice", "agreement", "handling"),
    "cloud_no_handling": ("own_measures",),
}
