"""How the person signs in: password, second factor, recovery codes; each change asks for a step-up first."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from portal.actions import credentials, sessions
from portal.core.errors import Incomplete
from portal.models import Person
from portal.queries import accounts
from portal.store.keys import BadKey
from portal.store.vault import Vault
from portal.web import current, gate
from portal.web.account.qr import Qr
from portal.web.account.room import room
from portal.web.errors import said
from portal.web.public.entering import following
from portal.web.public.forgotten import NewPasswordForm

Reply = str | Response | tuple[str, int]


class SecondFactorForm(FlaskForm):
    """The code that shows that the app has the secret; the secret goes along sealed."""

    sealed = HiddenField(validators=[DataRequired()])
    code = StringField(lazy_gettext("Six-digit code from the app"), validators=[
        DataRequired(lazy_gettext("Enter the six digits that the app shows now")), Length(max=20)])


def me() -> Person:
    """The person who is signed in."""
    return current.reading().get_one(Person, current.actor().person_id)


def first_prove() -> Response | None:
    """Lead to the step-up and back, unless the person has just proved who they are."""
    if current.actor().has_stepped_up:
        return None
    return redirect(url_for("account.step_up", next=request.path), 303)


@room.get("/security")
def security() -> str:
    """Show how the person signs in."""
    return render_template("account/security.html", person=me(),
                           codes_left=accounts.codes_left(current.reading(), current.actor()))


@room.route("/security/password", methods=["GET", "POST"])
def password() -> Reply:
    """Change the password; every other session ends."""
    if (leads := first_prove()) is not None:
        return leads
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            with current.work() as work:
                credentials.change_password(work, current.actor(), form.password.data or "")
                sessions.revoke_all(work, current.actor(), current.actor().person_id, but=current.session_id())
            flash(gettext("Your password is changed. You were signed out everywhere else."))
            return redirect(url_for("account.security"), 303)
        except Incomplete as error:
            form.password.errors = [said(error)]
    return render_template("account/password.html", form=form, person=me()), 422 if form.errors else 200


@room.route("/security/second-factor", methods=["GET", "POST"])
def second_factor() -> Reply:
    """Set up a second factor; a present one is only replaced after a step-up."""
    person, form = me(), SecondFactorForm()
    if person.totp_secret and (leads := first_prove()) is not None:
        return leads
    if form.validate_on_submit():
        try:
            return enrolled(form)
        except (Incomplete, BadKey):
            form.code.errors = [gettext("The code does not fit. Enter the six digits that the app shows now.")]
    secret = unsealed(form.sealed.data or "", person.id) or credentials.new_secret()
    form.sealed.data = Vault(current.settings().keys).seal(f"{person.id}:{secret}")
    uri = credentials.address(secret, person.email)
    return render_template("account/second_factor.html", form=form, person=person, secret=secret, qr=Qr.of(uri),
                           next=following()), 422 if form.errors else 200


def enrolled(form: SecondFactorForm) -> str:
    """Take the second factor up and show the recovery codes, this once."""
    actor = current.actor()
    secret = unsealed(form.sealed.data or "", actor.person_id)
    with current.work() as work:
        person = work.rows.get_one(Person, actor.person_id)
        codes = credentials.enrol(work, actor, person, secret, form.code.data or "")
        sessions.revoke_all(work, actor, actor.person_id, but=current.session_id())
        renewed = sessions.prove_second_factor(work, actor, current.session_id())
    gate.enter(renewed)
    return shown(codes)


def shown(codes: list[str]) -> str:
    """The recovery codes, shown once, and where to go on to."""
    onward = following() or url_for("account.security")
    return render_template("account/recovery_codes.html", codes=codes, onward=onward)


def unsealed(sealed: str, person_id: int) -> str:
    """The secret that was offered to this person, or nothing."""
    try:
        owner, _, secret = Vault(current.settings().keys).open(sealed).partition(":")
    except BadKey:
        return ""
    return secret if owner == str(person_id) else ""


@room.route("/security/recovery-codes", methods=["GET", "POST"])
def recovery_codes() -> Reply:
    """Make new recovery codes; the earlier ones stop working."""
    if (leads := first_prove()) is not None:
        return leads
    if request.method == "GET":
        return render_template("account/new_codes.html")
    with current.work() as work:
        codes = credentials.new_codes(work, current.actor())
    return shown(codes)


@room.route("/security/second-factor/remove", methods=["GET", "POST"])
def drop_second_factor() -> Reply:
    """Give the second factor up, where the person may."""
    if (leads := first_prove()) is not None:
        return leads
    if request.method == "GET":
        return render_template("account/drop_second_factor.html")
    with current.work() as work:
        credentials.drop_second_factor(work, current.actor())
    flash(gettext("Your second factor is removed."))
    return redirect(url_for("account.security"), 303)
