"""Step-up: the password and second factor again, then back to what was to be done; a kept form is given back."""

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length

from portal.actions import credentials, kept, sessions
from portal.models import Person
from portal.web import current, gate
from portal.web.account.room import room
from portal.web.languages import local_path
from portal.web.public.entering import count


class StepUpForm(FlaskForm):
    """Password and code; which of them is asked for depends on what the person has set up."""

    password = PasswordField(lazy_gettext("Password"), validators=[
        DataRequired(lazy_gettext("Enter your password")), Length(max=1000)])
    code = StringField(lazy_gettext("Six-digit code, or a recovery code"), validators=[
        DataRequired(lazy_gettext("Enter the code")), Length(max=40)])


@room.route("/step-up", methods=["GET", "POST"])
def step_up() -> str | Response | tuple[str, int]:
    """Prove once more who one is; good for five minutes."""
    person = current.reading().get_one(Person, current.actor().person_id)
    form = _asked(person)
    if form.validate_on_submit():
        if _proves(person, form):
            with current.work() as work:
                secret = sessions.step_up(work, current.actor(), current.session_id())
            gate.enter(secret)
            return redirect(_onward(), 303)
        form.password.errors = [lazy_gettext("The password or the code does not fit. Try again.")]
    return render_template("account/step_up.html", form=form, next=request.values.get("next", ""),
                           ticket=request.values.get("ticket", "")), 422 if form.errors else 200


@room.get("/kept/<ticket>")
def kept_form(ticket: str) -> str:
    """Give a kept form back: one button carries out what was to be done."""
    with current.work() as work:
        row = kept.look(work, current.actor(), ticket)
        path, fields = row.path, list(row.fields)
    return render_template("account/kept.html", path=path, fields=fields)


def _asked(person: Person) -> StepUpForm:
    """The form with what this person has set up; a demo's person without a password has nothing to show."""
    form = StepUpForm()
    if current.settings().is_demo and person.is_demo and not person.password_hash:
        del form.password
        del form.code
    elif not person.totp_secret:
        del form.code
    return form


def _onward() -> str:
    ticket = request.values.get("ticket", "")
    return url_for("account.kept_form", ticket=ticket) if ticket else local_path(request.values.get("next", "/"))


def _proves(person: Person, form: StepUpForm) -> bool:
    if "password" not in form:
        return True
    count("second_factor", person.email)
    if not credentials.fits(person, form.password.data or ""):
        return False
    if not person.totp_secret:
        return True
    with current.work() as work:
        return credentials.second_factor_fits(work, work.rows.get_one(Person, person.id), form.code.data or "")
