"""The reminder ladder on the desk: which letters would go, for a due day and a supposed course of a request."""

from datetime import date, timedelta
from typing import Any

from flask import render_template, request
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DateField, StringField
from wtforms.validators import Length, Optional

from portal.core import reminders
from portal.core.deadlines import add_business_days
from portal.core.readable import day_in
from portal.web import current
from portal.web.desk.room import room

EVENTS = ("begun_on", "half_on", "complete_on", "submitted_on", "withdrawn_on", "paused_on")


class CourseForm(FlaskForm):
    """A supposed course; it changes nothing and stands in the address."""

    class Meta:
        """It changes nothing, so it needs no token."""

        csrf = False

    asked_on = DateField(lazy_gettext("Asked on"), validators=[Optional()])
    due_on = DateField(lazy_gettext("Due on"), validators=[Optional()])
    country = StringField(lazy_gettext("Country (two letters)"), validators=[Length(max=2)])
    begun_on = DateField(lazy_gettext("First answer on"), validators=[Optional()])
    half_on = DateField(lazy_gettext("Half answered on"), validators=[Optional()])
    complete_on = DateField(lazy_gettext("All answered on"), validators=[Optional()])
    submitted_on = DateField(lazy_gettext("Submitted on"), validators=[Optional()])
    withdrawn_on = DateField(lazy_gettext("Withdrawn on"), validators=[Optional()])
    paused_on = DateField(lazy_gettext("Round paused on"), validators=[Optional()])

    def story(self, today: date) -> reminders.Story:
        """Give the course as plain values; without a day it was asked today and is due in thirty days."""
        asked = self.asked_on.data or today
        due = self.due_on.data or add_business_days(asked + timedelta(days=29), 1)
        self.asked_on.data, self.due_on.data = asked, due
        self.country.data = (self.country.data or "JP").upper()
        events = {name: self[name].data for name in EVENTS}
        return reminders.Story(asked, due, self.country.data, **events)


def recipients() -> dict[str, str]:
    """Whom a rung is for, in words."""
    return {"to_party": gettext("Everybody at the party"), "to_officers": gettext("The party's officers"),
            "to_leads": gettext("JMDP's leads"), "to_approvers": gettext("JMDP's approvers")}


@room.get("/rounds/reminders")
def reminder_ladder() -> tuple[str, int]:
    """Show the ladder as it would go for a supposed course of a request."""
    given: MultiDict[str, Any] = MultiDict(request.args)
    form = CourseForm(formdata=given if given else None)
    if given:
        form.validate()
    decided = reminders.course(current.catalogue().ladder, form.story(day_in(current.now())))
    return render_template("desk/rounds/reminders.html", form=form, decided=decided, recipients=recipients(),
                           late=reminders.LATE_DAYS), 422 if form.errors else 200
