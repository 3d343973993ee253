"""Publishing a draft: what differs, why, and then for good."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import building
from portal.core import editing, editions
from portal.core.bilingual import Text
from portal.core.errors import Incomplete, Stale
from portal.core.wellmade import faults
from portal.queries import checklists as shelf
from portal.queries import forms
from portal.web import current
from portal.web.desk.checklists.forms import PublishForm
from portal.web.desk.room import room
from portal.web.errors import said


@room.route("/checklists/drafts/<public_id>/publish", methods=["GET", "POST"], endpoint="draft_publish")
def publish(public_id: str) -> str | Response | tuple[str, int]:
    """Show what differs from the published version, and publish."""
    form, problem = PublishForm(), ""
    if form.validate_on_submit():
        try:
            with current.work() as work:
                draft = shelf.draft(work.rows, current.actor(), public_id)
                row = building.publish(work, current.actor(), draft, building.Edition(
                    form.note.data or "", form.against.data or ""))
                work.rows.flush()
                place = row.public_id
            flash(gettext("Published. New requests ask this version; requests under way keep theirs."))
            return redirect(url_for("desk.checklist", public_id=place), 303)
        except (Incomplete, Stale) as refusal:
            problem = said(refusal)
    return drawn(public_id, form, problem), 422 if form.is_submitted() else 200


def drawn(public_id: str, form: PublishForm, problem: str) -> str:
    """The page with the differences, the faults and the reason typed so far."""
    rows = current.reading()
    draft = shelf.draft(rows, current.actor(), public_id)
    template, newest = shelf.drafted(rows, draft), shelf.newest(rows, draft.code)
    before = forms.template(rows, newest.id) if newest else editing.blank(
        draft.code, Text("", ""), template.header.valid_from)
    form.against.data = newest.digest if newest else ""
    return render_template(
        "desk/checklists/publish.html", form=form, draft=draft, template=template, problem=problem, newest=newest,
        faults=faults(template, current.catalogue()), told=editions.compare(before, template))


@room.post("/checklists/drafts/<public_id>/discard", endpoint="draft_discard")
def discard(public_id: str) -> Response:
    """Throw a draft away."""
    with current.work() as work:
        building.discard(work, current.actor(), shelf.draft(work.rows, current.actor(), public_id))
    flash(gettext("The draft was thrown away. Nothing that was published has changed."))
    return redirect(url_for("desk.checklists"), 303)
