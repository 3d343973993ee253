"""Invitations to JMDP's side: sent, sent again, withdrawn."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug import Response
from wtforms import SelectField
from wtforms.validators import InputRequired

from portal.actions import invite
from portal.core.actor import Role
from portal.core.errors import Incomplete
from portal.core.words import word
from portal.queries import people as known
from portal.web import current
from portal.web.admin.room import room
from portal.web.colleagues import GuestForm
from portal.web.errors import said
from portal.web.languages import language


class StaffForm(GuestForm):
    """Somebody to invite to JMDP's side; approvers and administrators get that role by two people afterwards."""

    role = SelectField(lazy_gettext("Role"), validators=[InputRequired()], description=lazy_gettext(
        "Approver and administrator are proposed on the person's page afterwards; they need two administrators."))


@room.route("/people/invite", methods=["GET", "POST"], endpoint="invite")
def invite_staff() -> str | Response | tuple[str, int]:
    """Ask whom to invite, and send the invitation."""
    known.proposals(current.reading(), current.actor())
    form = StaffForm(language="ja")
    form.role.choices = [(role.value, word("role", role).get(language())) for role in Role if role in invite.DIRECT]
    if form.validate_on_submit():
        try:
            with current.work() as work:
                invite.to_staff(work, current.actor(), form.guest(Role(form.role.data)))
            flash(gettext("The invitation is on its way. Its link works once, for 72 hours."))
            return redirect(url_for("admin.people"), 303)
        except Incomplete as error:
            form.email.errors = [said(error)]
    return render_template("admin/invite.html", form=form), 422 if form.errors else 200


@room.post("/invitations/<public_id>/<any(resend, withdraw):act>", endpoint="invitation_act")
def invitation_act(public_id: str, act: str) -> Response:
    """Send an invitation again, or take it back."""
    with current.work() as work:
        row = known.invitation(work.rows, public_id, None)
        (invite.resend if act == "resend" else invite.withdraw)(work, current.actor(), row)
    flash(gettext("Sent again; the earlier link no longer works.") if act == "resend"
          else gettext("Withdrawn; its link no longer works."))
    return redirect(url_for("admin.people"), 303)
