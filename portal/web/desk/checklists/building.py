"""The builder: a draft's head and questions, each on a page of its own; every save keeps, fit or not."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import building
from portal.core import editing
from portal.core.checklist_words import COLUMN_KINDS
from portal.core.errors import Incomplete, Stale
from portal.core.templates import Question, Template
from portal.core.wellmade import faults
from portal.queries import checklists as shelf
from portal.web import current
from portal.web.desk.checklists import asked, preview
from portal.web.desk.checklists.forms import HeadForm, NewForm, QuestionForm, named
from portal.web.desk.checklists.shelf import workbook
from portal.web.desk.room import room
from portal.web.errors import said

Page = str | Response | tuple[str, int]


def drafted(public_id: str) -> Template:
    """What stands in a draft; NotFound when there is none."""
    rows = current.reading()
    return shelf.drafted(rows, shelf.draft(rows, current.actor(), public_id))


@room.route("/checklists/new", methods=["GET", "POST"], endpoint="checklist_new")
def new() -> Page:
    """Begin a checklist that was not there before."""
    form, problem = NewForm(), ""
    if form.validate_on_submit():
        try:
            with current.work() as work:
                draft = building.begin_new(work, current.actor(), form.code.data or "", asked.bilingual(form, "title"))
                work.rows.flush()
                place = draft.public_id
            return redirect(url_for("desk.draft", public_id=place), 303)
        except Incomplete as refusal:
            problem = said(refusal)
            form.code.errors = [gettext(text) for text in refusal.fields.values()]
    return render_template("desk/checklists/new.html", form=form, problem=problem), 422 if form.is_submitted() else 200


@room.get("/checklists/drafts/<public_id>", endpoint="draft")
def overview(public_id: str) -> str:
    """Show a draft: its questions in order, and what keeps it from being published."""
    rows = current.reading()
    found = shelf.draft(rows, current.actor(), public_id)
    template = shelf.drafted(rows, found)
    return render_template("desk/checklists/draft.html", draft=found, template=template,
                           faults=faults(template, current.catalogue()), newest=shelf.newest(rows, found.code))


@room.get("/checklists/drafts/<public_id>/preview", endpoint="draft_preview")
def as_party(public_id: str) -> str:
    """Show a draft as a party would meet it."""
    return preview.page(drafted(public_id), url_for("desk.draft", public_id=public_id))


@room.get("/checklists/drafts/<public_id>/checklist.xlsx", endpoint="draft_xlsx")
def as_workbook(public_id: str) -> Response:
    """Give a draft as a workbook, to be worked on outside."""
    return workbook(drafted(public_id), 0)


@room.route("/checklists/drafts/<public_id>/head", methods=["GET", "POST"], endpoint="draft_head")
def head(public_id: str) -> Page:
    """Change what a checklist is for and how often it is asked."""
    stands = drafted(public_id).checklist
    form, theirs = HeadForm(data=asked.head_fields(stands) | {"mark": editing.mark(stands)}), None
    if form.validate_on_submit():
        try:
            with current.work() as work:
                draft = shelf.draft(work.rows, current.actor(), public_id)
                building.save_head(work, current.actor(), draft, asked.head(form, stands), form.mark.data or "")
            flash(gettext("Saved."))
            return redirect(url_for("desk.draft", public_id=public_id), 303)
        except Stale as clash:
            theirs, form.mark.data = clash.theirs, editing.mark(stands)
    status = 409 if theirs else 422 if form.is_submitted() else 200
    return render_template("desk/checklists/head.html", form=form, public_id=public_id, theirs=theirs), status


@room.route("/checklists/drafts/<public_id>/questions/<name>", methods=["GET", "POST"], endpoint="draft_question")
def question(public_id: str, name: str) -> Page:
    """Write a question; "new" is one that was not there before."""
    template = drafted(public_id)
    stands = next((row for row in template.questions if row.id == name), None)
    form = filled(template, stands)
    theirs: object = None
    if form.validate_on_submit():
        try:
            return kept(public_id, form, stands)
        except Stale as clash:
            theirs, form.mark.data = clash.theirs, editing.mark(stands)
            form.id.errors = [] if stands else [gettext("This number is taken. Choose another.")]
    return drawn(public_id, form, stands, theirs)


def filled(template: Template, stands: Question | None) -> QuestionForm:
    """The form of a question with what stands, or of a new one with what most have."""
    usual = {"id": editing.next_id(template), "answer_type": "yes_no_partial_na", "answered_by": "party", "good": "yes",
             "allow_na": True, "evidence_when": "never", "validity_months": 12, "criticality": "medium",
             "findings": ["no"], "section": request.args.get("section", "DOM")}
    data = asked.fields(stands) if stands else usual
    form = QuestionForm(data=data | {"mark": editing.mark(stands)})
    ids = [row.id for row in template.questions]
    form.offer(template, ids[:ids.index(stands.id)] if stands else ids)
    return form


def kept(public_id: str, form: QuestionForm, stands: Question | None) -> Response:
    """Keep the question and go where the button says; Stale when somebody changed it meanwhile."""
    made = asked.question(form, request.form, stands)
    with current.work() as work:
        draft = shelf.draft(work.rows, current.actor(), public_id)
        building.save_question(work, current.actor(), draft, made, form.mark.data or "")
    flash(gettext("Saved."))
    if request.form.get("go") == "list":
        return redirect(url_for("desk.draft", public_id=public_id, _anchor=made.id), 303)
    return redirect(url_for("desk.draft_question", public_id=public_id,
                            name="new" if request.form.get("go") == "new" else made.id), 303)


def drawn(public_id: str, form: QuestionForm, stands: Question | None, theirs: object) -> tuple[str, int]:
    """The page of a question: what was typed, its faults as it stands, a colleague's wording where there is one."""
    current.close_reading()
    typed = request.form if form.is_submitted() else None
    whole = faults(drafted(public_id), current.catalogue()) if stands and not typed else []
    found = [fault for fault in whole if stands and fault.question == stands.id]
    page = render_template(
        "desk/checklists/question.html", form=form, public_id=public_id, stands=stands, theirs=theirs,
        faults=found, column_kinds=named(COLUMN_KINDS),
        choices=list(asked.rows(typed, "choice", asked.CHOICE)) if typed else asked.choice_rows(stands),
        columns=list(asked.rows(typed, "column", asked.COLUMN)) if typed else asked.column_rows(stands))
    return page, 409 if theirs else 422 if typed else 200


@room.post("/checklists/drafts/<public_id>/questions/<name>/move", endpoint="draft_move")
def move(public_id: str, name: str) -> Response:
    """Move a question up or down by one place."""
    with current.work() as work:
        draft = shelf.draft(work.rows, current.actor(), public_id)
        building.move_question(work, current.actor(), draft, name, -1 if request.form.get("to") == "up" else 1)
    return redirect(url_for("desk.draft", public_id=public_id, _anchor=name), 303)


@room.post("/checklists/drafts/<public_id>/questions/<name>/remove", endpoint="draft_remove")
def remove(public_id: str, name: str) -> Response:
    """Take a question out of a draft."""
    with current.work() as work:
        building.remove_question(work, current.actor(), shelf.draft(work.rows, current.actor(), public_id), name)
    flash(gettext("Taken out. Published versions keep the question."))
    return redirect(url_for("desk.draft", public_id=public_id), 303)
