"""The joint-use notice at the desk: what it carries and what not, its draft, its publication and yearly look."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import jointuse
from portal.core.errors import Incomplete, NotFound, Stale
from portal.core.jointuse import MATTERS, named, when_to_tell
from portal.core.policy import Permission, require
from portal.core.readable import day_in
from portal.models import JointUseDraft
from portal.queries import jointuse as notices
from portal.queries.visible import GONE
from portal.store.engine import Rows
from portal.web import current
from portal.web.desk.jointuse_forms import NoticeForm, PublishForm
from portal.web.desk.room import room
from portal.web.errors import blame, said

Reply = str | Response | tuple[str, int]


def draft_of(rows: Rows) -> JointUseDraft:
    """The notice being written; NotFound when there is none."""
    found = notices.draft(rows, current.actor())
    if found is None:
        raise NotFound(GONE)
    return found


@room.get("/records/joint-use")
def joint_use() -> str:
    """Show the notice in force, the joint uses it does not carry, and its versions."""
    rows, actor, today = current.reading(), current.actor(), day_in(current.now())
    notice = notices.in_force(rows, today)
    page = current.page()
    held = notices.uses(rows, actor, today, page)
    return render_template(
        "desk/records/joint_use.html", notice=notice, draft=notices.draft(rows, actor), matters=MATTERS, named=named,
        held=held[:notices.PAGE], more=len(held) > notices.PAGE, page=page, versions=notices.versions(rows, actor),
        seen=notices.looked_at(rows, notice) if notice else None,
        is_current=notice is not None and notices.is_current(rows, notice, today))


@room.post("/records/joint-use/begin")
def joint_use_begin() -> Response:
    """Begin the next notice, or go on with it."""
    with current.work() as work:
        jointuse.begin(work, current.actor())
    return redirect(url_for("desk.joint_use_draft"), 303)


@room.route("/records/joint-use/draft", methods=["GET", "POST"])
def joint_use_draft() -> Reply:
    """Write the next notice: its matters in both languages, and what it covers."""
    require(current.actor(), Permission.EDIT_NOTICE)
    form, status = NoticeForm(), 200
    form.offer(notices.sharing_jointly(current.reading(), current.actor()))
    if form.is_submitted():
        status = save(form) if form.validate() else 422
        if status == 303:
            return redirect(url_for("desk.joint_use_publish"), 303)
    draft = draft_of(current.reading())
    if not form.is_submitted():
        form.fill(draft)
    return render_template("desk/records/joint_use_draft.html", form=form, draft=draft, matters=MATTERS,
                           theirs=form.beside(draft) if status == 409 else []), status


def save(form: NoticeForm) -> int:
    """Keep the form in the draft; gives the status: 303 kept, 409 somebody was first, 422 not on the list."""
    try:
        with current.work() as work:
            jointuse.save(work, current.actor(), draft_of(work.rows), form.said(),
                          request.form.get("version", type=int))
    except Stale as refusal:
        flash(said(refusal))
        return 409
    except Incomplete as refusal:
        blame(form, refusal)
        return 422
    return 303


@room.route("/records/joint-use/publish", methods=["GET", "POST"])
def joint_use_publish() -> Reply:
    """Show what changes and when it must be told; the approver publishes."""
    form, problems = PublishForm(), {}
    if form.validate_on_submit() and form.effective_on.data:
        try:
            with current.work() as work:
                jointuse.publish(work, current.actor(), draft_of(work.rows), form.effective_on.data,
                                 form.basis.data or "")
            flash(gettext("Published. The public page shows it from the day on which it applies."))
            return redirect(url_for("desk.joint_use"), 303)
        except Incomplete as refusal:
            problems = {name: gettext(sentence) for name, sentence in refusal.fields.items()}
    return drawn(form, problems), 422 if form.is_submitted() else 200


def drawn(form: PublishForm, problems: dict[str, str]) -> str:
    """The page before publication: each matter, what differs from the last notice, and when that must be told."""
    rows = current.reading()
    draft, last = draft_of(rows), notices.newest(rows)
    told = jointuse.changes(draft, last) if last else ()
    for name in set(problems) & {"effective_on", "basis"}:
        form[name].errors = [problems.pop(name)]
    return render_template(
        "desk/records/joint_use_publish.html", form=form, draft=draft, last=last, matters=MATTERS, told=told,
        problems=problems, when={matter: when_to_tell(matter) for matter in told})


@room.post("/records/joint-use/discard")
def joint_use_discard() -> Response:
    """Throw the draft away."""
    with current.work() as work:
        jointuse.discard(work, current.actor(), draft_of(work.rows))
    flash(gettext("The draft was thrown away. Nothing that was published has changed."))
    return redirect(url_for("desk.joint_use"), 303)


@room.post("/records/joint-use/<int:number>/review")
def joint_use_review(number: int) -> Response:
    """Keep that the notice was looked at again."""
    try:
        with current.work() as work:
            notice = notices.numbered(work.rows, number)
            if notice is None:
                raise NotFound(GONE)
            jointuse.review(work, current.actor(), notice, request.form.get("note", ""))
    except Incomplete as refusal:
        flash(said(refusal))
    return redirect(url_for("desk.joint_use"), 303)
