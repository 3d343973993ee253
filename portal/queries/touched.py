"""Which parties' lines must be judged again because days have passed or the law table is another edition."""

from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core.readable import JST
from portal.models import (
    Assessment,
    Attestation,
    ContractClause,
    ContractTerm,
    Engagement,
    Evidence,
    Finding,
    Job,
    JointUseNotice,
    OverseasStatement,
    Reentrustment,
    ScopeLine,
    ScopeStatement,
)
from portal.queries import jointuse, unsettled
from portal.queries.facts import MONTHS

DAILY = "judge:day:"


def last_pass(rows: Session) -> date | None:
    """Give the day of the last daily pass that was finished, or nothing before the first."""
    key = rows.scalar(sa.select(sa.func.max(Job.key)).where(Job.key.startswith(DAILY), Job.status == "done"))
    return date.fromisoformat(key.removeprefix(DAILY)) if key else None


def parties(rows: Session, since: date | None, today: date, edition: str) -> list[int]:
    """Give the row ids of parties that a day after `since` up to today, or another edition, touches; all at first."""
    lines = sa.select(ScopeLine.party_id).where(ScopeLine.state != "ended")
    if since is None:
        return list(rows.scalars(lines.distinct().order_by(ScopeLine.party_id)))
    found: set[int] = set(rows.scalars(lines.where(ScopeLine.judged_under != edition).distinct()))
    for asked in (*_ended(since, today), *_aged(since, today), *_findings(since, today)):
        found.update(rows.scalars(asked.distinct()))
    if _notice_moved(rows, since, today):
        found.update(rows.scalars(sa.select(Engagement.party_id).where(Engagement.relation == "joint_use").distinct()))
    return sorted(found)


def _ended(since: date, today: date) -> list[sa.Select[int]]:
    """What begins on one of the days, or had its last day just before it."""
    yesterday, before = today - timedelta(days=1), since - timedelta(days=1)
    last = [(ContractTerm.party_id, ContractTerm.ends_on), (ScopeStatement.party_id, ScopeStatement.valid_to),
            (ContractClause.party_id, ContractClause.waived_until), (Assessment.party_id, Assessment.until),
            (Evidence.party_id, Evidence.valid_to), (OverseasStatement.party_id, OverseasStatement.valid_to),
            (Reentrustment.party_id, Reentrustment.ends_on)]
    return [sa.select(ContractTerm.party_id).where(ContractTerm.starts_on.between(since, today)),
            sa.select(Reentrustment.party_id).where(Reentrustment.starts_on.between(since, today)),
            *(sa.select(party).where(day.between(before, yesterday)) for party, day in last)]


def _aged(since: date, today: date) -> list[sa.Select[int]]:
    """Checks, or relations never checked, that came of age on one of the days, for the cadence of any tier."""
    asked: list[sa.Select[int]] = []
    for months in sorted(set(MONTHS.values())):
        first, last = (day - timedelta(days=months * 31 + more) for day, more in ((since, 1), (today, 0)))
        begins, ends = (datetime.combine(day, time(), JST) for day in (first, last + timedelta(days=1)))
        asked += [
            sa.select(Attestation.party_id).where(Attestation.signed_off_at.between(begins, ends)),
            sa.select(Engagement.party_id).where(Engagement.started_on.between(first, last)),
            sa.select(Assessment.party_id).where(Assessment.made_on.between(first, last)),
        ]
    return asked


def _findings(since: date, today: date) -> list[sa.Select[int]]:
    """Critical findings that are overdue, or were closed on one of the days."""
    start = datetime.combine(since, time(), JST)
    open_now = unsettled.on(today)
    return [sa.select(Finding.party_id).where(
        Finding.severity == "critical", Finding.due_on < today, sa.or_(open_now, Finding.closed_at >= start))]


def _notice_moved(rows: Session, since: date, today: date) -> bool:
    """Whether another joint-use notice applies, or its yearly look lapsed, since then."""
    now, then = jointuse.in_force(rows, today), jointuse.in_force(rows, since)
    if now is None or then is None or now.id != then.id:
        return now is not then
    current = [jointuse.is_current(rows, now, day) for day in (since, today)]
    published = rows.scalar(sa.select(sa.func.max(JointUseNotice.effective_on)).where(
        JointUseNotice.effective_on.between(since, today)))
    return current[0] != current[1] or published is not None
