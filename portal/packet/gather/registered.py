"""What the register holds on a party: its record, contracts with their clauses, scope lines as they were judged."""

from collections import defaultdict
from datetime import datetime
from typing import get_args

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.core.catalogue import Catalogue
from portal.models import Contact, Contract, ContractClause, ContractTerm, Party, ScopeDecision, ScopeLine
from portal.packet import register
from portal.packet.gather import chain, supervision
from portal.packet.gather.wording import state, words
from portal.packet.value import Person, Spell, Words

TERMS = {"first": Words("当初契約", "First term"), "renewal": Words("更新", "Renewal"),
         "amendment": Words("変更", "Amendment")}
CONTACT = Words("連絡先", "Contact")


def party(rows: Session, found: Party, catalogue: Catalogue, as_of: datetime) -> register.Party:
    """Give the party's record with its duties as of the day (in Japan) of a moment."""
    kinds = _coded(catalogue, "party_kind")
    people = rows.scalars(sa.select(Contact).where(Contact.party_id == found.id).order_by(Contact.id))
    return register.Party(
        name=Words(found.name_ja, found.name_en), kana=found.name_kana, kind=kinds.get(found.kind, Words(found.kind)),
        corporate_number=found.corporate_number, other_ids=((Words("ION"), found.ion),) if found.ion else (),
        country=Words(found.country), address=Words(found.address), tier=state("tier", found.tier),
        contacts=tuple(Person(name=row.name, role=Words(row.title) if row.title else CONTACT) for row in people),
        duties=supervision.duties(rows, found, catalogue, as_of),
        chain=chain.bodies(rows, found, as_of),
    )


def contracts(rows: Session, found: Party, catalogue: Catalogue) -> tuple[register.Contract, ...]:
    """Give the party's contracts with the newest term and the standing of every clause that is asked for."""
    terms: dict[int, ContractTerm] = {}
    for term in rows.scalars(sa.select(ContractTerm).where(ContractTerm.party_id == found.id)
                             .order_by(ContractTerm.number)):
        terms[term.contract_id] = term
    clauses: defaultdict[int, dict[str, ContractClause]] = defaultdict(dict)
    for clause in rows.scalars(sa.select(ContractClause).where(ContractClause.party_id == found.id)):
        clauses[clause.contract_id][clause.clause] = clause
    modes = {code: words(row.label) for code, row in catalogue.reentrustment_modes.items()}
    return tuple(
        register.Contract(
            number=row.number, title=Words(row.title), signed=terms[row.id].signed_on or terms[row.id].starts_on,
            term=Spell(name=TERMS[terms[row.id].kind], start=terms[row.id].starts_on, until=terms[row.id].ends_on),
            subcontracting=modes.get(row.reentrustment_mode, Words(row.reentrustment_mode)),
            clauses=tuple(_clause(words(entry.label), clauses[row.id].get(entry.id))
                          for entry in catalogue.clauses.values()),
        )
        for row in rows.scalars(sa.select(Contract).where(Contract.party_id == found.id).order_by(Contract.number))
        if row.id in terms
    )


def _coded(catalogue: Catalogue, name: str) -> dict[str, Words]:
    return {row.code: words(row.label) for row in catalogue.rules.enum if row.set == name}


def _clause(named: Words, row: ContractClause | None) -> register.Clause:
    if row is None or row.standing not in get_args(register.Presence):
        return register.Clause(title=named, presence="missing")
    presences: dict[str, register.Presence] = {name: name for name in get_args(register.Presence)}
    return register.Clause(title=named, presence=presences[row.standing], note=row.place or row.note)


def scope(rows: Session, found: Party, catalogue: Catalogue) -> tuple[register.ScopeLine, ...]:
    """Give the party's scope lines that are not ended, with the decision each rests on."""
    lines = rows.scalars(
        sa.select(ScopeLine).options(joinedload(ScopeLine.engagement))
        .where(ScopeLine.party_id == found.id, ScopeLine.state != "ended").order_by(ScopeLine.id)
    ).all()
    decisions = {row.scope_id: row for row in rows.scalars(
        sa.select(ScopeDecision).where(ScopeDecision.party_id == found.id).order_by(ScopeDecision.id))}
    return tuple(_line(number, row, decisions.get(row.id), catalogue) for number, row in enumerate(lines, start=1))


def _line(number: int, row: ScopeLine, decision: ScopeDecision | None, catalogue: Catalogue) -> register.ScopeLine:
    items = {item.code: words(item.label) for item in catalogue.data_items.values()}
    purposes = {purpose.id: words(purpose.title) for purpose in catalogue.purposes.values()}
    relations, places = _coded(catalogue, "relation"), _coded(catalogue, "location")
    routes = {route.id: words(route.label) for route in catalogue.rules.route}
    verdicts: dict[str, register.Lawful] = {name: name for name in get_args(register.Lawful)}
    return register.ScopeLine(
        number=f"{number}", items=tuple(items.get(item, Words(item)) for item in row.items),
        purpose=purposes.get(row.purpose, Words(row.purpose)),
        relation=relations.get(row.engagement.relation, Words(row.engagement.relation)),
        route=routes.get(row.route, Words("–", "–")), rules=tuple(decision.rules) if decision else (),
        law_edition=decision.edition if decision else catalogue.rules.header.edition,
        place=places.get(row.location, Words(row.location)), transfer=Words(row.means), kept=Words(row.retention),
        verdict=verdicts[row.verdict],
    )
