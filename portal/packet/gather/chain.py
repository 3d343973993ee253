"""The tree of bodies that a party re-entrusts to, as it stood at a packet's moment, in the order a tree is read."""

from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
from sqlalchemy.orm import Session

from portal.core.readable import day_in
from portal.core.reentrustment import DECIDED
from portal.models import Party
from portal.packet.register import Subcontractor
from portal.packet.value import Words
from portal.queries import past, reentrusted
from portal.queries.reentrusted import Placed
from portal.store.translations import country

WAYS = {
    "consent": Words("承諾", "Consent"), "permission": Words("許諾", "Permission"),
    "notice_before": Words("事前報告", "Told beforehand"), "notice_after": Words("事後報告", "Told afterwards"),
    "listed": Words("届出", "Listed"),
}
STANDINGS = {
    "live": Words("有効", "In force"), "coming": Words("開始前", "Not begun yet"),
    "lapsed": Words("承諾・報告の対象外（終了報告待ち）", "No longer covered, end not reported"),
}
"""What stands in a packet: neither what was only asked for or refused, nor what the party has reported as ended."""


def bodies(rows: Session, party: Party, as_of: datetime) -> tuple[Subcontractor, ...]:
    """Give every body of a party's tree that stood at a moment (UTC), as the ledger knew their states then."""
    known = past.before(rows, [party.id], as_of + timedelta(microseconds=1))
    then = [
        replace(one, body=msgspec.structs.replace(one.body, state=known.state(
            one.row.public_id, "draft", one.row.state)))
        for one in reentrusted.load(rows, [party.id]) if one.row.public_id not in known.later]
    return tuple(_body(one) for one in reentrusted.stand(then, day_in(as_of)) if one.standing in STANDINGS)


def _body(one: Placed) -> Subcontractor:
    row = one.row
    given = row.decided_at if row.way in DECIDED else row.submitted_at
    return Subcontractor(
        name=Words(row.name_ja, row.name_en), tier=row.tier,
        country=Words(country(row.country, "ja"), country(row.country, "en")), work=Words(row.work),
        consent=row.number, way=WAYS.get(row.way, Words(row.way)), given=day_in(given) if given else None,
        standing=STANDINGS[one.standing], until=row.ends_on)
