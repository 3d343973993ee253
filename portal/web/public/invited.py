"""The page of a mailed invitation: nothing happens until its form is sent (mail scanners follow links)."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug import Response
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from portal.actions import invite
from portal.core.errors import Incomplete
from portal.models import Party, Person, Token
from portal.queries import places
from portal.queries.tokens import alive
from portal.web import current
from portal.web.errors import said
from portal.web.languages import language
from portal.web.public.entering import go_on
from portal.web.public.forgotten import NewPasswordForm
from portal.web.public.room import room

Reply = str | Response | tuple[str, int]


class NewcomerForm(NewPasswordForm):
    """What the invited person sets for themselves."""

    name = StringField(lazy_gettext("Name"), validators=[
        DataRequired(lazy_gettext("Enter your name")), Length(max=100)])
    language = RadioField(lazy_gettext("Language of pages and mails"), choices=[("ja", "日本語"), ("en", "English")],
                          validators=[InputRequired()])


@room.get("/invitation/<code>")
def invitation(code: str) -> Reply:
    """Say who invites to what, and ask for name, language and password, or for a sign-in where there is an account."""
    found = alive(current.reading(), "invitation", code, current.now())
    if found is None:
        return render_template("public/link_gone.html", message=gettext(invite.GONE)), 404
    return page(found, code, NewcomerForm(name=found.name, language=found.language))


@room.post("/invitation/<code>")
def accept(code: str) -> Reply:
    """Make the account and enter; the second factor is offered next."""
    form = NewcomerForm()
    found = alive(current.reading(), "invitation", code, current.now())
    if found is None:
        return render_template("public/link_gone.html", message=gettext(invite.GONE)), 404
    if form.validate_on_submit():
        try:
            new = invite.Newcomer(form.name.data or "", form.password.data or "", form.language.data)
            with current.work() as work:
                person = invite.accept(work, code, new)
            return go_on(person, proved=False, is_new=True)
        except Incomplete as error:
            form.password.errors = [said(error)]
    return page(found, code, form), 422


@room.post("/invitation/<code>/join")
def accept_here(code: str) -> Response:
    """Add the place to the account that is signed in, if it has the invited address."""
    with current.work() as work:
        invite.accept_as(work, current.actor(), code)
    flash(gettext("The invitation is accepted. Choose for whom you act now."))
    return redirect(url_for("account.place"), 303)


def page(found: Token, code: str, form: NewcomerForm) -> str:
    """The landing page: for a newcomer, for somebody with an account, or for the wrong account."""
    rows = current.reading()
    party = rows.get(Party, found.party_id) if found.party_id else None
    inviter = rows.get(Person, found.made_by_id) if found.made_by_id else None
    known = places.person(rows, found.email)
    place = party.name(language()) if party else ""
    return render_template("public/invitation.html", form=form, code=code, found=found, place=place, inviter=inviter,
                           known=known, is_me=known is not None and known.id == current.actor().person_id)
