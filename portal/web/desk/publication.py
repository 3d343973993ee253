"""What must be published and is not: joint uses outside the notice, purposes, and what the routes of lines ask for."""

from flask import render_template, request

from portal.core.readable import day_in
from portal.core.straying import KINDS, PUBLISHED
from portal.queries import jointuse, straying
from portal.web import current
from portal.web.desk.contradictions import stray_words
from portal.web.desk.room import room


@room.get("/records/publication")
def publication() -> str:
    """Show one page of what must be published and is not, how the joint-use notice stands, and where to mend it."""
    rows, actor, today = current.reading(), current.actor(), day_in(current.now())
    kind, page = request.args.get("kind", ""), current.page()
    kind = kind if kind in PUBLISHED else ""
    found = straying.listing(rows, actor, straying.Wanted((kind,) if kind else PUBLISHED, page=page))
    notice = jointuse.in_force(rows, today)
    counts = straying.counts(rows, actor)
    return render_template(
        "desk/records/publication.html", found=found[:straying.PAGE], more=len(found) > straying.PAGE, page=page,
        kind=kind, kinds={code: KINDS[code] for code in PUBLISHED}, counts=counts,
        total=sum(counts.get(code, 0) for code in PUBLISHED), notice=notice, say_stray=stray_words,
        seen=jointuse.looked_at(rows, notice) if notice else None,
        is_current=notice is not None and jointuse.is_current(rows, notice, today))
