"""The overseas sheet: dated statements on a country and a recipient, and the yearly check (APPI Art. 28)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from portal.actions import assess, record, touching
from portal.core.actor import Actor
from portal.core.assessing import fitting
from portal.core.dates import add_months
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete
from portal.core.overseas import ASKED, NEEDS, OUTCOMES, SUBJECTS, Outcome, Subject
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.recordkeeping import looks_personal
from portal.models import Engagement, Evidence, OverseasStatement, Party, ScopeLine
from portal.queries import overseas
from portal.store.work import Work


@dataclass(frozen=True, slots=True)
class Statement:
    """What is stated: on which subject, on which day, by which source, with which file, and a check's outcome."""

    subject: str
    on: date
    source: str
    said: Mapping[str, str] = field(default_factory=dict)
    outcome: str = ""
    evidence_id: int | None = None


def state(work: Work, actor: Actor, party: Party, country: str, stated: Statement) -> OverseasStatement:
    """Keep a statement for good and have the party's lines judged again; Incomplete names what is missing."""
    record.require(actor, Permission.RECORD_CHECK, party)
    subject, outcome = _checked(work, party, country, stated)
    row = OverseasStatement(
        party_id=party.id, country=country, subject=subject, outcome=outcome,
        said={asked.name: stated.said.get(asked.name, "").strip() for asked in ASKED[subject]},
        source=stated.source.strip(), evidence_id=stated.evidence_id, made_on=stated.on,
        valid_to=add_months(stated.on, months(work, subject)), made_by_id=actor.person_id, made_at=work.now())
    work.rows.add(row)
    record.note(work, actor, row, "stated", country=country, subject=subject, outcome=outcome,
                on=row.made_on.isoformat(), until=row.valid_to.isoformat(), source=Personal(row.source),
                **{f"said_{name}": Personal(text) for name, text in row.said.items()})
    if subject == "check":
        _assess(work, actor, row)
    touching.party(work, party)
    return row


def months(work: Work, subject: Subject) -> int:
    """Give for how many months a statement on a subject holds, as the law table says of the need it meets."""
    need = next(need for need, subjects in NEEDS.items() if subject in subjects)
    return next(row.validity_months for row in work.catalogue.rules.precondition if row.id == need)


def _checked(work: Work, party: Party, country: str, stated: Statement) -> tuple[Subject, Outcome]:
    subject: Subject | None = next((code for code in SUBJECTS if code == stated.subject), None)
    outcome: Outcome = next((code for code in OUTCOMES if code == stated.outcome), "")
    problems = {}
    if subject is None:
        raise Incomplete("The statement is not complete yet.", {"subject": N_("Choose from the list")})
    if len(country) != 2 or not country.isalpha() or not country.isupper() or country == "JP":
        problems["country"] = N_("Write the country outside Japan with two letters, as US")
    if stated.on > day_in(work.now()):
        problems["on"] = N_("Choose today or a day before")
    if not stated.source.strip():
        problems["source"] = N_("Name the source: a survey, the recipient's answer, counsel's view")
    for asked in ASKED[subject]:
        if not asked.optional and not stated.said.get(asked.name, "").strip():
            problems[asked.name] = N_("Write this, or write that there is none")
    if (subject == "check") != bool(outcome):
        problems["outcome"] = N_("Say what the check came to")
    if looks_personal([stated.source, *stated.said.values()]):
        problems.setdefault("source", N_("Take out individual numbers and mail addresses"))
    file = work.rows.get(Evidence, stated.evidence_id) if stated.evidence_id else None
    if stated.evidence_id and (file is None or file.party_id != party.id):
        problems["evidence"] = N_("Choose a file of this party")
    if problems:
        raise Incomplete("The statement is not complete yet.", problems)
    return subject, outcome


def _assess(work: Work, actor: Actor, check: OverseasStatement) -> None:
    """A check counts for the duties of every relation under which data go to that country."""
    found = work.rows.execute(
        sa.select(Engagement).join(ScopeLine, ScopeLine.engagement_id == Engagement.id)
        .join(Party, Party.id == ScopeLine.party_id)
        .where(Engagement.party_id == check.party_id, ScopeLine.state != "ended",
               overseas.COUNTRY.in_([check.country])).distinct().order_by(Engagement.id)).scalars()
    for engagement in found:
        if "equivalence" in fitting(engagement.relation):
            assess.assess(work, actor, engagement, assess.Assessed(
                "equivalence", check.made_on, check.outcome == "continue", check.source,
                min(check.valid_to, _ends(work, check)), check.said["found"]))


def _ends(work: Work, check: OverseasStatement) -> date:
    file = work.rows.get(Evidence, check.evidence_id) if check.evidence_id else None
    return file.valid_to if file and file.valid_to and file.valid_to >= check.made_on else check.valid_to
