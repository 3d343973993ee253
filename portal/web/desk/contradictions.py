"""What contradicts over all lines of the register: by kind, by party, or only what waits for a decision."""

from flask import render_template, request
from flask_babel import gettext

from portal.core.bilingual import Text
from portal.core.readable import day_in
from portal.core.sentences import Reader
from portal.core.straying import KINDS, Found, Kind
from portal.core.words import word
from portal.models import ScopeWarning
from portal.queries import straying
from portal.web import current
from portal.web.desk.room import room
from portal.web.desk.saving import bar
from portal.web.languages import language


def stray_words(row: ScopeWarning) -> str:
    """What contradicts, as a sentence in the reader's language."""
    kind: Kind = next(kind for kind in KINDS if kind == row.kind)
    values = {name: _shown(value) for name, value in row.values.items()}
    if "verdict" in values:
        values["verdict"] = word("lawful", str(values["verdict"])).get(language())
    return Reader(language(), gettext).say(Found(kind, row.message, values))


def _shown(value: object) -> object:
    """A stored value for this reader: the texts of the catalogue in their language."""
    if isinstance(value, dict):
        return Text(value["ja"], value["en"]).get(language())
    return tuple(_shown(one) for one in value) if isinstance(value, list) else value


@room.get("/parties/contradictions")
def contradictions() -> str:
    """Show one page of what contradicts, and the contracts under which nothing is shared."""
    rows, actor, args = current.reading(), current.actor(), request.args
    kind = args.get("kind", "")[:20]
    asked = straying.Wanted((kind,) if kind else (), args.get("party", "")[:30], args.get("waiting") == "yes",
                            current.page())
    found = straying.listing(rows, actor, asked)
    idle = straying.idle(rows, actor, day_in(current.now())) if asked == straying.Wanted() else []
    return render_template(
        "desk/contradictions.html", asked=asked, kind=kind, found=found[:straying.PAGE],
        more=len(found) > straying.PAGE, counts=straying.counts(rows, actor), waiting=straying.waiting(rows, actor),
        kinds=KINDS, idle=idle[:straying.PAGE], more_idle=len(idle) > straying.PAGE, say_stray=stray_words,
        saved=bar("contradictions", {} if asked.party else args))
