"""Sign-in: password, second factor, place; in a demo one click. A wrong try tells nothing of the person."""

import logging

from flask import render_template, request
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug import Response
from werkzeug.exceptions import NotFound
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length

from portal.actions import credentials
from portal.models import Person
from portal.queries import places
from portal.web import current
from portal.web.public.entering import count, enter, following, go_on, pending
from portal.web.public.room import room
from portal.web.tries import tries

WRONG = lazy_gettext("The address or the password does not fit. Check both and try again.")
WRONG_CODE = lazy_gettext("The code does not fit. Enter the one your app shows now, or a recovery code.")
log = logging.getLogger(__name__)
Reply = str | Response | tuple[str, int]


class SignInForm(FlaskForm):
    """Address and password."""

    email = StringField(lazy_gettext("E-mail address"), validators=[
        DataRequired(lazy_gettext("Enter your e-mail address")), Length(max=254)])
    password = PasswordField(lazy_gettext("Password"), validators=[
        DataRequired(lazy_gettext("Enter your password")), Length(max=1000)])


class CodeForm(FlaskForm):
    """The second factor."""

    code = StringField(lazy_gettext("Six-digit code, or a recovery code"), validators=[
        DataRequired(lazy_gettext("Enter the code")), Length(max=40)])


def demo() -> list[tuple[Person, str]]:
    """The people a demo offers by one click; none outside a demo."""
    return places.demo_people(current.reading()) if current.settings().is_demo else []


@room.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Reply:
    """Ask for address and password."""
    form = SignInForm()
    if form.validate_on_submit():
        email = (form.email.data or "").strip().lower()
        count("sign_in", email)
        person = places.person(current.reading(), email)
        if credentials.fits(person, form.password.data or "") and person is not None:
            tries().forget("sign_in", email, request.remote_addr or "")
            return go_on(person, proved=False)
        log.warning("sign-in refused from %s", request.remote_addr)
        form.password.errors = [WRONG]
    return render_template("public/sign_in.html", form=form, demo=demo(), next=following()), 422 if form.errors else 200


@room.route("/sign-in/code", methods=["GET", "POST"])
def second_factor() -> Reply:
    """Ask for the second factor of the person whose password was right."""
    person = pending(open_to_all=True)
    form = CodeForm()
    if form.validate_on_submit():
        count("second_factor", person.email)
        with current.work() as work:
            fits = credentials.second_factor_fits(work, work.rows.get_one(Person, person.id), form.code.data or "")
        if fits:
            return go_on(person, proved=True)
        log.warning("second factor refused from %s", request.remote_addr)
        form.code.errors = [WRONG_CODE]
    return render_template("public/second_factor.html", form=form, next=following()), 422 if form.errors else 200


@room.route("/sign-in/place", methods=["GET", "POST"])
def place() -> Reply:
    """Ask for whom a person of several places acts now."""
    person = pending()
    found = places.of(current.reading(), person.id)
    if request.method == "POST":
        chosen = next((one for one in found if one.public_id == request.form.get("place", "")), None)
        if chosen is not None:
            return enter(person, chosen)
    return render_template("public/place.html", places=found, next=following())


@room.post("/sign-in/demo")
def sign_in_demo() -> Response:
    """Enter as one of the demo's people; outside a demo this page does not exist."""
    found = next((person for person, _ in demo() if person.public_id == request.form.get("person")), None)
    if found is None:
        raise NotFound
    return go_on(found, proved=True)
