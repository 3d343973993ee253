"""What contradicts on a scope line, kept beside it: written anew whenever the line is judged."""

from typing import Any

import sqlalchemy as sa

from portal.core import straying
from portal.core.bilingual import Text
from portal.core.jointuse import gaps, named
from portal.core.lawfulness import Judgement
from portal.core.readable import day_in
from portal.core.reentrusted import covered
from portal.models import Contract, Engagement, Party, ScopeLine, ScopeWarning
from portal.queries import facts, jointuse, reentrusted
from portal.store.work import Work


def keep(work: Work, line: ScopeLine, judgement: Judgement) -> tuple[straying.Found, ...]:
    """Put what contradicts on a line, as it was just judged, in the place of what was kept before."""
    work.rows.execute(sa.delete(ScopeWarning).where(ScopeWarning.scope_id == line.id))
    if line.state == "ended":
        return ()
    purpose = work.catalogue.purposes.get(line.purpose)
    found = straying.stray(plain(work, line), purpose, judgement, work.catalogue.rules)
    work.rows.add_all(ScopeWarning(
        party_id=line.party_id, scope_id=line.id, kind=one.kind, message=one.message,
        values={name: _stored(value) for name, value in one.values.items()}, found_at=work.now()) for one in found)
    return found


def plain(work: Work, line: ScopeLine) -> straying.Line:
    """A line with what it stands on, as plain values."""
    rows, today = work.rows, day_in(work.now())
    party, engagement = rows.get_one(Party, line.party_id), rows.get_one(Engagement, line.engagement_id)
    contract = rows.get(Contract, line.contract_id) if line.contract_id else None
    found: tuple[Text, ...] = ()
    if engagement.relation == "joint_use":
        notice = jointuse.in_force(rows, today)
        said = jointuse.as_notice(notice) if notice else jointuse.NOTHING
        found = tuple(named(gap) for gap in gaps(said, jointuse.use_of(line, party), today))
    return straying.Line(
        engagement.relation, party.kind, line.location, line.state, line.purpose,
        tuple(work.catalogue.data_items[code] for code in line.items if code in work.catalogue.data_items),
        texts=(line.means, line.retention, line.clause), contract_in_force=facts.in_force(rows, contract, today),
        contract_items=frozenset(contract.items) if contract and contract.items else None, gaps=found,
        route=line.route, beyond=_beyond(work, line, party))


def _beyond(work: Work, line: ScopeLine, party: Party) -> tuple[str, ...]:
    """The countries of re-entrusted bodies that the line's place does not cover."""
    tree = reentrusted.on_line(work.rows, work.catalogue, line, day_in(work.now()))
    return tuple(sorted(country for country, place in (tree.countries.items() if tree else ()) if not covered(
        country, place, (line.location, line.country), (party.location, party.country))))


def _stored(value: Any) -> Any:
    """A value as JSON: a text of the catalogue by its two languages."""
    if isinstance(value, Text):
        return {"ja": value.ja, "en": value.en}
    return [_stored(one) for one in value] if isinstance(value, (tuple, list)) else value
