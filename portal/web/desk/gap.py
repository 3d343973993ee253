"""The gap questionnaire of an edition: whom it would ask what and who is left out, then sent out as a round."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import gap as acts
from portal.core.policy import Permission, require
from portal.core.readable import day_in
from portal.models import Edition
from portal.queries import editions, forms, reached
from portal.queries import gap as found
from portal.web import current
from portal.web.acting import carried_out
from portal.web.desk.edition_forms import GapForm
from portal.web.desk.room import room

BY_KIND = "kind"
Reply = str | Response | tuple[str, int]


@room.route("/policy/editions/<public_id>/gap", methods=["GET", "POST"])
def edition_gap(public_id: str) -> Reply:
    """Show whom an edition touches, and send out the questionnaire."""
    require(current.actor(), Permission.REQUEST)
    form, today = GapForm(), day_in(current.now())
    if form.is_submitted() and carried_out(form, Edition, public_id, lambda work, edition: acts.send_out(
            work, current.actor(), edition, form.plan(today)), Permission.REQUEST):
        flash(gettext("Begun. The requests are being sent."))
        return redirect(url_for("desk.edition", public_id=public_id), 303)
    return drawn(public_id, form), 422 if form.is_submitted() else 200


def drawn(public_id: str, form: GapForm) -> str:
    """The page: the questions by checklist, the parties of one standing, and the form."""
    rows, actor, today, page = current.reading(), current.actor(), day_in(current.now()), current.page()
    row = editions.one(rows, actor, public_id).row
    now = editions.in_force(rows, today).get(row.kind)
    reach = found.reach(rows, row)
    view = request.args.get("view", found.ASK)
    view = view if view in (*found.LEFT_OUT, BY_KIND) else found.ASK
    most, after = found.PAGE + 1, (page - 1) * found.PAGE
    listed = reached.parties(rows, actor, row, (reach, most, after)) if view == BY_KIND else found.parties(
        rows, actor, row, (reach, view, most, after))
    counts = {**found.counts(rows, actor, row, reach), BY_KIND: reached.count(rows, actor, row, reach)}
    form.offer(row, today)
    return render_template(
        "desk/policy/gap.html", row=row, form=form, is_in_force=now is not None and now.id == row.id,
        sources=[(source, [forms.template(rows, source.row.id).question(id) for id in source.questions])
                 for source in reach.sources.values()],
        counts=counts, to_ask=counts[found.ASK] + counts[BY_KIND], view=view, page=page, found=listed[:found.PAGE],
        more=len(listed) > found.PAGE, most=found.MOST)


