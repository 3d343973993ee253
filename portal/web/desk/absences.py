"""Who of JMDP is away and who decides meanwhile; what was decided in one's stead, to be read later."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import DateField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from portal.actions import absences as acts
from portal.core import policy
from portal.core.absence import Stated
from portal.core.actor import STAFF
from portal.core.errors import Incomplete, NotNow
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.core.workflow import Move
from portal.models import Absence, Person
from portal.queries import absences, people
from portal.web import current
from portal.web.desk.room import room
from portal.web.errors import blame, said

Reply = str | Response | tuple[str, int]
TOLD = {"confirm": lazy_gettext("Confirmed. Both were told by mail."), "refuse": lazy_gettext("Refused."),
        "end": lazy_gettext("The absence is ended.")}


class AbsenceForm(FlaskForm):
    """Who is away, from when until when, and who decides meanwhile."""

    person = SelectField(lazy_gettext("Who is away"), coerce=int, validators=[InputRequired()])
    from_on = DateField(lazy_gettext("First day"), validators=[
        InputRequired(lazy_gettext("Enter the first day of the absence"))])
    until_on = DateField(lazy_gettext("Last day"), validators=[
        InputRequired(lazy_gettext("Enter the last day of the absence"))])
    deputy_id = SelectField(lazy_gettext("Who decides meanwhile"), coerce=int, description=lazy_gettext(
        "For approvers only. The deputy signs off and decides on findings and re-entrustments. An administrator other "
        "than the one who entered it must confirm first."))

    def offer(self) -> None:
        """Offer the people: an administrator may state anybody's absence, others their own."""
        rows, actor = current.reading(), current.actor()
        self.person.choices = [(one.id, one.name) for one in people.holding(rows, STAFF)
                               if policy.may(actor, Permission.STATE_ABSENCE, Absence(person_id=one.id))]
        self.deputy_id.choices = [(0, gettext("No deputy"))] + [(one.id, one.name) for one in absences.deputies(rows)]
        if not self.is_submitted():
            self.person.data = actor.person_id

    def stated(self) -> Stated:
        """Give what was filled in as plain values."""
        return Stated(self.from_on.data, self.until_on.data, self.deputy_id.data or None)


class ReadingForm(FlaskForm):
    """What the absent approver says to a decision once they have read it."""

    remark = StringField(lazy_gettext("Remark, if any"), validators=[Length(max=1000)])


@room.route("/absences", methods=["GET", "POST"], endpoint="absences")
def listing() -> Reply:
    """Show who is away, and state an absence."""
    form = AbsenceForm()
    form.offer()
    if form.validate_on_submit():
        try:
            with current.work() as work:
                acts.state(work, current.actor(), work.rows.get_one(Person, form.person.data), form.stated())
            flash(gettext("Stated. A deputy decides once an administrator has confirmed it.") if form.deputy_id.data
                  else gettext("The absence is stated."))
            return redirect(url_for("desk.absences"), 303)
        except Incomplete as refusal:
            blame(form, refusal)
    page, today = current.page(), day_in(current.now())
    found = absences.listing(current.reading(), current.actor(), page)
    return render_template("desk/absences.html", form=form, found=found[:absences.PAGE], page=page, today=today,
                           more=len(found) > absences.PAGE), 422 if form.errors else 200


@room.post("/absences/<public_id>/<any(confirm, refuse, end):move>")
def decide_absence(public_id: str, move: str) -> Response:
    """Confirm or refuse a deputy, or end an absence."""
    try:
        with current.work() as work:
            acts.decide(work, current.actor(), absences.one(work.rows, current.actor(), public_id), Move(move))
        flash(str(TOLD[move]))
    except NotNow as refusal:
        flash(said(refusal), "error")
    return redirect(url_for("desk.absences"), 303)


@room.get("/later-readings")
def later_readings() -> str:
    """Show what was decided in the actor's stead."""
    return readings(ReadingForm())


def readings(form: ReadingForm, failed: str = "") -> str:
    """The page; `failed` is the decision whose remark cannot be kept as it was typed."""
    page = current.page()
    found = absences.in_stead(current.reading(), current.actor(), page)
    return render_template("desk/later_readings.html", form=form, failed=failed, found=found[:absences.PAGE], page=page,
                           more=len(found) > absences.PAGE)


@room.post("/later-readings/<public_id>")
def read_later(public_id: str) -> Reply:
    """Keep that a decision was read."""
    form = ReadingForm()
    if not form.validate_on_submit():
        return readings(form, public_id), 422
    with current.work() as work:
        row = absences.decision(work.rows, current.actor(), public_id)
        acts.read_later(work, current.actor(), row, form.remark.data or "")
    flash(gettext("Kept: you have read it."))
    return redirect(url_for("desk.later_readings", page=request.args.get("page")), 303)
