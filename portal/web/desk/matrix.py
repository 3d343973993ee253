"""The matrix of what is shared: over the register or for one party, as pages and as a workbook."""

from dataclasses import replace

from flask import Response, render_template, request
from flask_babel import gettext

from portal.core.evidence.kinds import MIME, Kind
from portal.core.words import STATES
from portal.models import Party, ScopeLine
from portal.queries import matrix
from portal.queries.visible import one
from portal.sheets import listing
from portal.web import current
from portal.web.desk.register_forms import coded, states
from portal.web.desk.room import room
from portal.web.downloads import attachment
from portal.web.languages import language


def wanted() -> matrix.Wanted:
    """What the address asks for."""
    given = {name: request.args.get(name, "")[:40] for name in ("item", "purpose", "route", "place", "state", "party")}
    return matrix.Wanted(page=current.page(), **given)


def whose(asked: matrix.Wanted) -> Party | None:
    """The party the matrix is of, or none; NotFound for an unknown one."""
    return one(current.reading(), current.actor(), Party, asked.party) if asked.party else None


def choices() -> dict[str, dict[str, str]]:
    """The values of every filter with their words."""
    lang, catalogue = language(), current.catalogue()
    return {
        "item": {code: row.label.get(lang) for code, row in catalogue.data_items.items()},
        "purpose": purposes(),
        "route": {row.id: row.label.get(lang) for row in catalogue.rules.route},
        "place": dict(coded("location")), "state": dict(states("scope")),
    }


def purposes() -> dict[str, str]:
    """The purposes and the affairs of the Numbers Act with their titles."""
    lang, catalogue = language(), current.catalogue()
    return {code: row.title.get(lang) for code, row in catalogue.purposes.items()} | {
        code: row.label.get(lang) for code, row in catalogue.affairs.items()}


@room.get("/parties/matrix")
def scope_matrix() -> str:
    """Show items down, purposes across, and in each cell the routes and places with their number of lines."""
    asked = wanted()
    found, party = matrix.cells(current.reading(), current.actor(), asked), whose(asked)
    grid: dict[tuple[str, str], list[matrix.Cell]] = {}
    for cell in found:
        grid.setdefault((cell.item, cell.purpose), []).append(cell)
    return render_template(
        "desk/matrix.html", asked=asked, party=party, grid=grid, choices=choices(),
        items=list(dict.fromkeys(cell.item for cell in found)),
        across=sorted({cell.purpose for cell in found}))


@room.get("/parties/matrix/lines")
def matrix_lines() -> str:
    """Show the lines behind a cell, or behind any choice of filters."""
    asked, rows = wanted(), current.reading()
    party, found = whose(asked), matrix.lines(rows, current.actor(), asked)
    return render_template(
        "desk/matrix_lines.html", asked=asked, party=party, found=found[:matrix.PAGE], more=len(found) > matrix.PAGE,
        parties=matrix.parties(rows, found), choices=choices(), relations=dict(coded("relation")))


@room.get("/parties/matrix.xlsx")
def matrix_file() -> Response:
    """Give the matrix and the lines behind it as a workbook."""
    asked, rows, actor = replace(wanted(), page=1), current.reading(), current.actor()
    whose(asked)
    words = choices()
    summed = [[words["item"].get(cell.item, cell.item), f"{cell.purpose} {words['purpose'].get(cell.purpose, '')}",
               words["route"].get(cell.route, cell.route) or "–", words["place"][cell.place], str(cell.lines)]
              for cell in matrix.cells(rows, actor, asked)]
    found = matrix.every(rows, actor, asked)
    parties = matrix.parties(rows, found)
    told = [row for line in found[:matrix.MOST] for row in rows_of(line, parties[line.party_id], words)]
    if len(found) > matrix.MOST:
        told.append([gettext("Only the first %(count)s lines are in this file: use the filters.", count=matrix.MOST)])
    data = listing.workbook(gettext("Matrix of what is shared"), [
        listing.page(gettext("Matrix"), heads()[:4] + [(gettext("Scope lines"), 12)], summed),
        listing.page(gettext("Scope lines"), [(gettext("Party"), 30), *heads(), *more_heads()], told)], current.now())
    return attachment(iter([data]), "matrix.xlsx", MIME[Kind.XLSX], len(data))


def heads() -> list[tuple[str, int]]:
    """The four sides of the matrix as heads of columns."""
    return [(gettext("Data item"), 24), (gettext("Purpose"), 36), (gettext("Route"), 40), (gettext("Place"), 14)]


def more_heads() -> list[tuple[str, int]]:
    """What stands beside them for each line."""
    return [(gettext("Country"), 8), (gettext("Means of transfer"), 24), (gettext("Kept for"), 24),
            (gettext("State"), 12), (gettext("Verdict"), 14)]


def rows_of(line: ScopeLine, party: Party, words: dict[str, dict[str, str]]) -> list[list[str]]:
    """A line as rows of the file, one for each item."""
    lang, name = language(), party.name(language())
    return [[name, words["item"].get(item, item), f"{line.purpose} {words['purpose'].get(line.purpose, '')}",
             words["route"].get(line.route, line.route) or "–", words["place"][line.location], line.country, line.means,
             line.retention, words["state"][line.state], STATES["lawful"][line.verdict].get(lang)]
            for item in line.items]
