"""What the rows and the ledger say of some parties at the end of a day in Japan, each table read once."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core.catalogue import Catalogue
from portal.core.dates import add_months
from portal.core.jointuse import REVIEW_MONTHS
from portal.core.readable import JST, day_in
from portal.core.supervision import Period
from portal.models import (
    Assessment,
    Attestation,
    Contract,
    ContractClause,
    ContractTerm,
    Finding,
    JointUseNotice,
    JointUseReview,
    Party,
    Provision,
    ScopeLine,
)
from portal.queries import forms, overseas, past, reentrusted

Row = TypeVar("Row")


@dataclass
class Known:
    """What the rows and the ledger say of some parties at the end of a day in Japan, read once per table."""

    rows: Session
    catalogue: Catalogue
    parties: dict[int, Party]
    as_of: date

    @cached_property
    def end(self) -> datetime:
        """The first moment after the day."""
        return datetime.combine(self.as_of + timedelta(days=1), time(), JST)

    @cached_property
    def past(self) -> past.Past:
        """The ledger's word."""
        return past.before(self.rows, self.parties, self.end)

    def _by(self, model: type[Row], key: Callable[[Row], Any], *conditions: sa.ColumnElement[bool]
            ) -> dict[Any, list[Row]]:
        found: defaultdict[Any, list[Row]] = defaultdict(list)
        table: Any = model
        for row in self.rows.scalars(sa.select(model).where(
                table.party_id.in_(self.parties), *conditions).order_by(table.id)):
            found[key(row)].append(row)
        return found

    @cached_property
    def contracts(self) -> dict[int, list[Contract]]:
        """Contracts by engagement."""
        return self._by(Contract, lambda row: row.engagement_id)

    @cached_property
    def terms(self) -> dict[int, list[ContractTerm]]:
        """Terms by contract, in the order in which they were registered."""
        return self._by(ContractTerm, lambda row: row.contract_id)

    @cached_property
    def clauses(self) -> dict[int, list[ContractClause]]:
        """How clauses stand now, by contract."""
        return self._by(ContractClause, lambda row: row.contract_id)

    @cached_property
    def lines(self) -> dict[int, list[ScopeLine]]:
        """Scope lines by engagement."""
        return self._by(ScopeLine, lambda row: row.engagement_id, ScopeLine.created_at < self.end)

    @cached_property
    def assessments(self) -> dict[tuple[int, str], list[Assessment]]:
        """Assessments by engagement and kind."""
        return self._by(Assessment, lambda row: (row.engagement_id, row.kind), Assessment.made_at < self.end)

    @cached_property
    def attestations(self) -> dict[int, list[Attestation]]:
        """Attestations by party."""
        return self._by(Attestation, lambda row: row.party_id, Attestation.requested_at < self.end)

    @cached_property
    def gaps(self) -> frozenset[int]:
        """Checklists (row ids) that hold only what an edition touches: no check of the whole."""
        return forms.gaps(self.rows)

    @cached_property
    def findings(self) -> dict[int, list[Finding]]:
        """Findings by party."""
        return self._by(Finding, lambda row: row.party_id, Finding.opened_at < self.end)

    @cached_property
    def recorded(self) -> dict[int, date]:
        """The last day of which a record was made, by line."""
        return dict(self.rows.execute(
            sa.select(Provision.scope_id, sa.func.max(Provision.last_on))
            .where(Provision.party_id.in_(self.parties), Provision.made_at < self.end)
            .group_by(Provision.scope_id)).all())

    @cached_property
    def lost(self) -> set[int]:
        """The lines whose equivalent measures are no longer assured."""
        lines = [line for found in self.lines.values() for line in found]
        return overseas.lost(self.rows, self.parties, lines, self.end)

    @cached_property
    def uncleared(self) -> dict[int, tuple[str, ...]]:
        """The re-entrusted bodies that were not cleared, by engagement."""
        made = reentrusted.made_before(self.rows, self.parties, self.end)
        return reentrusted.uncleared(self.catalogue, made, self.past, self.as_of)

    @cached_property
    def notices(self) -> list[tuple[JointUseNotice, Period]]:
        """Joint-use notices with the days on which each applied and had been looked at within the year."""
        looked = dict(self.rows.execute(
            sa.select(JointUseReview.notice_id, sa.func.max(JointUseReview.reviewed_at))
            .where(JointUseReview.reviewed_at < self.end).group_by(JointUseReview.notice_id)).all())
        found = list(self.rows.scalars(sa.select(JointUseNotice).where(
            JointUseNotice.published_at < self.end).order_by(JointUseNotice.effective_on, JointUseNotice.number)))
        told = []
        for notice, after in zip(found, [*found[1:], None], strict=False):
            ends = add_months(day_in(looked.get(notice.id, notice.published_at)), REVIEW_MONTHS)
            if after is not None:
                ends = min(ends, after.effective_on - timedelta(days=1))
            told.append((notice, Period(notice.effective_on, ends, f"notice:{notice.number}")))
        return told
