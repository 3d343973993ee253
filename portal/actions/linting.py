"""What contradicts on a scope line, kept beside it: compared and renewed whenever the line is judged."""

from typing import Any

import sqlalchemy as sa

from portal.core import straying
from portal.core.bilingual import Text
from portal.core.jointuse import gaps, named
from portal.core.lawfulness import Judgement
from portal.core.readable import day_in
from portal.core.reentrusted import covered
from portal.models import Party, ScopeLine, ScopeWarning
from portal.queries import jointuse, reentrusted
from portal.queries.ground import Ground
from portal.store.work import Work


def keep(work: Work, line: ScopeLine, judgement: Judgement, on: Ground) -> None:
    """Put what contradicts on a line, as it was just judged, in the place of what was kept; what stands still stays."""
    told: list[tuple[Any, ...]] = []
    if line.state != "ended":
        purpose = work.catalogue.purposes.get(line.purpose)
        told = [(one.kind, one.message, {name: _stored(value) for name, value in one.values.items()})
                for one in straying.stray(plain(work, line, on), purpose, judgement, work.catalogue.rules)]
    kept = on.warnings.get(line.id, [])
    if kept == told:
        return
    if kept:
        work.rows.execute(sa.delete(ScopeWarning).where(ScopeWarning.scope_id == line.id))
    if told:
        work.rows.execute(sa.insert(ScopeWarning), [
            {"party_id": line.party_id, "scope_id": line.id, "kind": kind, "message": message, "values": values,
             "found_at": work.now()} for kind, message, values in told])
    on.warnings[line.id] = [*told]


def plain(work: Work, line: ScopeLine, on: Ground | None = None) -> straying.Line:
    """A line with what it stands on, as plain values."""
    on = on or Ground(work.rows, work.catalogue, day_in(work.now()), [line])
    party, engagement = on.parties[line.party_id], on.engagements[line.engagement_id]
    contract = on.contracts.get(line.contract_id)
    found: tuple[Text, ...] = ()
    if engagement.relation == "joint_use":
        said = jointuse.as_notice(on.notice) if on.notice else jointuse.NOTHING
        found = tuple(named(gap) for gap in gaps(said, jointuse.use_of(line, party), on.today))
    return straying.Line(
        engagement.relation, party.kind, line.location, line.state, line.purpose,
        tuple(work.catalogue.data_items[code] for code in line.items if code in work.catalogue.data_items),
        texts=(line.means, line.retention, line.clause), contract_in_force=line.contract_id in on.in_force,
        contract_items=frozenset(contract.items) if contract and contract.items else None, gaps=found,
        route=line.route, beyond=_beyond(line, party, on))


def _beyond(line: ScopeLine, party: Party, on: Ground) -> tuple[str, ...]:
    """The countries of re-entrusted bodies that the line's place does not cover."""
    tree = reentrusted.held_on(on.catalogue, on.trees.get(line.party_id, ()), line.id)
    return tuple(sorted(country for country, place in (tree.countries.items() if tree else ()) if not covered(
        country, place, (line.location, line.country), (party.location, party.country))))


def _stored(value: Any) -> Any:
    """A value as JSON: a text of the catalogue by its two languages."""
    if isinstance(value, Text):
        return {"ja": value.ja, "en": value.en}
    return [_stored(one) for one in value] if isinstance(value, (tuple, list)) else value
