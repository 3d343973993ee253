"""Refusals and faults as pages: what is wrong and what to do, in the reader's language; never a stack trace."""

import logging
import secrets

from flask import Flask, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response
from wtforms import Form

from portal.actions import kept
from portal.core.errors import Incomplete, NeedsStepUp, Refusal, TooMany
from portal.store.blobs import DiskFull, StoreError
from portal.web import current

log = logging.getLogger(__name__)
Answer = tuple[str | Response, int]
BARE = """<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><title>503</title></head><body>
<h1>現在ご利用いただけません</h1>
<p>保存済みの内容は失われていません。数分後にもう一度お試しください。続く場合は、この番号をお知らせください：%s</p>
<p lang="en">The portal cannot answer at the moment. What was saved is safe. Try again in a few minutes.</p>
</body></html>
"""


def said(refusal: Refusal) -> str:
    """Give a refusal's sentence in the reader's language."""
    return str(gettext(refusal.message, **refusal.values) if refusal.values else gettext(refusal.message))


def blame(form: Form, refusal: Incomplete, otherwise: str = "") -> None:
    """Put a refusal's sentences at the fields of a form they are about, in the reader's language.

    What is about none of them stands at the field `otherwise`.
    """
    for name, sentence in refusal.fields.items():
        form[name if name in form else otherwise].errors = [gettext(sentence)]


def wants_json() -> bool:
    """Whether a script asked (autosave, upload), so that a page would not help."""
    return "X-Requested-With" in request.headers or request.accept_mimetypes.best == "application/json"


def answer(status: int, title: str, message: str) -> Answer:
    """Give a refusal as JSON for a script, otherwise as a page."""
    if wants_json():
        return jsonify(error=message, status=status), status
    return render_template("public/refusal.html", title=title, message=message, status=status), status


def asked_to_prove(error: NeedsStepUp) -> Answer | Response:
    """Lead to the step-up; the form that was posted is kept and given back after it."""
    if wants_json() or request.method != "POST":
        return answer(error.status, gettext("Prove once more who you are"), said(error))
    with current.work() as work:
        ticket = kept.keep(work, current.actor().person_id, request.path, request.form.items(multi=True))
    return redirect(url_for("account.step_up", ticket=ticket), 303)


def refused_for_now(error: TooMany) -> Response:
    """Too many tries: the page, and for machines the seconds to wait."""
    made = make_response(refused(error))
    made.headers["Retry-After"] = str(error.seconds)
    return made


def refused(error: Refusal) -> Answer:
    """A verb or question said no."""
    titles = {403: gettext("Not allowed"), 404: gettext("Page not found"), 409: gettext("Changed meanwhile")}
    return answer(error.status, titles.get(error.status, gettext("This cannot be done")), said(error))


def expired(error: CSRFError) -> Answer:
    """The form was too old or came from another site."""
    return answer(400, gettext("The page had expired"), gettext(
        "Nothing was saved by this click. Go back, reload the page and send it again; your text is still there."))


def failed_http(error: HTTPException) -> Answer:
    """Werkzeug's own answers, in words."""
    code = error.code or 500
    sentences = {
        404: gettext("This page does not exist, or it is not yours to see."),
        405: gettext("This address cannot be used in this way. Go back and use the button on the page."),
        413: gettext("What was sent is too large. Send files one at a time, up to the size named on the page."),
    }
    title = gettext("Page not found") if code == 404 else gettext("This cannot be done")
    return answer(code, title, sentences.get(code, gettext("Go back and try again, or call us.")))


def store_failed(error: StoreError) -> Answer:
    """The file store is full or does not answer; the rest of the portal goes on."""
    log.error("file store: %s: %s", type(error).__name__, error)
    if isinstance(error, DiskFull):
        return answer(507, gettext("No space for files"), gettext(
            "There is no space for new files at the moment. Your answers are saved; send the file again later."))
    return answer(503, gettext("Files cannot be reached"), gettext(
        "The file store does not answer at the moment. Your answers are saved; try again in a few minutes."))


def failed(error: Exception) -> Answer:
    """A fault of ours: a number for the telephone, the details in the log."""
    number = secrets.token_hex(4)
    log.exception("fault %s at %s %s", number, request.method, request.path)
    try:
        return told_fault(number)
    except Exception:  # where even this page asks for what has failed, as without a database
        log.exception("fault %s: its page cannot be drawn", number)
        return BARE % number, 500


def told_fault(number: str) -> Answer:
    """The page of a fault."""
    return answer(500, gettext("Something went wrong on our side"), gettext(
        "What was saved before is safe. Try again; if it happens again, call us and give this number: %(number)s",
        number=number))


def install(app: Flask) -> None:
    """Put the pages in place."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(TooMany, refused_for_now)
    app.register_error_handler(NeedsStepUp, asked_to_prove)
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(HTTPException, failed_http)
    app.register_error_handler(StoreError, store_failed)
    app.register_error_handler(Exception, failed)
