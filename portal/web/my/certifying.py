"""Check the answers, and certify."""

from flask import redirect, render_template, url_for
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Length

from portal.actions import certify, receipts
from portal.core.errors import Incomplete, NotAllowed
from portal.models import Attestation
from portal.queries import tasks
from portal.queries.visible import one
from portal.web import current
from portal.web.errors import said
from portal.web.my.home import sheet_of
from portal.web.my.room import room


class CertifyForm(FlaskForm):
    """Who certifies, in which function, and the declaration."""

    name = StringField(lazy_gettext("Name"), validators=[
        DataRequired(lazy_gettext("Enter your name")), Length(max=100)])
    title = StringField(lazy_gettext("Title or function"), validators=[
        DataRequired(lazy_gettext("Enter your title or function")), Length(max=100)])
    is_declared = BooleanField(lazy_gettext(
        "I certify that these answers are true to the best of my knowledge, on behalf of our organisation."
    ), validators=[DataRequired(lazy_gettext("Tick the declaration to certify the answers"))])


def page(public_id: str, form: CertifyForm, problem: str = "") -> str:
    """The check page with the form as it stands."""
    return render_template("my/check.html", sheet=sheet_of(public_id), form=form, problem=problem)


@room.get("/attestations/<public_id>/check")
def check(public_id: str) -> str:
    """Show what will be submitted: what changed in full, what did not in one line, what is missing as links."""
    actor = current.actor()
    return page(public_id, CertifyForm(name=actor.name, title=actor.title))


@room.post("/attestations/<public_id>/certify")
def submit(public_id: str) -> Response | tuple[str, int]:
    """Certify and submit."""
    form = CertifyForm()
    if not form.validate_on_submit():
        return page(public_id, form), 422
    try:
        with current.work() as work:
            found = one(work.rows, current.actor(), Attestation, public_id, *tasks.WITH_ALL)
            version = certify.submit(work, current.actor(), found, certify.Certificate(
                form.name.data or "", form.title.data or "", bool(form.is_declared.data)))
            receipts.ask(work, current.actor(), version)
    except (Incomplete, NotAllowed) as refusal:
        return page(public_id, form, said(refusal)), refusal.status
    return redirect(url_for("my.receipt", public_id=public_id), 303)
