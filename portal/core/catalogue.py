"""The catalogue as one value: rules, facts, purposes, checklists, evidence, clauses, clocks, parties and words.

It is decoded from text that `portal.store.shelf` has read; nothing here opens a file.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

from portal.core import entries, legal, templates
from portal.core.observing import Observation

SMALL_FILES = (
    "purposes.toml",
    "data_items.toml",
    "clauses.toml",
    "deadlines.toml",
    "record_types.toml",
    "parties.toml",
    "glossary.toml",
    "policy_clauses.toml",
    "phrases.toml",
    "reminders.toml",
)
CHECKLIST_FILES = tuple(f"checklists/{code}.toml" for code in ("lab", "reg", "res", "med", "ito", "adv", "myn", "jnt"))
FILES = (
    "legal_rules.toml",
    "legal_facts.toml",
    "evidence.toml",
    "checklists/sections.toml",
    *SMALL_FILES,
    *CHECKLIST_FILES,
)


class Catalogue(Struct, frozen=True):
    """Everything JMDP keeps as data, by id; `headers` and `digests` (SHA-256, hex) are by file name."""

    rules: legal.Rules
    facts: legal.Facts
    sections: templates.Sections
    evidence: Mapping[str, templates.EvidenceType]
    templates: Mapping[str, templates.Template]
    purposes: Mapping[str, entries.Purpose]
    affairs: Mapping[str, entries.Affair]
    data_items: Mapping[str, entries.DataItem]
    clauses: Mapping[str, entries.Clause]
    clause_states: Mapping[str, entries.ClauseState]
    contract_forms: Mapping[str, entries.ContractForm]
    reentrustment_modes: Mapping[str, entries.ReentrustmentMode]
    deadlines: Mapping[str, entries.Deadline]
    triggers: Mapping[str, entries.Trigger]
    report_items: Mapping[str, entries.Named]
    addressees: Mapping[str, entries.Named]
    record_types: Mapping[str, entries.RecordType]
    own: entries.Own
    parties: Mapping[str, entries.DemoParty]
    words: tuple[entries.Entry, ...]
    policy: Mapping[str, entries.PolicyClause]
    observations: tuple[Observation, ...]
    phrases: tuple[entries.Phrase, ...]
    ladder: tuple[entries.Rung, ...]
    headers: Mapping[str, legal.Header]
    digests: Mapping[str, str]

    def classes(self, items: Iterable[str]) -> frozenset[str]:
        """Take codes of data items; give the data classes they fall into, or raise KeyError."""
        return frozenset(self.data_items[code].data_class for code in items)

    def gates(self, purpose: str) -> dict[str, tuple[str, ...]]:
        """Give what a purpose asks for, by its usual routes: the needs of each, or raise KeyError."""
        typical = self.purposes[purpose].typical_routes
        return {route.id: route.needs for route in self.rules.route if route.id in typical}


class BadCatalogue(ValueError):
    """A file of the catalogue is missing or cannot be read; the message names the file and the place."""


def read(texts: Mapping[str, str]) -> Catalogue:
    """Take the texts of all FILES by name; give the catalogue, or raise BadCatalogue."""
    absent = [name for name in FILES if name not in texts]
    if absent:
        raise BadCatalogue(f"the catalogue lacks {', '.join(absent)}")
    rules = _decode("legal_rules.toml", legal.read_rules, texts)
    facts = _decode("legal_facts.toml", legal.read_facts, texts)
    sections = _decode("checklists/sections.toml", templates.read_sections, texts)
    evidence = _decode("evidence.toml", templates.read_evidence, texts)
    lists = {name: _decode(name, templates.read_template, texts) for name in CHECKLIST_FILES}
    shelves = {name: _decode(name, entries.read_shelf, texts) for name in SMALL_FILES}
    read_files: dict[str, Any] = {
        "legal_rules.toml": rules,
        "legal_facts.toml": facts,
        "checklists/sections.toml": sections,
        "evidence.toml": evidence,
        **lists,
        **shelves,
    }
    return Catalogue(
        rules=rules,
        facts=facts,
        sections=sections,
        evidence={row.id: row for row in evidence.evidence_type},
        templates={template.checklist.code: template for template in lists.values()},
        headers={name: read_files[name].header for name in FILES},
        digests={name: sha256(texts[name].encode()).hexdigest() for name in FILES},
        **_rows(shelves),
    )


def _rows(shelves: Mapping[str, entries.Shelf]) -> dict[str, Any]:
    """Give the rows of the small files by id or code, under the names the catalogue uses."""
    clauses, clocks = shelves["clauses.toml"], shelves["deadlines.toml"]
    return {
        "purposes": {row.id: row for row in shelves["purposes.toml"].purpose},
        "affairs": {row.id: row for row in shelves["purposes.toml"].affair},
        "data_items": {row.code: row for row in shelves["data_items.toml"].data_item},
        "clauses": {row.id: row for row in clauses.clause},
        "clause_states": {row.code: row for row in clauses.clause_state},
        "contract_forms": {row.code: row for row in clauses.contract_form},
        "reentrustment_modes": {row.code: row for row in clauses.reentrustment_mode},
        "deadlines": {row.id: row for row in clocks.deadline},
        "triggers": {row.id: row for row in clocks.trigger},
        "report_items": {row.code: row for row in clocks.report_item},
        "addressees": {row.code: row for row in clocks.addressee},
        "record_types": {row.id: row for row in shelves["record_types.toml"].record_type},
        "own": shelves["parties.toml"].own[0],
        "parties": {row.id: row for row in shelves["parties.toml"].party},
        "words": shelves["glossary.toml"].entry,
        "policy": {row.id: row for row in shelves["policy_clauses.toml"].policy_clause},
        "observations": shelves["policy_clauses.toml"].policy_observation,
        "phrases": shelves["phrases.toml"].phrase,
        "ladder": shelves["reminders.toml"].rung,
    }


def _decode(name: str, reader: Any, texts: Mapping[str, str]) -> Any:
    """Read one file with its reader; an error tells which file it was."""
    try:
        return reader(texts[name])
    except msgspec.MsgspecError as error:
        raise BadCatalogue(f"{name}: {error}") from error
