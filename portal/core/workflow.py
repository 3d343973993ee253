"""WHEN: one table of states and moves per process; a button on a page is a row of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.core.errors import NotNow
from portal.core.policy import Permission
from portal.core.states import (
    Absence,
    Attestation,
    Evidence,
    Finding,
    Grant,
    Inspection,
    Packet,
    Reentrustment,
    Round,
    Scope,
)

__all__ = [
    "SETTLED", "TABLES", "THEIRS", "Absence", "Attestation", "Evidence", "Finding", "Grant", "Inspection", "Move",
    "Packet", "Reentrustment", "Round", "Scope", "Step", "is_settled", "moves", "step", "table",
]


class Move(StrEnum):
    """The verbs; in the ledger they stand in the past tense (see core/words)."""

    START = "start"
    SUBMIT = "submit"
    TAKE = "take"
    RELEASE = "release"
    RETURN = "return"
    PASS = "pass"
    SEND_BACK = "send_back"
    SIGN_OFF = "sign_off"
    RENEW = "renew"
    WITHDRAW = "withdraw"
    ACTIVATE = "activate"
    STOP = "stop"
    RESUME = "resume"
    END = "end"
    ACCEPT = "accept"
    FLAG = "flag"
    REFUSE = "refuse"
    SUPERSEDE = "supersede"
    PURGE = "purge"
    PLAN = "plan"
    AGREE = "agree"
    REJECT_PLAN = "reject_plan"
    DELIVER = "deliver"
    VERIFY = "verify"
    REOPEN = "reopen"
    ACCEPT_RISK = "accept_risk"
    BUILD = "build"
    KEEP = "keep"
    FAIL = "fail"
    CONFIRM = "confirm"
    ANNOUNCE = "announce"
    VISIT = "visit"
    APPLY = "apply"
    REPORT = "report"
    TAKE_BACK = "take_back"
    CONSENT = "consent"
    DECLINE = "decline"
    REVOKE = "revoke"
    LAPSE = "lapse"


THEIRS = ("requested", "in_progress", "returned")
"""The states in which an attestation is in the party's hand: it may answer, and it may be late."""
SETTLED = ("verified", "accepted_risk")
"""The states in which a finding waits for nobody."""


def is_settled(state: str, until: date | None, day: date) -> bool:
    """Say whether a finding in a state waits for nobody on a day (Japan): an accepted risk only until its last day."""
    return state in SETTLED and (state != Finding.ACCEPTED_RISK or until is None or day <= until)


@dataclass(frozen=True, slots=True)
class Step:
    """One row: from which states, to which, who may, the button's label (gettext source) and its tone."""

    origins: frozenset[str]
    to: str
    needs: Permission
    label: str
    tone: str = "plain"


def _step(origins: set[str], to: str, needs: Permission, label: str, tone: str = "plain") -> Step:
    return Step(frozenset(origins), to, needs, label, tone)


_A, _S, _E, _F, _K, _P = Attestation, Scope, Evidence, Finding, Packet, Permission
_B, _G, _I, _R, _T = Absence, Grant, Inspection, Round, Reentrustment
_SETTLED = {_E.ACCEPTED, _E.FLAGGED}

TABLES: dict[str, dict[Move, Step]] = {
    "attestation": {
        Move.START: _step({_A.REQUESTED}, _A.IN_PROGRESS, _P.ANSWER, "Start answering"),
        Move.SUBMIT: _step({_A.IN_PROGRESS, _A.RETURNED}, _A.SUBMITTED, _P.CERTIFY, "Submit as it stands", "primary"),
        Move.TAKE: _step({_A.SUBMITTED}, _A.UNDER_REVIEW, _P.TAKE, "Take for review", "primary"),
        Move.RELEASE: _step({_A.UNDER_REVIEW}, _A.SUBMITTED, _P.REVIEW, "Give back to the queue"),
        Move.RETURN: _step({_A.UNDER_REVIEW}, _A.RETURNED, _P.REVIEW, "Return to the party", "warn"),
        Move.PASS: _step({_A.UNDER_REVIEW}, _A.AWAITING_APPROVAL, _P.REVIEW, "Pass on for approval", "primary"),
        Move.SEND_BACK: _step({_A.AWAITING_APPROVAL}, _A.UNDER_REVIEW, _P.APPROVE, "Send back to the reviewer"),
        Move.SIGN_OFF: _step({_A.AWAITING_APPROVAL}, _A.SIGNED_OFF, _P.APPROVE, "Sign off", "primary"),
        Move.RENEW: _step({_A.SIGNED_OFF}, _A.IN_PROGRESS, _P.RENEW, "Reopen for ended evidence"),
        Move.WITHDRAW: _step(
            {_A.REQUESTED, _A.IN_PROGRESS, _A.RETURNED}, _A.WITHDRAWN, _P.REQUEST, "Withdraw the request", "warn"
        ),
    },
    "round": {
        Move.ACTIVATE: _step({_R.OPENING}, _R.OPEN, _P.REQUEST, "All are asked"),
        Move.STOP: _step({_R.OPEN}, _R.PAUSED, _P.REQUEST, "Pause the round"),
        Move.RESUME: _step({_R.PAUSED}, _R.OPEN, _P.REQUEST, "Resume the round", "primary"),
        Move.WITHDRAW: _step({_R.OPENING, _R.OPEN, _R.PAUSED}, _R.WITHDRAWN, _P.REQUEST, "Withdraw the round", "warn"),
    },
    "scope": {
        Move.ACTIVATE: _step({_S.DRAFT}, _S.ACTIVE, _P.ACTIVATE_SCOPE, "Activate", "primary"),
        Move.STOP: _step({_S.ACTIVE}, _S.STOPPED, _P.EDIT_SCOPE, "Suspend sharing", "warn"),
        Move.RESUME: _step({_S.STOPPED}, _S.ACTIVE, _P.ACTIVATE_SCOPE, "Resume sharing"),
        Move.END: _step({_S.DRAFT, _S.ACTIVE, _S.STOPPED}, _S.ENDED, _P.EDIT_SCOPE, "End", "warn"),
    },
    "evidence": {
        Move.ACCEPT: _step({_E.QUARANTINED}, _E.ACCEPTED, _P.EXAMINE, "Accept"),
        Move.FLAG: _step({_E.QUARANTINED}, _E.FLAGGED, _P.EXAMINE, "Flag"),
        Move.REFUSE: _step({_E.QUARANTINED}, _E.REFUSED, _P.EXAMINE, "Refuse"),
        Move.SUPERSEDE: _step({*_SETTLED}, _E.SUPERSEDED, _P.UPLOAD, "Replace"),
    },
    "finding": {
        Move.PLAN: _step({_F.OPEN}, _F.PLANNED, _P.ANSWER, "Send the corrective plan", "primary"),
        Move.AGREE: _step({_F.PLANNED}, _F.AGREED, _P.REVIEW, "Agree to the plan", "primary"),
        Move.REJECT_PLAN: _step({_F.PLANNED}, _F.OPEN, _P.REVIEW, "Ask for another plan", "warn"),
        Move.DELIVER: _step({_F.AGREED}, _F.DONE, _P.ANSWER, "Report that it is done", "primary"),
        Move.VERIFY: _step({_F.DONE}, _F.VERIFIED, _P.APPROVE, "Verify and close", "primary"),
        Move.REOPEN: _step({_F.DONE, _F.VERIFIED}, _F.AGREED, _P.REVIEW, "Reopen", "warn"),
        Move.RESUME: _step({_F.ACCEPTED_RISK}, _F.OPEN, _P.REVIEW, "Take the acceptance back", "warn"),
        Move.ACCEPT_RISK: _step({_F.OPEN, _F.PLANNED, _F.AGREED}, _F.ACCEPTED_RISK, _P.APPROVE, "Accept the risk"),
    },
    "inspection": {
        Move.ANNOUNCE: _step({_I.PLANNED}, _I.ANNOUNCED, _P.INSPECT, "Announce to the party", "primary"),
        Move.VISIT: _step({_I.ANNOUNCED}, _I.HELD, _P.INSPECT, "Record the visit", "primary"),
        Move.WITHDRAW: _step({_I.PLANNED, _I.ANNOUNCED}, _I.CANCELLED, _P.INSPECT, "Cancel the visit", "warn"),
    },
    "packet": {
        Move.BUILD: _step({_K.QUEUED, _K.BUILDING, _K.FAILED}, _K.BUILDING, _P.BUILD_PACKET, "Build"),
        Move.KEEP: _step({_K.BUILDING}, _K.KEPT, _P.BUILD_PACKET, "Keep"),
        Move.FAIL: _step({_K.BUILDING}, _K.FAILED, _P.BUILD_PACKET, "Fail"),
        Move.SUPERSEDE: _step({_K.KEPT}, _K.SUPERSEDED, _P.ISSUE_PACKET, "Supersede"),
        Move.WITHDRAW: _step({_K.KEPT, _K.SUPERSEDED}, _K.WITHDRAWN, _P.ISSUE_PACKET, "Withdraw", "warn"),
    },
    "reentrustment": {
        Move.APPLY: _step({_T.DRAFT, _T.RETURNED}, _T.SUBMITTED, _P.SUBMIT_REENTRUSTMENT, "Send to JMDP", "primary"),
        Move.REPORT: _step({_T.DRAFT, _T.RETURNED}, _T.LISTED, _P.SUBMIT_REENTRUSTMENT, "Report to JMDP", "primary"),
        Move.TAKE_BACK: _step({_T.DRAFT, _T.RETURNED, _T.SUBMITTED}, _T.TAKEN_BACK, _P.ANSWER, "Take back"),
        Move.RETURN: _step({_T.SUBMITTED}, _T.RETURNED, _P.REVIEW, "Ask the party back", "warn"),
        Move.PASS: _step({_T.SUBMITTED}, _T.AWAITING_APPROVAL, _P.REVIEW, "Pass on for approval", "primary"),
        Move.SEND_BACK: _step({_T.AWAITING_APPROVAL}, _T.SUBMITTED, _P.APPROVE, "Send back to the reviewer"),
        Move.CONSENT: _step({_T.AWAITING_APPROVAL}, _T.CONSENTED, _P.APPROVE, "Consent", "primary"),
        Move.DECLINE: _step({_T.AWAITING_APPROVAL}, _T.REFUSED, _P.APPROVE, "Refuse", "warn"),
        Move.REVOKE: _step({_T.CONSENTED, _T.LISTED}, _T.WITHDRAWN, _P.APPROVE, "Withdraw the consent", "warn"),
        Move.LAPSE: _step({_T.CONSENTED, _T.LISTED}, _T.EXPIRED, _P.LAPSE_REENTRUSTMENT, "Its time is over"),
        Move.END: _step({_T.CONSENTED, _T.LISTED, _T.EXPIRED, _T.WITHDRAWN}, _T.ENDED, _P.ANSWER,
                        "Report its end"),
    },
    "grant": {
        Move.CONFIRM: _step({_G.PROPOSED}, _G.GRANTED, _P.CONFIRM_ROLE, "Confirm the role", "primary"),
        Move.REFUSE: _step({_G.PROPOSED}, _G.REFUSED, _P.CONFIRM_ROLE, "Refuse"),
        Move.WITHDRAW: _step({_G.PROPOSED}, _G.WITHDRAWN, _P.MANAGE_PEOPLE, "Withdraw the proposal"),
    },
    "absence": {
        Move.CONFIRM: _step({_B.PROPOSED}, _B.STANDING, _P.CONFIRM_DEPUTY, "Confirm the deputy", "primary"),
        Move.REFUSE: _step({_B.PROPOSED}, _B.REFUSED, _P.CONFIRM_DEPUTY, "Refuse"),
        Move.END: _step({_B.PROPOSED, _B.STANDING}, _B.ENDED, _P.STATE_ABSENCE, "End it now"),
    },
}


def step(process: str, state: str, move: Move) -> Step:
    """Give the row for a move out of a state; NotNow says which state the thing is in."""
    row = TABLES[process][move]
    if state not in row.origins:
        raise NotNow("This cannot be done in the present state. Reload the page to see where it stands.")
    return row


def moves(process: str, state: str) -> list[tuple[Move, Step]]:
    """Give the moves that the state allows, whoever asks."""
    return [(move, row) for move, row in TABLES[process].items() if state in row.origins]


def table() -> list[tuple[str, str, str, str, str]]:
    """Give all rows as (process, move, from, to, permission), for `python3 app.py rules`."""
    return [
        (process, move.value, "|".join(sorted(row.origins)), row.to, row.needs.value)
        for process, rows in TABLES.items()
        for move, row in rows.items()
    ]
