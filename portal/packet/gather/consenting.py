"""A consent to re-entrustment as the values of its letter."""

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.core.catalogue import Catalogue
from portal.core.readable import day_in
from portal.models import Person, Reentrustment, ReentrustmentLine, ScopeLine
from portal.packet.gather.wording import ISSUER, words
from portal.packet.letter import Given, Letter
from portal.packet.value import Words
from portal.store.translations import country


def consent(rows: Session, catalogue: Catalogue, public_id: str) -> tuple[str, Letter]:
    """Give the party's public id and the letter of a consent; English is added where the officer who asked reads it.

    ValueError where the row was never consented to.
    """
    row = rows.scalars(sa.select(Reentrustment).where(Reentrustment.public_id == public_id).options(
        joinedload(Reentrustment.party), joinedload(Reentrustment.contract))).one()
    if row.decided_at is None or row.starts_on is None or row.ends_on is None:
        raise ValueError(f"{row.number} was not consented to")
    above = rows.get(Reentrustment, row.parent_id) if row.parent_id else None
    approver = rows.get(Person, row.decided_by_id) if row.decided_by_id else None
    asker = rows.get(Person, row.submitted_by_id) if row.submitted_by_id else None
    party = Words(row.party.name_ja, row.party.name_en)
    return row.party.public_id, Letter(
        number=row.number, day=day_in(row.decided_at), issuer=ISSUER, approver=approver.name if approver else "",
        to=party, body=Words(row.name_ja, row.name_en), tier=row.tier,
        under=Words(above.name_ja, above.name_en) if above else party,
        country=Words(country(row.country, "ja"), country(row.country, "en")), legal_id=row.legal_id,
        contract=f"{row.contract.number}　{row.contract.title}", work=row.work, given=_given(rows, catalogue, row),
        starts_on=row.starts_on, ends_on=row.ends_on, conditions=row.conditions, permits=row.way == "permission",
        languages=("ja", "en") if asker and asker.language == "en" else ("ja",))


def _given(rows: Session, catalogue: Catalogue, row: Reentrustment) -> tuple[Given, ...]:
    found = rows.execute(
        sa.select(ReentrustmentLine.items, ScopeLine.purpose)
        .join(ScopeLine, ScopeLine.id == ReentrustmentLine.scope_id)
        .where(ReentrustmentLine.reentrustment_id == row.id).order_by(ScopeLine.id))
    titles = {code: words(one.title) for code, one in catalogue.purposes.items()} | {
        code: words(one.label) for code, one in catalogue.affairs.items()}
    return tuple(Given(purpose=titles.get(purpose, Words(purpose)), items=tuple(
        words(catalogue.data_items[item].label) for item in items)) for items, purpose in found)
