"""The tree of re-entrusted bodies as a page shows it, to JMDP and to the party: table, picture, who sees which data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.core.readable import day_in
from portal.core.reentrusted import Seen
from portal.models import Party, ScopeLine
from portal.pictures import flow
from portal.pictures.flow import Flow
from portal.pictures.svg import Picture
from portal.queries import reentrusted
from portal.queries.reentrusted import Placed
from portal.store.engine import Rows
from portal.store.translations import country
from portal.web import current
from portal.web.languages import language, voice


@dataclass(frozen=True, slots=True)
class Tree:
    """A party's tree with what each body lacks (by row id), who sees each data item, and the picture of it all."""

    placed: list[Placed]
    lacks: Mapping[int, str | None]
    seen: list[Seen]
    picture: Picture | None


def of_party(rows: Rows, party: Party) -> Tree:
    """Give a party's tree as it stands today."""
    today, lang, catalogue = day_in(current.now()), language(), current.catalogue()
    placed = reentrusted.tree(rows, current.actor(), party, today, lang)
    lines = reentrusted.shared(rows, party)
    live = [one for one in placed if one.standing in ("live", "lapsed")]
    return Tree(
        placed, {one.row.id: reentrusted.lacks(catalogue, one) for one in live},
        reentrusted.who_sees(party, lines, placed, today, lang),
        flow.picture(flows(party, lines, live), voice()) if live else None)


def flows(party: Party, lines: Iterable[ScopeLine], live: Iterable[Placed]) -> list[Flow]:
    """Give the way of each line: to the party itself, and on to every body that has its data, under whom it stands."""
    lang = language()
    name = party.name(lang)
    by_key = {one.row.id: one for one in live}
    found = []
    for line in lines:
        having = [one for one in by_key.values() if line.id in one.body.items]
        found += [Flow(line.purpose, name, path(one, by_key), country(one.body.country, lang), 1,
                       is_foreign=one.body.country != "JP") for one in having] or [
            Flow(line.purpose, name, "", country(line.country, lang), 1, is_foreign=line.country != "JP")]
    return found


def path(one: Placed, by_key: Mapping[int, Placed]) -> str:
    """Give a body's name behind the names of those above it."""
    above = by_key.get(one.body.above or 0)
    return f"{path(above, by_key)} › {one.body.name}" if above else one.body.name


def purposes() -> dict[str, str]:
    """The purposes and the affairs of the Numbers Act with their titles."""
    lang, catalogue = language(), current.catalogue()
    return {code: row.title.get(lang) for code, row in catalogue.purposes.items()} | {
        code: row.label.get(lang) for code, row in catalogue.affairs.items()}
