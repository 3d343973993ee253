"""The states of each process; workflow.py says which move leads from one to another."""

from enum import StrEnum


class Attestation(StrEnum):
    """States of an attestation; overdue is computed, never stored."""

    REQUESTED = "requested"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    RETURNED = "returned"
    AWAITING_APPROVAL = "awaiting_approval"
    SIGNED_OFF = "signed_off"
    WITHDRAWN = "withdrawn"


class Round(StrEnum):
    """States of a supervision round; a paused one sends no reminders."""

    OPENING = "opening"
    OPEN = "open"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"


class Scope(StrEnum):
    """States of a scope line."""

    DRAFT = "draft"
    ACTIVE = "active"
    STOPPED = "stopped"
    ENDED = "ended"


class Evidence(StrEnum):
    """States of an evidence file; it is quarantined until its content was proven."""

    QUARANTINED = "quarantined"
    ACCEPTED = "accepted"
    FLAGGED = "flagged"
    REFUSED = "refused"
    SUPERSEDED = "superseded"
    PURGED = "purged"


class Finding(StrEnum):
    """States of a finding."""

    OPEN = "open"
    PLANNED = "planned"
    AGREED = "agreed"
    DONE = "done"
    VERIFIED = "verified"
    ACCEPTED_RISK = "accepted_risk"


class Inspection(StrEnum):
    """States of an inspection on site; the party knows of it from its announcement on."""

    PLANNED = "planned"
    ANNOUNCED = "announced"
    HELD = "held"
    CANCELLED = "cancelled"


class Packet(StrEnum):
    """States of a packet."""

    QUEUED = "queued"
    BUILDING = "building"
    KEPT = "kept"
    FAILED = "failed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Grant(StrEnum):
    """States of a role that needs two administrators."""

    PROPOSED = "proposed"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Reentrustment(StrEnum):
    """States of a body that a party re-entrusts to; what lapsed counts as uncleared until its end is reported."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    AWAITING_APPROVAL = "awaiting_approval"
    CONSENTED = "consented"
    LISTED = "listed"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    TAKEN_BACK = "taken_back"


class Absence(StrEnum):
    """States of an absence; one that names a deputy stands from an administrator's confirmation on."""

    PROPOSED = "proposed"
    STANDING = "standing"
    REFUSED = "refused"
    ENDED = "ended"
