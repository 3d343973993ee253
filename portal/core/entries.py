"""The rows of the catalogue: purposes, clauses, clocks, data items, records, parties and words as typed values."""

from typing import Literal

import msgspec
from msgspec import Struct

from portal.core.bilingual import Text
from portal.core.legal import Header, Verified
from portal.core.observing import Observation


class Purpose(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the thirteen purposes of use (policy II.3); its lists feed warnings, not bars."""

    id: str
    policy_ref: str
    title: Text
    party_kinds: tuple[str, ...]
    relations: tuple[str, ...]
    data_classes: tuple[str, ...]
    locations: tuple[str, ...]
    identifiable: Literal["yes", "no", "prefer_no", "coded_only", "minimise", "justify"]
    typical_routes: tuple[str, ...]
    checks: Text
    note: Text | None = None


class Affair(Struct, frozen=True, forbid_unknown_fields=True):
    """An affair of Numbers Act Art. 9 for which My Number may be used."""

    id: str
    label: Text
    basis: str
    verified: Verified


class DataItem(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of data a sharing line may name."""

    code: str
    label: Text
    data_class: str
    side: str
    direct_identifier: bool


class Clause(Struct, frozen=True, forbid_unknown_fields=True):
    """A contract clause; `applies_to` narrows it to some engagements."""

    id: str
    label: Text
    mandatory: bool
    basis: str
    applies_to: Literal["all", "private_domestic", "abroad", "mynumber", "coded", "ai"] = "all"


class ClauseState(Struct, frozen=True, forbid_unknown_fields=True):
    """How a clause is met, and what has to be stated with it."""

    code: Literal["met", "equivalent", "waived", "missing"]
    label: Text
    meaning: Text
    asks: tuple[str, ...]


class ContractForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of paper, and whether it may stand for a contract."""

    code: str
    label: Text
    stands_for_contract: bool


class ReentrustmentMode(Struct, frozen=True, forbid_unknown_fields=True):
    """What a contract says on re-entrustment, and whether it may be used for special-care data."""

    code: str
    label: Text
    special_care: bool
    needs_consent: bool
    needs_report: bool


class Deadline(Struct, frozen=True, forbid_unknown_fields=True):
    """A statutory, guided or agreed clock; see the head of deadlines.toml for the fields."""

    id: str
    label: Text
    amount: int
    unit: Literal["hours", "days", "business_days", "months", "days_before", "promptly", "before"]
    starts: str
    clock: Literal["jmdp", "party", "subparty"]
    kind: Literal["limit", "guide", "rule"]
    first_day: Literal["counts", "next"]
    rollover: Literal["none", "next_open_day"]
    basis: str
    verified: Verified
    target: int | None = None
    also: tuple[int, ...] = ()
    note: Text | None = None


class Trigger(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of leak that must be reported, from how many persons; `wrongful` gives 60 days for the final report."""

    id: str
    basis: str
    label: Text
    from_persons: int
    wrongful: bool
    verified: Verified


class Named(Struct, frozen=True, forbid_unknown_fields=True):
    """A code with its label: a report item, an addressee."""

    code: str
    label: Text


class RecordType(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of record with what it holds and how many months it is kept."""

    id: str
    label: Text
    items: tuple[Text, ...]
    retention_months: int
    retention_from: Text


class DemoState(Struct, frozen=True, forbid_unknown_fields=True):
    """How a fictional party stands in the demo, in months and days relative to the day it is made."""

    status: str
    tier: str
    contract_no: str
    started_months_ago: int
    ends_in_days: int
    checked_days_ago: int | None = None


class DemoParty(Struct, frozen=True, forbid_unknown_fields=True):
    """A party of the demo world; real bodies carry no demo state."""

    id: str
    code: str
    name: Text
    kana: str
    aliases: tuple[str, ...]
    party_kind: str
    country: str
    location: str
    fictional: bool
    purposes: tuple[str, ...]
    affairs: tuple[str, ...]
    relation: str
    data_items: tuple[str, ...]
    flow: Text
    route: str
    checklists: tuple[str, ...]
    source: str
    ion: str | None = None
    demo: DemoState | None = None


class Own(Struct, frozen=True, forbid_unknown_fields=True):
    """JMDP itself."""

    code: str
    name: Text
    ion: str
    contact: Text
    contact_verified: Verified


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """A word of the house with its reading and meaning."""

    category: str
    term: Text
    reading: str
    definition: Text


class Phrase(Struct, frozen=True, forbid_unknown_fields=True):
    """A usual reason for a return, with its key on the reviewer's keyboard."""

    key: int
    label: Text
    text: Text


class Rung(Struct, frozen=True, forbid_unknown_fields=True):
    """One letter of the reminder ladder: how many days before (-) or after the due day, for whom, in which text."""

    code: str
    days: int
    label: Text
    to: Literal["to_party", "to_officers", "to_leads", "to_approvers"]
    text: Literal["reminder", "overdue", "overdue_desk"]
    only: Literal["", "untouched", "below_half"] = ""


class PolicyClause(Struct, frozen=True, forbid_unknown_fields=True):
    """A clause of the policy: where the portal does what it asks (`pages`), and the tests that show it.

    `lacks` says what is not there yet, or why a clause is outside; `starts` are the first words of an unnumbered one.
    """

    id: str
    title: Text
    standing: Literal["covered", "partly", "missing", "outside"]
    does: Text | None = None
    lacks: Text | None = None
    pages: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()


class Shelf(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of the catalogue: a header and the tables it holds."""

    header: Header
    purpose: tuple[Purpose, ...] = ()
    affair: tuple[Affair, ...] = ()
    data_item: tuple[DataItem, ...] = ()
    clause: tuple[Clause, ...] = ()
    clause_state: tuple[ClauseState, ...] = ()
    contract_form: tuple[ContractForm, ...] = ()
    reentrustment_mode: tuple[ReentrustmentMode, ...] = ()
    deadline: tuple[Deadline, ...] = ()
    trigger: tuple[Trigger, ...] = ()
    report_item: tuple[Named, ...] = ()
    addressee: tuple[Named, ...] = ()
    record_type: tuple[RecordType, ...] = ()
    own: tuple[Own, ...] = ()
    party: tuple[DemoParty, ...] = ()
    entry: tuple[Entry, ...] = ()
    policy_clause: tuple[PolicyClause, ...] = ()
    policy_observation: tuple[Observation, ...] = ()
    phrase: tuple[Phrase, ...] = ()
    rung: tuple[Rung, ...] = ()


def read_shelf(text: str) -> Shelf:
    """Take the text of one file; give its tables, or raise msgspec.ValidationError naming the bad place."""
    return msgspec.toml.decode(text, type=Shelf)
