"""Scope lines (提供データの範囲): added, stated on, judged by the law table, activated only where it permits."""

from dataclasses import dataclass
from datetime import date

from msgspec import to_builtins

from portal.actions import linting, record, touching
from portal.core.actor import Actor
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete, Unlawful
from portal.core.lawfulness import Judgement
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.workflow import Move
from portal.models import Contract, Engagement, Party, ScopeDecision, ScopeLine, ScopeStatement
from portal.queries import facts
from portal.queries.ground import Ground
from portal.store.work import Work

RULES_FILE = "legal_rules.toml"


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What a line says: which items, for which purpose, where, under which contract, how and for how long."""

    items: tuple[str, ...]
    purpose: str
    location: str = "JP"
    country: str = "JP"
    contract_id: int | None = None
    clause: str = ""
    means: str = ""
    retention: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A named person's dated statement of one fact, with a note and until when it holds."""

    fact: str
    value: str
    note: str = ""
    valid_to: date | None = None
    evidence_id: int | None = None


def add_line(work: Work, actor: Actor, engagement: Engagement, said: LineFacts) -> ScopeLine:
    """Add a line as a draft and judge it; Incomplete for unknown items or purpose."""
    record.require(actor, Permission.EDIT_SCOPE, engagement)
    problems = _problems(work, engagement, said)
    if problems:
        raise Incomplete("The scope line is not complete yet.", problems)
    line = ScopeLine(
        party_id=engagement.party_id, engagement_id=engagement.id, contract_id=said.contract_id, clause=said.clause,
        items=sorted(set(said.items)), purpose=said.purpose, location=said.location, country=said.country,
        means=said.means, retention=said.retention, made_by_id=actor.person_id, created_at=work.now(),
    )
    work.rows.add(line)
    record.note(work, actor, line, "added", items=list(line.items), purpose=line.purpose, place=line.location)
    rejudge(work, actor, line)
    return line


def state(work: Work, actor: Actor, line: ScopeLine, said: list[Statement]) -> None:
    """Keep statements on facts and judge the line again; only what says something else than before is kept."""
    record.require(actor, Permission.EDIT_SCOPE, line)
    known = _under(work, line).stated.get(line.id, {})
    for one in said:
        if one.value not in ("yes", "no", "unknown") or _word(known.get(one.fact)) == one.value:
            continue
        work.rows.add(ScopeStatement(
            scope_id=line.id, party_id=line.party_id, fact=one.fact, value=one.value, note=one.note.strip(),
            evidence_id=one.evidence_id, valid_to=one.valid_to, stated_by_id=actor.person_id, stated_at=work.now(),
        ))
        record.note(work, actor, line, "stated", fact=one.fact, value=one.value, note=Personal(one.note.strip()))
    work.rows.flush()
    rejudge(work, actor, line)
    touching.party(work, work.rows.get_one(Party, line.party_id))


def judge(work: Work, line: ScopeLine, *, activating: bool = False, on: Ground | None = None) -> Judgement:
    """Give what the law table says of a line now; `on` is what it stands on, read before where many are judged."""
    on = on or _under(work, line)
    return on.judge(facts.case_on(on, line, activating=activating))


def rejudge(work: Work, actor: Actor, line: ScopeLine, on: Ground | None = None) -> Judgement:
    """Judge a line and keep the verdict on it; a verdict that changed is written down."""
    on = on or _under(work, line)
    judgement = judge(work, line, on=on)
    if judgement.verdict != line.verdict or line.judged_at is None:
        record.note(work, actor, line, "judged", verdict=judgement.verdict, blocks=list(judgement.blocks))
    line.verdict, line.judged_at = judgement.verdict, work.now()
    line.judged_under = work.catalogue.digests[RULES_FILE]
    linting.keep(work, line, judgement, on)
    if line.state != "stopped":
        line.needs_decision = _is_undecided(line, judgement, on)
    return judgement


def _under(work: Work, line: ScopeLine) -> Ground:
    work.rows.flush()
    return Ground(work.rows, work.catalogue, day_in(work.now()), [line])


def _is_undecided(line: ScopeLine, judgement: Judgement, on: Ground) -> bool:
    """Whether a line runs that the table no longer permits, and nobody has decided on exactly this judgement."""
    if line.state != "active" or judgement.verdict == "PERMITTED":
        return False
    last = on.decisions.get(line.decision_id)
    return last is None or last.act != "leave" or (
        (last.verdict, last.judgement["blocks"]) != (judgement.verdict, list(judgement.blocks)))


def activate(work: Work, actor: Actor, line: ScopeLine, route: str) -> ScopeDecision:
    """Activate a line on one permitted route; Unlawful otherwise. Rules, edition and digest are kept with the act."""
    record.require(actor, Permission.ACTIVATE_SCOPE, line)
    judgement = judge(work, line, activating=True)
    line.verdict, line.judged_at = judgement.verdict, work.now()
    if judgement.verdict != "PERMITTED":
        raise Unlawful("The law table does not permit this line. Read below what bars it or what is missing.")
    if route not in judgement.permitted:
        raise Incomplete("Choose the legal route the line rests on.", {"route": N_("Choose one of the routes")})
    line.route = route
    decision = decide(work, actor, line, Act("activate", judgement))
    record.move(work, actor, line, Move.ACTIVATE, route=route, edition=decision.edition_digest)
    rejudge(work, actor, line)
    return decision


def stop(work: Work, actor: Actor, line: ScopeLine, reason: str) -> ScopeDecision:
    """Suspend sharing as a decided act with its reason; running cases are for the decision to name."""
    record.require(actor, Permission.EDIT_SCOPE, line)
    if not reason.strip():
        raise Incomplete("Say why sharing is suspended, and whom it concerns.", {"reason": N_("Enter the reason")})
    decision = decide(work, actor, line, Act("stop", judge(work, line), reason))
    record.move(work, actor, line, Move.STOP, reason=Personal(reason.strip()))
    _settled(work, actor, line)
    return decision


def resume(work: Work, actor: Actor, line: ScopeLine, reason: str) -> ScopeDecision:
    """Resume suspended sharing, where the law table permits it on the route that was chosen."""
    record.require(actor, Permission.ACTIVATE_SCOPE, line)
    judgement = judge(work, line, activating=True)
    if line.route not in judgement.permitted:
        raise Unlawful("The law table does not permit this line. Read below what bars it or what is missing.")
    decision = decide(work, actor, line, Act("resume", judgement, reason))
    record.move(work, actor, line, Move.RESUME, reason=Personal(reason.strip()))
    rejudge(work, actor, line)
    return decision


def end(work: Work, actor: Actor, line: ScopeLine, reason: str) -> None:
    """End a line for good."""
    record.move(work, actor, line, Move.END, reason=Personal(reason.strip()))
    _settled(work, actor, line)


def _settled(work: Work, actor: Actor, line: ScopeLine) -> None:
    """A person has stopped or ended the line: nothing waits for a decision, and what contradicts is told anew."""
    line.needs_decision = False
    rejudge(work, actor, line)


@dataclass(frozen=True, slots=True)
class Act:
    """What is decided on a line, on which judgement, and why."""

    name: str
    judgement: Judgement
    reason: str = ""


def decide(work: Work, actor: Actor, line: ScopeLine, act: Act) -> ScopeDecision:
    """Keep what was decided on a line, with the judgement, the edition and the reason; the act has been allowed."""
    judgement = act.judgement
    rules = work.catalogue.rules
    used = [*judgement.blocks, *judgement.overlays, *([line.route] if line.route else [])]
    decision = ScopeDecision(
        scope_id=line.id, party_id=line.party_id, act=act.name, verdict=judgement.verdict, route=line.route, rules=used,
        judgement=to_builtins(judgement), edition=rules.header.edition,
        edition_digest=work.catalogue.digests[RULES_FILE], reason=act.reason.strip(),
        decided_by_id=actor.person_id or None,
        decided_at=work.now(),
    )
    work.rows.add(decision)
    work.rows.flush()
    line.decision_id = decision.id
    return decision


def _problems(work: Work, engagement: Engagement, said: LineFacts) -> dict[str, str]:
    catalogue = work.catalogue
    problems = {}
    if not said.items or any(item not in catalogue.data_items for item in said.items):
        problems["items"] = N_("Choose at least one data item")
    if said.purpose not in catalogue.purposes and said.purpose not in catalogue.affairs:
        problems["purpose"] = N_("Choose a purpose")
    if said.location not in ("JP", "EQ", "OTHER"):
        problems["location"] = N_("Choose a place")
    contract = work.rows.get(Contract, said.contract_id) if said.contract_id else None
    if said.contract_id and (contract is None or contract.party_id != engagement.party_id):
        problems["contract_id"] = N_("Choose a contract of this party")
    return problems


def _word(value: bool | None) -> str:
    return "unknown" if value is None else "yes" if value else "no"


