"""A party's risk: its tier taken from the facts or, by two people, another; ratings, and their acceptance."""

from dataclasses import dataclass
from datetime import date

from portal.actions import record, touching
from portal.core import risk
from portal.core.actor import Actor
from portal.core.dates import add_months
from portal.core.entry import Personal
from portal.core.errors import N_, Incomplete, NotNow
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.risk import Rating
from portal.models import Party, RiskAcceptance, RiskRating, TierProposal
from portal.queries import risks
from portal.store.work import Work

LONGEST = 12
"""Months for which a risk may be accepted (a JMDP rule)."""
STEP_UP = N_("Prove once more who you are before you accept a risk.")


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating as it is made: before measures, with them, and what it rests on."""

    inherent: Rating
    residual: Rating
    note: str


def choose_tier(work: Work, actor: Actor, party: Party, tier: str, reason: str) -> TierProposal | None:
    """Take the tier that the facts give, at once; or propose another with its reason, for a second person."""
    record.require(actor, Permission.EDIT_PARTY, party)
    computed = risks.computed(work.rows, work.catalogue, party, day_in(work.now())).tier
    if tier == computed:
        _set(work, actor, party, tier, "")
        return None
    problems = {}
    if tier not in risk.TIERS:
        problems["tier"] = N_("Choose from the list")
    if not reason.strip():
        problems["reason"] = N_("Say why the tier differs from what the facts give")
    if risks.waiting(work.rows, party) is not None:
        problems["tier"] = N_("A proposal waits for an approver already")
    if problems:
        raise Incomplete("The proposal is not complete yet.", problems)
    row = TierProposal(party_id=party.id, tier=tier, computed=computed, reason=reason.strip(),
                       made_by_id=actor.person_id, made_at=work.now())
    work.rows.add(row)
    record.note(work, actor, row, "proposed", tier=tier, computed=computed, reason=Personal(row.reason))
    return row


def settle_tier(work: Work, actor: Actor, proposal: TierProposal, *, confirm: bool, note: str = "") -> None:
    """Confirm or refuse a proposed tier, as a second person; NotNow when it was settled before."""
    record.require(actor, Permission.CONFIRM_TIER, proposal)
    if proposal.outcome:
        raise NotNow("This was decided before. Reload the page to see how.")
    proposal.outcome, proposal.note = "confirmed" if confirm else "refused", note.strip()
    proposal.decided_by_id, proposal.decided_at = actor.person_id, work.now()
    record.note(work, actor, proposal, proposal.outcome, tier=proposal.tier, note=Personal(note.strip()))
    if confirm:
        _set(work, actor, work.rows.get_one(Party, proposal.party_id), proposal.tier, proposal.reason)


def _set(work: Work, actor: Actor, party: Party, tier: str, reason: str) -> None:
    if (party.tier, party.tier_reason) == (tier, reason):
        return
    party.tier, party.tier_reason = tier, reason
    record.note(work, actor, party, "amended", fields=["tier"], tier=tier)
    touching.party(work, party)


def rate(work: Work, actor: Actor, party: Party, said: Rated) -> RiskRating:
    """Rate a party anew; Incomplete where measures would make the risk larger, or nothing is said."""
    record.require(actor, Permission.RATE_RISK, party)
    problems = {}
    if said.residual.score > said.inherent.score:
        problems["residual_likelihood"] = N_("With the measures the risk is not larger than without")
    if not said.note.strip():
        problems["note"] = N_("Say what the rating rests on")
    if problems:
        raise Incomplete("The rating is not complete yet.", problems)
    row = RiskRating(
        party_id=party.id, inherent_likelihood=said.inherent.likelihood, inherent_impact=said.inherent.impact,
        residual_likelihood=said.residual.likelihood, residual_impact=said.residual.impact, note=said.note.strip(),
        made_by_id=actor.person_id, made_at=work.now())
    work.rows.add(row)
    record.note(work, actor, row, "recorded", inherent=said.inherent.score, residual=said.residual.score,
                note=Personal(row.note))
    return row


def accept(work: Work, actor: Actor, party: Party, until: date, reason: str) -> RiskAcceptance:
    """Accept the residual risk of the rating that stands, as a second person, for at most a year.

    NeedsStepUp when the proof of sign-in is older than five minutes.
    """
    rating = risks.newest(work.rows, party)
    if rating is None:
        raise NotNow("Nobody has rated this party yet.")
    record.require(actor, Permission.ACCEPT_RISK, rating)
    record.require_proof(actor, STEP_UP)
    today, problems = day_in(work.now()), {}
    if not today < until <= add_months(today, LONGEST):
        problems["until"] = N_("Choose a day within the next twelve months")
    if not reason.strip():
        problems["why"] = N_("Enter the reason")
    if problems:
        raise Incomplete("The acceptance is not complete yet.", problems)
    row = RiskAcceptance(party_id=party.id, rating_id=rating.id, until=until, reason=reason.strip(),
                         accepted_by_id=actor.person_id, accepted_at=work.now())
    work.rows.add(row)
    record.note(work, actor, row, "recorded", residual=risks.residual(rating).score, until=until.isoformat(),
                reason=Personal(row.reason))
    return row
