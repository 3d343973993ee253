"""The register of the demo: the catalogue's 38 parties, the real ones neutral, the fictional ones with a tier."""

from collections.abc import Mapping

from portal.actions import register
from portal.core.actor import Actor
from portal.core.entries import DemoParty
from portal.core.partyfacts import PartyFacts
from portal.models import Party
from portal.store.cellar import Cellar


def make(cellar: Cellar, staff: Mapping[str, Actor]) -> dict[str, Party]:
    """Add every party of the catalogue; gives the fictional ones by code."""
    fictional = {}
    with cellar.work() as work:
        for found in cellar.catalogue.parties.values():
            party = register.add_party(work, staff["lead"], facts(found), code=found.code)
            for name in found.aliases:
                is_short = name.isupper() or len(name) < 4
                register.add_name(work, staff["lead"], party, name, "short" if is_short else "own")
            if found.fictional:
                fictional[found.code] = party
    return fictional


def facts(found: DemoParty) -> PartyFacts:
    """Give a party of the catalogue as the register takes it."""
    return PartyFacts(
        kind=found.party_kind, name_ja=found.name.ja, name_en=found.name.en, name_kana=found.kana,
        country=found.country, location=found.location, ion=found.ion or "", is_fictional=found.fictional,
        tier=found.demo.tier if found.demo else "none", note=found.flow.ja,
        tier_reason="デモの設定（架空）" if found.demo else "",
    )
