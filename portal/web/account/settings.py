"""A person's settings: names, language, time zone, shortcuts."""

from datetime import time
from zoneinfo import available_timezones

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from portal.actions import people
from portal.core.posting import TIMES
from portal.models import Person
from portal.web import current
from portal.web.account.room import room

ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix")))


class SettingsForm(FlaskForm):
    """What a person may set for themselves."""

    name = StringField(lazy_gettext("Name"), validators=[
        DataRequired(lazy_gettext("Enter your name")), Length(max=100)])
    name_kana = StringField(lazy_gettext("Name in kana"), validators=[Length(max=100)])
    name_romaji = StringField(lazy_gettext("Name in Latin letters"), validators=[Length(max=100)])
    language = SelectField(lazy_gettext("Language of pages and mails"), choices=[("ja", "日本語"), ("en", "English")],
                           validators=[InputRequired()])
    zone = SelectField(lazy_gettext("Time zone"), choices=[(zone, zone) for zone in ZONES],
                       validators=[InputRequired()])
    rhythm = RadioField(lazy_gettext("Notices that can wait"), choices=[
        ("instant", lazy_gettext("Each at once")), ("daily", lazy_gettext("In one digest a day"))],
        description=lazy_gettext("Requests, returns, receipts, reminders and security notices always come at once."))
    digest_at = SelectField(lazy_gettext("Time of the digest"), coerce=lambda said: time.fromisoformat(str(said)),
                            choices=[(at, f"{at:%H:%M}") for at in TIMES],
                            description=lazy_gettext("On the clock of your time zone."))
    has_shortcuts = BooleanField(lazy_gettext("Use single keys as shortcuts on the review pages"))


@room.route("/", methods=["GET", "POST"])
def settings() -> str | Response | tuple[str, int]:
    """Show and keep the settings."""
    person = current.reading().get_one(Person, current.actor().person_id)
    form = SettingsForm(obj=person)
    if form.validate_on_submit():
        with current.work() as work:
            people.describe_self(work, current.actor(), people.Self(
                form.name.data or "", form.name_kana.data or "", form.name_romaji.data or "",
                form.language.data, form.zone.data, has_shortcuts=bool(form.has_shortcuts.data),
                rhythm=form.rhythm.data, digest_at=form.digest_at.data))
        flash(gettext("Saved."))
        return redirect(url_for("account.settings"), 303)
    return render_template("account/settings.html", form=form), 422 if form.errors else 200
