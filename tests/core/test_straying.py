"""What contradicts on a line: each kind is reached, and a line in order has none."""

import pytest
from msgspec.structs import replace

from portal.core import straying
from portal.core.bilingual import Text
from portal.core.lawfulness import Judgement
from portal.core.straying import Line, stops, stray
from portal.store import shelf

CATALOGUE = shelf.catalogue()
ITEMS = CATALOGUE.data_items
FINE = Judgement("PERMITTED", (), {}, ())
LOST = Judgement("INCOMPLETE", (), {}, ())
SOUND = Line("entrustment", "testing_lab", "JP", "active", "P08", (ITEMS["donor_code"], ITEMS["hla"]),
             contract_in_force=True, contract_items=frozenset({"donor_code", "hla"}))
NUMBERED = next(item for item in ITEMS.values() if item.data_class == "mynumber")
SPECIAL = next(item for item in ITEMS.values() if item.data_class == "special_care")
REFERRED = next(row for row in CATALOGUE.rules.block if row.when_running == "refer")
STOPPING = next(row for row in CATALOGUE.rules.block if row.when_running == "stop")


def told(line: Line, judgement: Judgement = FINE) -> list[tuple[str, str]]:
    """Kinds and sentences of what contradicts."""
    found = stray(line, CATALOGUE.purposes.get(line.purpose), judgement, CATALOGUE.rules)
    return [(one.kind, one.message) for one in found if one.kind != "unusual"]


@pytest.mark.parametrize(("changes", "judgement", "expected"), [
    ({}, FINE, []),
    ({}, LOST, [("decide", straying.NOT_PERMITTED), ("special_care", straying.NO_BASIS)]),
    ({"state": "draft"}, LOST, []),
    ({"state": "draft", "items": (SPECIAL,), "contract_items": None}, Judgement("NO_BASIS", (), {}, ()),
     [("special_care", straying.NO_BASIS)]),
    ({"contract_in_force": False}, FINE, [("no_contract", straying.NO_CONTRACT)]),
    ({"contract_in_force": False, "state": "draft"}, FINE, []),
    ({"contract_in_force": False, "relation": "third_party"}, FINE, []),
    ({"contract_items": frozenset({"hla"})}, FINE, [("contract_items", straying.CONTRACT_ITEMS)]),
    ({"contract_items": None}, FINE, []),
    ({"beyond": ("DE", "US")}, FINE, [("tier_place", straying.TIER_PLACE)]),
    ({"purpose": "P99"}, FINE, [("purpose", straying.UNPUBLISHED)]),
    ({"route": "RT-ANON"}, Judgement("PERMITTED", (), {"RT-ANON": ("PC-ANONPUB", "PC-ANON")}, ()),
     [("publication", straying.NOT_PUBLISHED)]),
    ({"route": "RT-ANON", "state": "draft"}, Judgement("PERMITTED", (), {"RT-ANON": ("PC-ANONPUB",)}, ()), []),
    ({"route": "RT-JU-JP"}, Judgement("PERMITTED", (), {"RT-ANON": ("PC-ANONPUB",)}, ()), []),
    ({"gaps": (Text("甲", "a"), Text("乙", "b"))}, FINE, [("notice", straying.NOTICE)] * 2),
    ({"items": (NUMBERED,), "contract_items": None}, FINE, [("mynumber", straying.MYNUMBER_PURPOSE)]),
    ({"items": (NUMBERED,), "contract_items": None, "purpose": "NA-TAX", "relation": "joint_use"}, FINE,
     [("mynumber", straying.MYNUMBER_RELATION)]),
    ({"items": (NUMBERED,), "contract_items": None, "purpose": "NA-TAX"}, FINE, []),
    ({"texts": ("専用線", "1234 5678 9018")}, FINE, [("mynumber", straying.MYNUMBER_TEXT)]),
    ({}, Judgement("PERMITTED", (), {}, (), excused=(REFERRED.id,)), [("referred", straying.REFER)]),
    ({"state": "draft"}, Judgement("PERMITTED", (), {}, (), excused=(REFERRED.id,)), []),
])
def test_each_kind(changes: dict[str, object], judgement: Judgement, expected: list[tuple[str, str]]) -> None:
    assert told(replace(SOUND, **changes), judgement) == expected


def test_the_usual_is_not_told_and_the_unusual_is() -> None:
    found = {one.kind for one in stray(replace(SOUND, party_kind="insurer"), CATALOGUE.purposes["P08"], FINE,
                                       CATALOGUE.rules)}
    assert found == {"unusual"}


def test_only_a_bar_that_the_table_lets_stop_stops() -> None:
    assert stops(Judgement("PROHIBITED", (STOPPING.id, REFERRED.id), {}, ()), CATALOGUE.rules) == (STOPPING.id,)
    assert stops(LOST, CATALOGUE.rules) == ()
