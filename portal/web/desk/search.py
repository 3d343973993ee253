"""Search over the register: parties, bodies they re-entrust to, questions, answers, evidence, findings, comments."""

from flask import render_template, request, url_for

from portal.core import grams
from portal.models import SearchEntry
from portal.models.search import NOUNS
from portal.queries import names, search
from portal.web import current
from portal.web.desk.filter_words import labels
from portal.web.desk.room import room
from portal.web.desk.saving import bar


def address_of(entry: SearchEntry) -> str:
    """The page on which an entry stands."""
    if entry.noun in ("party", "finding"):
        return url_for("desk.party", public_id=entry.thing, tab="findings" if entry.noun == "finding" else None)
    if entry.noun == "reentrusted":
        return url_for("desk.reentrustment", public_id=entry.thing)
    if entry.noun == "question":
        return url_for("desk.checklist", public_id=entry.thing, _anchor=entry.place)
    if entry.noun == "evidence":
        return url_for("desk.evidence", public_id=entry.thing)
    return url_for("desk.review", public_id=entry.thing, _anchor=entry.place)


@room.get("/search", endpoint="search")
def found() -> str:
    """Show what holds every word: a few of each kind, or one kind page by page."""
    rows, actor = current.reading(), current.actor()
    text, noun = request.args.get("q", "")[:200], request.args.get("in", "")
    page = current.page(1000) if noun in NOUNS else 0
    words = search.words_of(text)
    hits = [search.hits(rows, actor, words, one, page) for one in ((noun,) if page else NOUNS)]
    parties = names.parties(rows, {entry.party_id for hit in hits for entry in hit.found if entry.party_id})
    return render_template("desk/search.html", text=text, words=words, noun=noun if page else "", page=page, hits=hits,
                           labels=labels(), parties=parties, address_of=address_of, around=grams.around,
                           typed=text.split(), saved=bar("search", request.args))
