"""What some scope lines stand on, on a day: each table read once for all of them, when first asked for."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.core import clauses
from portal.core import overseas as sheets
from portal.core.catalogue import Catalogue
from portal.core.lawfulness import Case, Judgement, evaluate
from portal.core.readable import day_in
from portal.models import (
    Assessment,
    Attestation,
    Contract,
    ContractClause,
    ContractTerm,
    Engagement,
    Evidence,
    Finding,
    JointUseNotice,
    Party,
    RecordSetting,
    ScopeDecision,
    ScopeLine,
    ScopeStatement,
    ScopeWarning,
)
from portal.queries import forms, jointuse, overseas, reentrusted, unsettled

Known = dict[tuple[object, ...], Judgement]
"""Judgements by case: lines of like facts are judged once in a pass."""


@dataclass
class Ground:
    """Some lines, the day they are judged on, and what the rows say beneath them; read once, so of one moment."""

    rows: Session
    catalogue: Catalogue
    today: date
    lines: Sequence[ScopeLine]
    known: Known = field(default_factory=dict)

    def judge(self, case: Case) -> Judgement:
        """Give what the law table says of a case; of the same case the same."""
        key = (case.relation, case.data, case.location, case.party_kind, case.purpose,
               frozenset(case.flags.items()), case.done)
        if key not in self.known:
            self.known[key] = evaluate(case, self.catalogue.rules)
        return self.known[key]

    @cached_property
    def ids(self) -> Collection[int]:
        """The lines' row ids."""
        return [line.id for line in self.lines]

    @cached_property
    def party_ids(self) -> Collection[int]:
        """Their parties' row ids."""
        return sorted({line.party_id for line in self.lines})

    @cached_property
    def contract_ids(self) -> Collection[int]:
        """Their contracts' row ids."""
        return sorted({line.contract_id for line in self.lines if line.contract_id})

    @cached_property
    def parties(self) -> Mapping[int, Party]:
        """Parties by row id."""
        return {row.id: row for row in self.rows.scalars(sa.select(Party).where(Party.id.in_(self.party_ids)))}

    @cached_property
    def engagements(self) -> Mapping[int, Engagement]:
        """Engagements by row id."""
        ids = sorted({line.engagement_id for line in self.lines})
        return {row.id: row for row in self.rows.scalars(sa.select(Engagement).where(Engagement.id.in_(ids)))}

    @cached_property
    def contracts(self) -> Mapping[int | None, Contract]:
        """Contracts by row id."""
        return {row.id: row for row in self.rows.scalars(
            sa.select(Contract).where(Contract.id.in_(self.contract_ids)))}

    @cached_property
    def in_force(self) -> frozenset[int | None]:
        """The contracts of which a signed term is in force."""
        return frozenset(self.rows.scalars(sa.select(ContractTerm.contract_id).where(
            ContractTerm.contract_id.in_(self.contract_ids), ContractTerm.starts_on <= self.today,
            ContractTerm.ends_on >= self.today, ContractTerm.signed_on.is_not(None))))

    @cached_property
    def standings(self) -> Mapping[int | None, Mapping[str, clauses.Standing]]:
        """How clauses stand, by contract."""
        found: defaultdict[int | None, dict[str, clauses.Standing]] = defaultdict(dict)
        for row in self.rows.scalars(sa.select(ContractClause).where(
                ContractClause.contract_id.in_(self.contract_ids))):
            found[row.contract_id][row.clause] = clauses.Standing(
                clauses.state_of(row.standing), row.note, row.note, row.waived_by, row.waived_until)
        return found

    @cached_property
    def checked(self) -> Mapping[int, date]:
        """The day of the last sign-off, by party."""
        return {party: day_in(at) for party, at in self.rows.execute(
            sa.select(Attestation.party_id, sa.func.max(Attestation.signed_off_at)).where(
                Attestation.party_id.in_(self.party_ids), Attestation.signed_off_at.is_not(None),
                ~forms.is_gap(Attestation.template_id), Attestation.state != "withdrawn")
            .group_by(Attestation.party_id)) if at}

    @cached_property
    def on_paper(self) -> Mapping[int, date]:
        """The day of the last check on paper that was passed, by engagement."""
        return dict(self.rows.execute(
            sa.select(Assessment.engagement_id, sa.func.max(Assessment.made_on)).where(
                Assessment.engagement_id.in_(self.engagements), Assessment.kind == "paper_check", Assessment.passed)
            .group_by(Assessment.engagement_id)).all())

    @cached_property
    def overdue(self) -> frozenset[int]:
        """The parties with a critical finding past its day, or with one whose risk is accepted no longer."""
        return frozenset(self.rows.scalars(sa.select(Finding.party_id).where(
            Finding.party_id.in_(self.party_ids), Finding.severity == "critical", Finding.due_on < self.today,
            unsettled.on(self.today))))

    @cached_property
    def stated(self) -> Mapping[int, Mapping[str, bool]]:
        """The newest statement of each fact that, with its proof, is still valid, by line; 'unknown' takes one back."""
        newest = sa.select(sa.func.max(ScopeStatement.id)).where(ScopeStatement.scope_id.in_(self.ids)).group_by(
            ScopeStatement.scope_id, ScopeStatement.fact)
        found: defaultdict[int, dict[str, bool]] = defaultdict(dict)
        for row, proof_ends in self.rows.execute(
                sa.select(ScopeStatement, Evidence.valid_to).where(ScopeStatement.id.in_(newest))
                .outerjoin(Evidence, Evidence.id == ScopeStatement.evidence_id)):
            if row.value != "unknown" and all(
                    last is None or last >= self.today for last in (row.valid_to, proof_ends)):
                found[row.scope_id][row.fact] = row.value == "yes"
        return found

    @cached_property
    def settings(self) -> Mapping[int, RecordSetting]:
        """How records are kept, as last said, by line."""
        newest = sa.select(sa.func.max(RecordSetting.id)).where(RecordSetting.scope_id.in_(self.ids)).group_by(
            RecordSetting.scope_id)
        return {row.scope_id: row for row in self.rows.scalars(
            sa.select(RecordSetting).where(RecordSetting.id.in_(newest)))}

    @cached_property
    def notice(self) -> JointUseNotice | None:
        """The joint-use notice in force."""
        return jointuse.in_force(self.rows, self.today)

    @cached_property
    def notice_is_current(self) -> bool:
        """Whether that notice was looked at within the last year."""
        return self.notice is not None and jointuse.is_current(self.rows, self.notice, self.today)

    @cached_property
    def sheets(self) -> Mapping[tuple[int, str], sheets.Sheet]:
        """Overseas sheets by party and country."""
        return overseas.sheets_of(self.rows, self.party_ids)

    @cached_property
    def trees(self) -> Mapping[int, list[reentrusted.Placed]]:
        """Trees of re-entrusted bodies by party."""
        found: defaultdict[int, list[reentrusted.Placed]] = defaultdict(list)
        for one in reentrusted.load(self.rows, self.party_ids):
            found[one.row.party_id].append(one)
        return {party: reentrusted.stand(placed, self.today) for party, placed in found.items()}

    @cached_property
    def decisions(self) -> Mapping[int | None, ScopeDecision]:
        """The last decision on each line that somebody decided on, by its row id."""
        ids = [line.decision_id for line in self.lines if line.decision_id]
        return {row.id: row for row in self.rows.scalars(sa.select(ScopeDecision).where(ScopeDecision.id.in_(ids)))}

    @cached_property
    def warnings(self) -> dict[int, list[tuple[object, ...]]]:
        """What contradicts on each line as it is kept: kind, sentence, values."""
        found: dict[int, list[tuple[object, ...]]] = defaultdict(list)
        for scope, *said in self.rows.execute(
                sa.select(ScopeWarning.scope_id, ScopeWarning.kind, ScopeWarning.message, ScopeWarning.values)
                .where(ScopeWarning.scope_id.in_(self.ids)).order_by(ScopeWarning.id)):
            found[scope].append(tuple(said))
        return found
