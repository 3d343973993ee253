"""A party's people, for its officer and for JMDP: who is here, who was invited, and the ways to change it."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from portal.actions import invite, leave
from portal.core.actor import Role
from portal.core.errors import Incomplete
from portal.core.words import word
from portal.models import Party
from portal.queries import people as known
from portal.web import current
from portal.web.errors import said
from portal.web.languages import language

Reply = str | Response | tuple[str, int]


class GuestForm(FlaskForm):
    """Somebody to invite."""

    email = StringField(lazy_gettext("E-mail address"), validators=[
        DataRequired(lazy_gettext("Enter the e-mail address")), Length(max=254)])
    name = StringField(lazy_gettext("Name"), validators=[
        DataRequired(lazy_gettext("Enter the name.")), Length(max=100)])
    title = StringField(lazy_gettext("Title or function"), validators=[Length(max=100)])
    language = RadioField(lazy_gettext("Language of the invitation"), validators=[InputRequired()],
                          choices=[("ja", "日本語"), ("en", "English")])

    def guest(self, role: Role) -> invite.Guest:
        """Give the typed values as plain ones."""
        return invite.Guest(self.email.data or "", self.name.data or "", role, self.language.data,
                            self.title.data or "")


class ColleagueForm(GuestForm):
    """Somebody to invite to a party."""

    role = RadioField(lazy_gettext("Role"), validators=[InputRequired(lazy_gettext("Choose officer or clerk."))],
                      description=lazy_gettext("An officer certifies and submits, and invites; a clerk answers and "
                                               "uploads evidence."))


@dataclass(frozen=True, slots=True)
class Where:
    """The party whose people are shown, and to which audience (the first word of the endpoints)."""

    party: Party
    audience: str

    def url(self, name: str, **values: str) -> str:
        """The address of one of the audience's pages about this party's people."""
        more: dict[str, Any] = {"public_id": self.party.public_id} if self.audience == "desk" else {}
        more.update(values)
        return url_for(f"{self.audience}.{name}", **more)


def page(where: Where, form: ColleagueForm | None = None, status: int = 200) -> tuple[str, int]:
    """Render the people of a party, with the form that invites."""
    rows, actor = current.reading(), current.actor()
    form = form or ColleagueForm(language=language(), role="clerk")
    form.role.choices = [(role, word("role", role).get(language())) for role in ("clerk", "officer")]
    return render_template(
        f"{where.audience}/people.html", where=where, party=where.party, form=form, now=current.now(),
        colleagues=known.colleagues(rows, actor, where.party),
        invitations=known.invitations(rows, actor, where.party)), status


def send(where: Where) -> Reply:
    """Invite somebody; what was typed stays where something is wrong with it."""
    form = ColleagueForm()
    form.role.choices = [("clerk", ""), ("officer", "")]
    if not form.validate_on_submit():
        return page(where, form, 422)
    try:
        with current.work() as work:
            party = work.rows.get_one(Party, where.party.id)
            invite.to_party(work, current.actor(), party, form.guest(Role(form.role.data)))
    except Incomplete as error:
        form.email.errors = [said(error)]
        return page(where, form, 422)
    flash(gettext("The invitation is on its way. Its link works once, for 72 hours."))
    return redirect(where.url("people"), 303)


def again(where: Where, invitation_id: str, act: str) -> Response:
    """Send an invitation again, or take it back."""
    with current.work() as work:
        row = known.invitation(work.rows, invitation_id, where.party.id)
        (invite.resend if act == "resend" else invite.withdraw)(work, current.actor(), row)
    flash(gettext("Sent again; the earlier link no longer works.") if act == "resend"
          else gettext("Withdrawn; its link no longer works."))
    return redirect(where.url("people"), 303)


def end(where: Where, person_id: str) -> Response:
    """End a person's place at the party."""
    try:
        with current.work() as work:
            party = work.rows.get_one(Party, where.party.id)
            leave.party(work, current.actor(), known.membership(work.rows, current.actor(), party, person_id))
        flash(gettext("Their access to this party has ended."))
    except Incomplete as error:
        flash(said(error), "error")
    return redirect(where.url("people"), 303)
