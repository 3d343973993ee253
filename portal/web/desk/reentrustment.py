"""Re-entrustment at the desk: the list over the register, one body, and every act on it by a form of its own."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug import Response

from portal.actions import consent as acts
from portal.core import deadlines
from portal.core.readable import day_in
from portal.core.words import STATES, word
from portal.core.workflow import TABLES, Move
from portal.models import Reentrustment
from portal.queries import absences, log
from portal.queries import reentrustment as asked
from portal.store.translations import country
from portal.store.work import Work
from portal.web import current, tree
from portal.web.acting import carried_out
from portal.web.desk.reentrustment_forms import FORMS
from portal.web.desk.room import room
from portal.web.downloads import Listed, letter_file, table_file
from portal.web.languages import language

Reply = str | Response | tuple[str, int]
ANSWER = "DL-SUBREQ"
"""The clock of JMDP's answer to a request (catalogue/deadlines.toml)."""


def wanted() -> asked.Wanted:
    """Read the filters and the page from the address."""
    given = {name: request.args.get(name, "")[:20] for name in ("country", "state", "step")}
    return asked.Wanted(day_in(current.now()), page=current.page(), waiting="waiting" in request.args, **given)


@room.get("/parties/reentrustment", endpoint="reentrustments")
def listing() -> str:
    """Show one page of re-entrusted bodies over the register."""
    rows, actor, wish = current.reading(), current.actor(), wanted()
    found = asked.listing(rows, actor, wish)
    return render_template(
        "desk/reentrustments.html", wish=wish, found=found[:asked.PAGE], more=len(found) > asked.PAGE,
        countries=asked.countries(rows, actor), states=STATES["reentrustment"], due=due)


@room.get("/parties/reentrustment.<ending>")
def reentrustments_file(ending: str) -> Response:
    """Give what the list is asked for as a workbook or as CSV."""
    found, most = asked.listing(current.reading(), current.actor(), replace(wanted(), page=1), asked.MOST), asked.MOST
    heads = [(gettext("Request number"), 14), (gettext("Party"), 30), (gettext("Re-entrusted body"), 30),
             (gettext("Tier in the tree"), 8), (gettext("Country"), 20), (gettext("Its number"), 18),
             (gettext("State"), 16), (gettext("Answer by"), 12), (gettext("From"), 12), (gettext("Until"), 12),
             (gettext("Work that is re-entrusted"), 50)]
    return table_file(Listed("reentrustment", gettext("Re-entrustment"), heads, [cells(row) for row in found[:most]],
                             most if len(found) > most else 0), ending)


def cells(row: Reentrustment) -> list[str]:
    """One body as a row of the file."""
    lang, by = language(), due(row)
    days = [day.isoformat() if day else "" for day in (by, row.starts_on, row.ends_on)]
    return [row.number, row.party.name(lang), row.name(lang), str(row.tier), country(row.country, lang), row.legal_id,
            word("reentrustment", row.state).get(lang), *days, row.work]


def due(row: Reentrustment) -> date | None:
    """The last day on which JMDP answers a request in its hands, or nothing."""
    if row.state not in ("submitted", "awaiting_approval") or row.submitted_at is None:
        return None
    return deadlines.due(current.catalogue().deadlines[ANSWER], row.submitted_at).day


@room.get("/parties/reentrustment/<public_id>")
def reentrustment(public_id: str) -> str:
    """Show one body with its files, history and what may be done."""
    return page(public_id, {})


def page(public_id: str, typed: Mapping[str, FlaskForm]) -> str:
    """The page of a body, with the form that holds what was typed in the place of an empty one."""
    found = asked.shown(current.reading(), current.actor(), public_id)
    table = TABLES["reentrustment"]
    forms = {move.value: typed.get(move.value) or empty(move, found.row) for move in FORMS
             if found.row.state in table[move].origins}
    mode = current.catalogue().reentrustment_modes.get(found.row.contract.reentrustment_mode)
    return render_template(
        "desk/reentrustment.html", shown=found, row=found.row, party=found.row.party, forms=forms, moves=table,
        proxies=absences.on(current.reading(), current.actor(), "reentrustment", public_id),
        due=due(found.row), mode=mode, purposes=tree.purposes(), catalogue=current.catalogue(),
        history=log.of_thing(current.reading(), current.actor(), "reentrustment", public_id))


def empty(move: Move, row: Reentrustment) -> FlaskForm:
    """The form of an act before anything is typed: consent is offered until the day that the party asked for."""
    data = {"until": row.ends_on} if move is Move.CONSENT else None
    return FORMS[move](formdata=None, prefix=move.value, data=data)


def by_form(public_id: str, move: Move, do: Callable[[Work, Reentrustment, Any], object]) -> Reply:
    """Carry out one move by its form; what is wrong stands at its fields, and nothing typed is lost."""
    asked.received(current.reading(), current.actor(), public_id)
    form = FORMS[move](prefix=move.value)
    if carried_out(form, Reentrustment, public_id, lambda work, row: do(work, row, form),
                   TABLES["reentrustment"][move].needs):
        flash(gettext("Kept."))
        return redirect(url_for("desk.reentrustment", public_id=public_id), 303)
    return page(public_id, {move.value: form}), 422


@room.post("/parties/reentrustment/<public_id>/return")
def return_reentrustment(public_id: str) -> Reply:
    """Ask the party back."""
    return by_form(public_id, Move.RETURN, lambda work, row, form: acts.hand_back(
        work, current.actor(), row, form.reason.data or ""))


@room.post("/parties/reentrustment/<public_id>/pass")
def pass_reentrustment(public_id: str) -> Reply:
    """Pass it on for approval."""
    return by_form(public_id, Move.PASS, lambda work, row, form: acts.pass_on(
        work, current.actor(), row, form.reason.data or ""))


@room.post("/parties/reentrustment/<public_id>/send-back")
def send_back_reentrustment(public_id: str) -> Reply:
    """Send it back to the reviewer."""
    return by_form(public_id, Move.SEND_BACK, lambda work, row, form: acts.send_back(
        work, current.actor(), row, form.reason.data or ""))


@room.post("/parties/reentrustment/<public_id>/consent")
def consent_reentrustment(public_id: str) -> Reply:
    """Consent until a day."""
    return by_form(public_id, Move.CONSENT, lambda work, row, form: acts.consent(
        work, current.actor(), row, form.until.data, form.conditions.data or ""))


@room.post("/parties/reentrustment/<public_id>/decline")
def decline_reentrustment(public_id: str) -> Reply:
    """Refuse consent."""
    return by_form(public_id, Move.DECLINE, lambda work, row, form: acts.decline(
        work, current.actor(), row, form.reason.data or ""))


@room.post("/parties/reentrustment/<public_id>/revoke")
def revoke_reentrustment(public_id: str) -> Reply:
    """Withdraw the consent."""
    return by_form(public_id, Move.REVOKE, lambda work, row, form: acts.revoke(
        work, current.actor(), row, form.reason.data or ""))


@room.get("/parties/reentrustment/<public_id>/letter")
def consent_letter(public_id: str) -> Response:
    """Give the kept letter of consent."""
    rows = current.reading()
    row = asked.received(rows, current.actor(), public_id)
    return letter_file(row, asked.letter(rows, row))
