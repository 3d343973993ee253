"""Overseas sheets at the desk: the list and its file, one sheet, and a statement made anew (APPI Art. 28)."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from portal.actions import overseas as acts
from portal.core.errors import Incomplete, NotFound
from portal.core.overseas import ASKED, OUTCOMES, PROVED, SUBJECTS, Subject
from portal.core.policy import Permission, require
from portal.core.readable import day_in
from portal.core.words import word
from portal.models import Evidence, Party
from portal.queries import evidence, overseas
from portal.queries.visible import GONE, one
from portal.web import current
from portal.web.desk.overseas_forms import StatementForm
from portal.web.desk.room import room
from portal.web.downloads import Listed, table_file
from portal.web.errors import blame
from portal.web.languages import language

Reply = str | Response | tuple[str, int]


@room.get("/records/overseas")
def overseas_sheets() -> str:
    """Show one page of sheets: each party and country outside Japan, and how its statements stand."""
    page, party = current.page(), request.args.get("party", "")[:30]
    found = overseas.listing(current.reading(), current.actor(), page, party)
    return render_template(
        "desk/records/overseas.html", found=found[:overseas.PAGE], more=len(found) > overseas.PAGE, page=page,
        party=party, subjects=SUBJECTS, today=day_in(current.now()))


@room.get("/records/overseas.<ending>")
def overseas_file(ending: str) -> Response:
    """Give the sheets as a workbook or as CSV, a row for each subject."""
    found = overseas.listing(current.reading(), current.actor(), 1, request.args.get("party", "")[:30], overseas.MOST)
    told, most = [row for sheet in found[:overseas.MOST] for row in rows_of(sheet)], overseas.MOST
    return table_file(Listed("overseas", gettext("Overseas sheets"), heads(), told, most if len(found) > most else 0),
                      ending)


@room.get("/parties/<public_id>/overseas/<country>")
def overseas_sheet(public_id: str, country: str) -> str:
    """Show a party's sheet for one country: what stands on each subject, and all that was ever stated."""
    rows, actor = current.reading(), current.actor()
    sheet = overseas.one(rows, actor, public_id, country)
    return render_template(
        "desk/records/overseas_sheet.html", sheet=sheet, party=sheet.place.party, subjects=SUBJECTS, asked=ASKED,
        outcomes=OUTCOMES, proved=PROVED, today=day_in(current.now()), told=overseas.history(rows, actor, sheet))


@room.route("/parties/<public_id>/overseas/<country>/<subject>", methods=["GET", "POST"])
def overseas_statement(public_id: str, country: str, subject: str) -> Reply:
    """State a subject of a sheet anew; all but a check begins from what was said last."""
    rows, actor, asked = current.reading(), current.actor(), subject_of(subject)
    sheet = overseas.one(rows, actor, public_id, country)
    require(actor, Permission.RECORD_CHECK, sheet.place.party)
    form, last = StatementForm(), sheet.newest.get(asked)
    form.offer(asked, evidence.usable(rows, actor, sheet.place.party.id))
    if form.validate_on_submit() and keep(form, public_id, country, asked):
        flash(gettext("Kept. The party's lines are judged again."))
        return redirect(url_for("desk.overseas_sheet", public_id=public_id, country=country), 303)
    if not form.is_submitted():
        form.begin(last.row if last and asked != "check" else None)
    return render_template("desk/records/overseas_form.html", form=form, sheet=sheet, party=sheet.place.party,
                           subject=asked, subjects=SUBJECTS, asked=ASKED[asked]), 422 if form.errors else 200


def subject_of(code: str) -> Subject:
    """The subject of an address; NotFound for any other."""
    for subject in SUBJECTS:
        if subject == code:
            return subject
    raise NotFound(GONE)


def keep(form: StatementForm, public_id: str, country: str, subject: Subject) -> bool:
    """Keep the form's statement; where something is missing, the sentences stand at their fields."""
    try:
        with current.work() as work:
            actor = current.actor()
            party = one(work.rows, actor, Party, public_id)
            file = one(work.rows, actor, Evidence, form.evidence.data) if form.evidence.data else None
            acts.state(work, actor, party, country, form.stated(subject, file.id if file else None))
        return True
    except Incomplete as refusal:
        blame(form, refusal, "source")
        return False


def heads() -> list[tuple[str, int]]:
    """The heads of the file, with their widths."""
    return [(gettext("Party"), 30), (gettext("Country"), 8), (gettext("Lines"), 8), (gettext("Subject"), 30),
            (gettext("State"), 16), (gettext("Looked at on"), 12), (gettext("Holds until"), 12),
            (gettext("Stated by"), 18), (gettext("What is stated"), 60), (gettext("What the check came to"), 24),
            (gettext("Source of the statement"), 40), (gettext("File that proves it"), 30)]


def rows_of(sheet: overseas.Sheet) -> list[list[str]]:
    """A sheet as rows of the file: one for each subject that is stated or wanted."""
    lang, place, today, told = language(), sheet.place, day_in(current.now()), []
    for subject, label in SUBJECTS.items():
        stands, stated = sheet.standing(subject, today), sheet.newest.get(subject)
        if stands == "unasked":
            continue
        row = [place.party.name(lang), place.country, str(place.lines), label.get(lang),
               word("overseas", stands).get(lang)]
        told.append(row + (cells(stated, subject) if stated else [""] * 7))
    return told


def cells(stated: overseas.Stated, subject: Subject) -> list[str]:
    """The cells of a statement: its days, who made it, what it says, and what it rests on."""
    lang, row = language(), stated.row
    said = "\n".join(f"{asked.label.get(lang)}: {row.said.get(asked.name, '')}" for asked in ASKED[subject])
    outcome = OUTCOMES[stated.said.outcome].get(lang) if stated.said.outcome else ""
    return [row.made_on.isoformat(), stated.said.until.isoformat(), stated.by, said, outcome, row.source, stated.file]
