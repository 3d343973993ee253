"""WHO may do what: one table; a permission holds when every predicate of any of its clauses holds."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from portal.core import predicates as p
from portal.core.actor import Actor, Principal
from portal.core.errors import NotAllowed, NotFound

Predicate = Callable[[Actor, Any], bool]


class Permission(StrEnum):
    """Everything a person may be allowed to do."""

    READ_PUBLIC = "read public pages"
    USE_ACCOUNT = "use their own account"
    READ_REGISTER = "read the register"
    READ_PARTY = "read a party"
    EDIT_PARTY = "edit a party"
    EDIT_CONTRACT = "edit a contract"
    EDIT_SCOPE = "edit a scope line"
    ACTIVATE_SCOPE = "activate a scope line"
    EDIT_CHECKLIST = "edit and publish a checklist"
    APPROVE_PARTY = "approve a selection or a recipient"
    RECORD_CHECK = "record a check of a party"
    CONFIRM_TIER = "confirm a tier that another person proposed"
    RATE_RISK = "rate the risk of a party"
    INSPECT = "inspect a party on site"
    ACCEPT_RISK = "accept the residual risk of a party"
    DECIDE_SCOPE = "decide on a running scope line"
    KEEP_RECORDS = "keep records of provision and receipt"
    EDIT_NOTICE = "edit the joint-use notice"
    PUBLISH_NOTICE = "publish the joint-use notice"
    SUBMIT_REENTRUSTMENT = "ask for consent to re-entrustment, or report it"
    LAPSE_REENTRUSTMENT = "let a re-entrustment end with its day"
    LOAD_EDITION = "load an edition of the policy or the law table"
    CONFIRM_EDITION = "confirm an edition that another person loaded"
    REQUEST = "request an attestation"
    ANSWER = "answer"
    CERTIFY = "certify and submit"
    INVITE = "invite a colleague"
    DIVIDE = "give sections to colleagues"
    READ_EVIDENCE = "read evidence"
    UPLOAD = "upload evidence"
    EXAMINE = "examine evidence"
    RENEW = "reopen answers whose evidence has ended"
    TAKE = "take for review"
    REVIEW = "review"
    APPROVE = "sign off"
    ISSUE_PACKET = "issue a packet"
    BUILD_PACKET = "build a packet"
    READ_PACKET = "read a packet"
    MANAGE_PEOPLE = "manage people"
    CONFIRM_ROLE = "confirm a role that another administrator proposed"
    RUN_JOBS = "look after jobs and the installation"
    READ_OUTBOX = "read the outbox"
    FOLLOW_LETTER = "follow up a letter that did not arrive"
    EDIT_MAIL_TEXT = "edit the texts of mails"
    NOTE_CONTACT = "record a contact by telephone or post"
    READ_LEDGER = "read the ledger"
    STATE_ABSENCE = "state an absence"
    CONFIRM_DEPUTY = "confirm who decides during an absence"
    READ_LATER = "read later what was decided in one's stead"
    KEEP_VIEW = "keep a view of one's own"
    CHANGE_VIEW = "change a view"
    SHARE_VIEW = "share a view with all staff"


RULES: dict[Permission, list[list[Predicate]]] = {
    Permission.READ_PUBLIC: [[p.is_anyone]],
    Permission.USE_ACCOUNT: [[p.is_signed_in]],
    Permission.READ_REGISTER: [[p.is_staff]],
    Permission.READ_PARTY: [[p.is_staff], [p.is_party_member, p.belongs_to], [p.is_auditor, p.is_granted]],
    Permission.EDIT_PARTY: [[p.is_lead]],
    Permission.EDIT_CONTRACT: [[p.is_lead]],
    Permission.EDIT_SCOPE: [[p.is_lead], [p.is_system]],
    Permission.ACTIVATE_SCOPE: [[p.is_lead]],
    Permission.APPROVE_PARTY: [[p.is_approver, p.has_no_conflict]],
    Permission.RECORD_CHECK: [[p.is_lead], [p.is_reviewer, p.has_no_conflict]],
    Permission.CONFIRM_TIER: [[p.is_approver, p.has_no_conflict, p.did_not_register]],
    Permission.RATE_RISK: [[p.is_lead], [p.is_reviewer, p.has_no_conflict]],
    Permission.INSPECT: [[p.is_lead], [p.is_reviewer, p.has_no_conflict]],
    Permission.ACCEPT_RISK: [[p.is_approver, p.has_no_conflict, p.did_not_register]],
    Permission.DECIDE_SCOPE: [[p.is_approver, p.has_no_conflict]],
    Permission.KEEP_RECORDS: [[p.is_lead]],
    Permission.EDIT_NOTICE: [[p.is_lead]],
    Permission.PUBLISH_NOTICE: [[p.is_approver, p.did_not_register]],
    Permission.EDIT_CHECKLIST: [[p.is_lead], [p.is_administrator], [p.is_system]],
    Permission.SUBMIT_REENTRUSTMENT: [[p.is_party_officer, p.belongs_to]],
    Permission.LAPSE_REENTRUSTMENT: [[p.is_system]],
    Permission.LOAD_EDITION: [[p.is_administrator]],
    Permission.CONFIRM_EDITION: [
        [p.is_administrator, p.did_not_register, p.did_not_load], [p.is_approver, p.did_not_register, p.did_not_load],
    ],
    Permission.REQUEST: [[p.is_lead]],
    Permission.ANSWER: [[p.is_party_member, p.belongs_to]],
    Permission.CERTIFY: [
        [p.is_party_officer, p.belongs_to, p.did_not_prepare_alone],
        [p.is_party_officer, p.belongs_to, p.is_sole_member],
    ],
    Permission.INVITE: [[p.is_lead], [p.is_party_officer, p.belongs_to]],
    Permission.DIVIDE: [[p.is_party_officer, p.belongs_to]],
    Permission.READ_EVIDENCE: [[p.is_staff], [p.is_party_member, p.belongs_to], [p.is_auditor, p.is_granted]],
    Permission.UPLOAD: [[p.is_party_member, p.belongs_to], [p.is_lead], [p.is_reviewer, p.has_no_conflict]],
    Permission.EXAMINE: [[p.is_system]],
    Permission.RENEW: [[p.is_system]],
    Permission.TAKE: [[p.is_reviewer, p.has_no_conflict]],
    Permission.REVIEW: [[p.is_reviewer, p.has_no_conflict]],
    Permission.APPROVE: [
        [p.is_approver, p.has_no_conflict, p.did_not_review],
        [p.stands_in, p.has_no_conflict, p.did_not_review, p.is_for_a_free_approver],
    ],
    Permission.ISSUE_PACKET: [[p.is_staff], [p.is_system]],
    Permission.BUILD_PACKET: [[p.is_system]],
    Permission.READ_PACKET: [
        [p.is_staff], [p.is_party_member, p.belongs_to, p.is_for_party], [p.is_auditor, p.is_granted],
    ],
    Permission.MANAGE_PEOPLE: [[p.is_administrator]],
    Permission.CONFIRM_ROLE: [[p.is_administrator, p.did_not_register, p.is_for_another]],
    Permission.RUN_JOBS: [[p.is_administrator]],
    Permission.READ_OUTBOX: [[p.is_administrator], [p.is_lead]],
    Permission.FOLLOW_LETTER: [[p.is_lead]],
    Permission.EDIT_MAIL_TEXT: [[p.is_administrator]],
    Permission.NOTE_CONTACT: [[p.is_lead], [p.is_reviewer, p.has_no_conflict]],
    Permission.READ_LEDGER: [[p.is_staff], [p.is_auditor]],
    Permission.STATE_ABSENCE: [[p.is_staff, p.is_own], [p.is_administrator]],
    Permission.CONFIRM_DEPUTY: [[p.is_administrator, p.did_not_register, p.is_for_another, p.is_not_deputy]],
    Permission.READ_LATER: [[p.is_staff, p.is_own]],
    Permission.KEEP_VIEW: [[p.is_staff]],
    Permission.CHANGE_VIEW: [[p.is_staff, p.is_own]],
    Permission.SHARE_VIEW: [[p.is_lead, p.is_own], [p.is_reviewer, p.is_own], [p.is_approver, p.is_own]],
}


def may(actor: Actor, permission: Permission, thing: Any = None) -> bool:
    """Say whether any clause of the permission holds for this actor and thing."""
    return any(all(predicate(actor, thing) for predicate in clause) for clause in RULES[permission])


def require(actor: Actor, permission: Permission, thing: Any = None) -> None:
    """Raise NotFound for a party's person before another party's thing, NotAllowed for any other refusal."""
    if may(actor, permission, thing):
        return
    if actor.is_party_member and thing is not None and not p.belongs_to(actor, thing):
        raise NotFound("This page does not exist, or it is not yours to see.")
    raise NotAllowed("You are not allowed to do this. Ask an administrator if you should be.")


def in_stead_of(actor: Actor, permission: Permission, thing: Any = None) -> Principal | None:
    """Give the absent approver in whose stead the actor would act; None where they act by their own right, or not."""
    own = [clause for clause in RULES[permission] if p.stands_in not in clause]
    if any(all(predicate(actor, thing) for predicate in clause) for clause in own):
        return None
    if not may(actor, permission, thing):
        return None
    return next((principal for principal in actor.stands_in if principal.is_free(thing)), None)


def table() -> list[tuple[str, str]]:
    """Give each permission with its clauses in words, for `python3 app.py rules`."""
    return [
        (permission.value, " | ".join(" & ".join(q.__name__ for q in clause) for clause in clauses))
        for permission, clauses in RULES.items()
    ]
