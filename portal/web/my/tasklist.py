"""The task list of one attestation, and who of the party answers which section."""

from collections.abc import Collection, Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug import Response

from portal.actions import dividing as verbs
from portal.core.dividing import Wish
from portal.core.errors import Incomplete, Stale
from portal.core.policy import Permission, may
from portal.core.readable import day_in
from portal.models import Attestation
from portal.queries import dividing, handover, packets, tasks
from portal.queries.visible import one
from portal.web import current
from portal.web.errors import said
from portal.web.my.home import sheet_of
from portal.web.my.room import room

Reply = Response | tuple[str, int]
LONGEST = 40


def page(public_id: str, *, problems: Mapping[str, str] | None = None, clashes: Collection[str] = (),
         status: int = 200) -> tuple[str, int]:
    """Render the task list; after a refusal with what was chosen, what is wrong with it, and what stands instead."""
    sheet, rows, actor = sheet_of(public_id), current.reading(), current.actor()
    people = dividing.colleagues(rows, actor, sheet.attestation.party_id)
    given = dividing.given(rows, actor, sheet.attestation)
    may_divide = sheet.is_open and may(actor, Permission.DIVIDE, sheet.attestation) and bool(given or people[1:])
    return render_template(
        "my/attestation.html", sheet=sheet, packets=packets.listing(rows, actor, public_id),
        today=day_in(current.now()), colleagues=people, may_divide=may_divide,
        given=given, notes=handover.notes(rows, actor, sheet.attestation), typed=request.form if status != 200 else {},
        problems=problems or {}, clashes=clashes), status


@room.get("/attestations/<public_id>")
def attestation(public_id: str) -> tuple[str, int]:
    """Show the task list of one attestation."""
    return page(public_id)


def wishes() -> dict[str, Wish]:
    """Give what was chosen for each section that the form holds."""
    form = request.form
    codes = [name.removesuffix(".seen") for name in form if name.endswith(".seen")]
    return {code: Wish(*(form.get(f"{code}.{field}", "").strip()[:LONGEST] for field in ("person", "due", "seen")))
            for code in codes}


@room.post("/attestations/<public_id>/colleagues")
def divide(public_id: str) -> Reply:
    """Give sections to colleagues, all with one Save; what was chosen stays where something is wrong with it."""
    try:
        with current.work() as work:
            where = one(work.rows, current.actor(), Attestation, public_id, *tasks.WITH_ALL)
            changed = verbs.divide(work, current.actor(), where, wishes())
    except Incomplete as error:
        return page(public_id, problems=error.fields, status=422)
    except Stale as error:
        clashes = error.theirs if isinstance(error.theirs, list) else []
        flash(said(error), "error")
        return page(public_id, clashes=clashes, status=409)
    flash(ngettext("%(num)s section was divided anew. The colleagues concerned get a letter.",
                   "%(num)s sections were divided anew. The colleagues concerned get a letter.", len(changed))
          if changed else gettext("Nothing was changed."))
    return redirect(url_for("my.attestation", public_id=public_id), 303)
