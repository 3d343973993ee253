"""Records of one scope line: how they are kept, making one, and correcting one."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import provision
from portal.core.errors import Incomplete, NotFound
from portal.core.policy import Permission, require
from portal.core.recordkeeping import ASKED
from portal.models import Engagement, Party, Provision, ScopeLine
from portal.queries import provision as kept
from portal.queries.visible import GONE, one
from portal.web import current
from portal.web.desk.record_forms import RecordForm, SettingForm
from portal.web.desk.room import room
from portal.web.errors import blame

Reply = str | Response | tuple[str, int]


@room.route("/scopes/<public_id>/records", methods=["GET", "POST"])
def line_records(public_id: str) -> Reply:
    """Show a line's records and how they are kept; a form says it anew."""
    form, status = SettingForm(), 200
    form.offer()
    if form.is_submitted():
        status = set_up(form, public_id) if form.validate() else 422
        if status == 303:
            flash(gettext("Kept. The line was judged again."))
            return redirect(url_for("desk.scope", public_id=public_id), 303)
    return line_page(public_id, form), status


def set_up(form: SettingForm, public_id: str) -> int:
    """Keep the setting; gives 303, or 422 with the sentences at their fields."""
    try:
        with current.work() as work:
            line = one(work.rows, current.actor(), ScopeLine, public_id)
            provision.set_up(work, current.actor(), line, form.setting())
    except Incomplete as refusal:
        blame(form, refusal)
        return 422
    return 303


def line_page(public_id: str, form: SettingForm) -> str:
    """The page of a line's records."""
    rows, catalogue = current.reading(), current.catalogue()
    line = one(rows, current.actor(), ScopeLine, public_id)
    stands = kept.setting(rows, line)
    engagement = rows.get_one(Engagement, line.engagement_id)
    if not form.is_submitted():
        form.fill(stands)
    return render_template(
        "desk/records/line.html", line=line, form=form, stands=stands, engagement=engagement,
        party=rows.get_one(Party, line.party_id), found=kept.of_line(rows, line), kinds=catalogue.record_types,
        offered=kept.kinds(catalogue, line, engagement.relation))


@room.route("/scopes/<public_id>/records/new/<kind>", methods=["GET", "POST"])
def new_record(public_id: str, kind: str) -> Reply:
    """Make a record of a kind for a line."""
    if kind not in ASKED:
        raise NotFound(GONE)
    rows = current.reading()
    line = one(rows, current.actor(), ScopeLine, public_id)
    require(current.actor(), Permission.KEEP_RECORDS, line)
    party, form = rows.get_one(Party, line.party_id), RecordForm()
    form.offer(kind, line)
    if form.validate_on_submit() and (place := made(form, kind, public_id)):
        return redirect(url_for("desk.record_sheet", public_id=place), 303)
    if not form.is_submitted():
        form.begin(line, party, next((row for row in kept.of_line(rows, line) if row.record == kind), None))
    return drawn(form, kind, line, party), 422 if form.errors else 200


def made(form: RecordForm, kind: str, public_id: str) -> str:
    """Make the record of a form; gives its public id, or nothing with the sentences at their fields."""
    try:
        with current.work() as work:
            line = one(work.rows, current.actor(), ScopeLine, public_id)
            row = provision.make(work, current.actor(), line, form.made(kind))
            work.rows.flush()
            return row.public_id
    except Incomplete as refusal:
        blame(form, refusal)
        return ""


@room.route("/records/<public_id>/correct", methods=["GET", "POST"])
def correct_record(public_id: str) -> Reply:
    """Put a corrected record in the place of one; what stood stays readable."""
    rows = current.reading()
    wrong = one(rows, current.actor(), Provision, public_id)
    require(current.actor(), Permission.KEEP_RECORDS, wrong)
    party, line, form = *kept.whose(rows, wrong), RecordForm()
    form.offer(wrong.record, line)
    if form.validate_on_submit() and (place := corrected(form, wrong.record, public_id)):
        return redirect(url_for("desk.record_sheet", public_id=place), 303)
    if not form.is_submitted():
        form.repeat(wrong)
    return drawn(form, wrong.record, line, party, wrong), 422 if form.errors else 200


def corrected(form: RecordForm, kind: str, public_id: str) -> str:
    """Correct by the form; gives the new record's public id, or nothing with the sentences at their fields."""
    try:
        with current.work() as work:
            wrong = one(work.rows, current.actor(), Provision, public_id)
            row = provision.correct(work, current.actor(), wrong, form.made(kind), form.why.data or "")
            work.rows.flush()
            return row.public_id
    except Incomplete as refusal:
        blame(form, refusal)
        return ""


def drawn(form: RecordForm, kind: str, line: ScopeLine, party: Party, wrong: Provision | None = None) -> str:
    """The page of a record's form."""
    return render_template("desk/records/record_form.html", form=form, line=line, party=party, wrong=wrong,
                           asked=ASKED[kind], kind=current.catalogue().record_types[kind])
