"""The records of provision and receipt at the desk: the list and its files, one record, and the lines that lack one."""

from dataclasses import replace

from flask import Response, render_template, request
from flask_babel import gettext

from portal.core.readable import day_in
from portal.core.recordkeeping import ASKED, MANNERS
from portal.models import Provision
from portal.queries import provision
from portal.web import current
from portal.web.desk.room import room
from portal.web.downloads import Listed, table_file
from portal.web.languages import language

YEARS = range(2000, 2100)
"""The fiscal years that an address may name; any other is none."""


def wanted() -> provision.Wanted:
    """What the address asks for."""
    given, year = request.args, request.args.get("year", 0, type=int)
    return provision.Wanted(
        given.get("q", "").strip()[:80], given.get("record", ""), given.get("party", ""),
        year if year in YEARS else 0, given.get("keep", ""), current.page())


@room.get("/records/")
def records() -> str:
    """Show one page of records, with the filters of the address."""
    rows, actor, today, asked = current.reading(), current.actor(), day_in(current.now()), wanted()
    found = provision.listing(rows, actor, asked, today)
    return render_template(
        "desk/records/list.html", found=found[:provision.PAGE], more=len(found) > provision.PAGE, asked=asked,
        kinds={code: current.catalogue().record_types[code].label for code in ASKED}, today=today,
        counts=provision.counts(rows, actor), manners=MANNERS, years=range(today.year, today.year - 6, -1))


@room.get("/records/missing")
def records_missing() -> str:
    """Show the running lines whose route wants records but that have none of the last year."""
    page = current.page()
    found = provision.lacking(current.reading(), current.actor(), current.catalogue(), day_in(current.now()), page)
    return render_template("desk/records/missing.html", found=found[:provision.PAGE], page=page,
                           more=len(found) > provision.PAGE, kinds=current.catalogue().record_types)


@room.get("/records/<public_id>")
def record_sheet(public_id: str) -> str:
    """Show one record with what it corrects and what corrected it."""
    rows, actor = current.reading(), current.actor()
    told = provision.chain(rows, actor, public_id)
    shown, by = next((row, who) for row, who in told if row.public_id == public_id)
    party, line = provision.whose(rows, shown)
    return render_template(
        "desk/records/sheet.html", row=shown, by=by, told=told, party=party, line=line, manners=MANNERS,
        asked=ASKED[shown.record], kind=current.catalogue().record_types[shown.record],
        items=current.catalogue().data_items, stands=told[-1][0] is shown)


@room.get("/records/records.<ending>")
def records_file(ending: str) -> Response:
    """Give the records asked for as a workbook or as CSV, at most ten thousand."""
    asked = replace(wanted(), page=1)
    found = provision.every(current.reading(), current.actor(), asked, day_in(current.now()))
    told, most = [row_of(row) for row in found[:provision.MOST]], provision.MOST
    return table_file(Listed("records", gettext("Records"), heads(), told, most if len(found) > most else 0), ending)


def heads() -> list[tuple[str, int]]:
    """The heads of the file, with their widths."""
    return [(gettext("Record number"), 16), (gettext("Kind of record"), 24), (gettext("Party"), 30),
            (gettext("First day"), 12), (gettext("Last day"), 12), (gettext("Number of individuals"), 10),
            (gettext("Data items"), 40), (gettext("Reference in the core system"), 24),
            (gettext("Route"), 20), (gettext("What the record holds besides"), 50), (gettext("Kept until"), 12)]


def row_of(row: Provision) -> list[str]:
    """A record as a row of the file."""
    lang, catalogue = language(), current.catalogue()
    said = "\n".join(f"{asked.label.get(lang)}: {row.said.get(asked.name, '')}" for asked in ASKED[row.record])
    items = ", ".join(catalogue.data_items[code].label.get(lang) for code in row.items)
    kind, days = catalogue.record_types[row.record], (row.first_on, row.last_on, row.kept_until)
    first, last, until = (day.isoformat() for day in days)
    told = [row.number, kind.label.get(lang), row.party.name(lang), first, last, str(row.persons), items]
    return [*told, row.reference, row.route, said, until]
