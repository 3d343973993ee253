"""A forgotten password: asked for by address, set by a mailed link whose page changes nothing until it is sent."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length

from portal.actions import reset
from portal.core.errors import Incomplete
from portal.queries.tokens import alive
from portal.web import current
from portal.web.errors import said
from portal.web.public.entering import count
from portal.web.public.room import room

Reply = str | Response | tuple[str, int]


class ForgottenForm(FlaskForm):
    """Whose password was forgotten."""

    email = StringField(lazy_gettext("E-mail address"), validators=[
        DataRequired(lazy_gettext("Enter your e-mail address")), Length(max=254)])


class NewPasswordForm(FlaskForm):
    """A new password, typed twice because it cannot be seen."""

    password = PasswordField(lazy_gettext("New password"), validators=[
        DataRequired(lazy_gettext("Enter a new password"))], description=lazy_gettext(
        "At least 12 characters (JMDP's people 15). Several words together are easy to remember and hard to guess."))
    again = PasswordField(lazy_gettext("The same once more"), validators=[
        DataRequired(lazy_gettext("Enter the password once more")),
        EqualTo("password", lazy_gettext("The two passwords differ. Enter the same one twice."))])


@room.route("/sign-in/forgotten", methods=["GET", "POST"])
def forgotten() -> Reply:
    """Take a request; the answer is the same whether somebody has this address or not."""
    form = ForgottenForm()
    if form.validate_on_submit():
        email = (form.email.data or "").strip().lower()
        count("reset", email)
        with current.work() as work:
            reset.ask(work, email)
        return render_template("public/forgotten_sent.html", email=email)
    return render_template("public/forgotten.html", form=form), 422 if form.errors else 200


@room.route("/reset/<code>", methods=["GET", "POST"])
def new_password(code: str) -> Reply:
    """Ask for the new password of whoever holds the mailed code, and set it."""
    if alive(current.reading(), "reset", code, current.now()) is None:
        return render_template("public/link_gone.html", message=gettext(reset.GONE)), 404
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            with current.work() as work:
                reset.finish(work, code, form.password.data or "")
            flash(gettext("Your new password is set. Sign in with it."))
            return redirect(url_for("public.sign_in"), 303)
        except Incomplete as error:
            form.password.errors = [said(error)]
    return render_template("public/new_password.html", form=form, code=code), 422 if form.errors else 200
