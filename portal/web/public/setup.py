"""The first administrators: made with a one-time code that only the console gives; no account is there by default."""

from flask import render_template
from flask_babel import lazy_gettext
from werkzeug import Response
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from portal.actions import credentials, people
from portal.core.actor import Actor
from portal.core.errors import Incomplete, NotFound
from portal.web import current
from portal.web.errors import said
from portal.web.public.entering import count, go_on
from portal.web.public.invited import NewcomerForm
from portal.web.public.room import room


class SetupForm(NewcomerForm):
    """The console's code and the administrator's own words."""

    setup_code = StringField(lazy_gettext("One-time code from the console"), validators=[
        DataRequired(lazy_gettext("Enter the code that the console showed")), Length(max=60)])
    email = StringField(lazy_gettext("E-mail address"), validators=[
        DataRequired(lazy_gettext("Enter your e-mail address")), Length(max=254)])


@room.route("/setup", methods=["GET", "POST"])
def setup() -> str | Response | tuple[str, int]:
    """Take the code once and make an administrator, who must set up a second factor next."""
    form = SetupForm(language="ja")
    if form.validate_on_submit():
        count("setup", "")
        try:
            new = people.NewPerson(form.email.data or "", form.name.data or "", form.language.data)
            with current.work() as work:
                person = people.set_up(work, form.setup_code.data or "", new)
                credentials.set_password(work, Actor(person.id, person.name, frozenset()), person,
                                         form.password.data or "")
            return go_on(person, proved=False, is_new=True)
        except NotFound as error:
            form.setup_code.errors = [said(error)]
        except Incomplete as error:
            (form.email if "email" in error.fields else form.password).errors = [said(error)]
    return render_template("public/setup.html", form=form), 422 if form.errors else 200
