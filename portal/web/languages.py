"""Gives every page its language: who reads it, their words, and dates and sizes as they write them."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from babel.support import NullTranslations
from flask import Flask, abort, g, has_request_context, redirect, request
from flask_babel import Babel, Domain, get_locale
from werkzeug import Response

from portal.core.actor import Actor
from portal.pictures.voice import Voice
from portal.store.translations import LANGUAGES, translations
from portal.web import filters

COOKIE = "lang"
COOKIE_AGE = 365 * 24 * 3600
DOMAIN = "messages"
FIRST = "ja"


def language() -> str:
    """The language of this request, 'ja' or 'en', chosen once; outside a request the first language."""
    chosen: str | None = g.get("language") if has_request_context() else FIRST
    if chosen is None:
        locale = get_locale()
        chosen = g.language = locale.language if locale else FIRST
    return chosen


def words() -> NullTranslations:
    """The words of this request's language."""
    return translations(language())


def voice() -> Voice:
    """The voice in which pictures speak to this reader."""
    return Voice(language(), translations(language()))


def local_path(target: str) -> str:
    """A path of this site to go on to; anything else leads to the front page."""
    plain = target.startswith("/") and not target.startswith("//") and "\\" not in target
    return target if plain and target.isprintable() else "/"


def here(**changes: str) -> str:
    """The address of this page with its search, `lang` left out unless it is among the changes."""
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != COOKIE]
    query = urlencode(pairs + list(changes.items()))
    return f"{request.path}?{query}" if query else request.path


def asked() -> str:
    """The language named by `?lang=`, or nothing."""
    named = request.args.get(COOKIE, "")
    return named if named in LANGUAGES else ""


def install(app: Flask, reader: Callable[[], Actor], remember: Callable[[str], None]) -> None:
    """Wire languages into the app; `reader` gives who reads, `remember` keeps the language they choose."""

    def select() -> str:
        if not has_request_context():
            return FIRST
        person = reader()
        kept = person.language if person.name else request.cookies.get(COOKIE, "")
        guessed = request.accept_languages.best_match(LANGUAGES, FIRST)
        return asked() or (kept if kept in LANGUAGES else guessed or FIRST)

    def choose() -> Response:
        chosen = request.form.get(COOKIE, "")
        if chosen not in LANGUAGES:
            abort(400)
        remember(chosen)
        return keep(redirect(local_path(request.form.get("next", "/")), 303), chosen)

    def keep_asked(response: Response) -> Response:
        return keep(response, asked()) if asked() and not reader().name else response

    babel = Babel(app, locale_selector=select)
    babel.domain_instance = Domain(domain=DOMAIN)
    babel.domain_instance.cache.update({(name, DOMAIN): translations(name) for name in LANGUAGES})
    # A page asks for its words some thousand times; Babel would choose the language anew at each.
    cast(Any, app.jinja_env).install_gettext_callables(
        gettext=lambda text: words().gettext(text), newstyle=True,
        ngettext=lambda one, many, number: words().ngettext(one, many, number),
        pgettext=lambda context, text: words().pgettext(context, text),
        npgettext=lambda context, one, many, number: words().npgettext(context, one, many, number))
    app.add_url_rule("/language", "language", choose, methods=["POST"])
    app.after_request(keep_asked)
    app.context_processor(page_words)
    filters.install(app, language, lambda: ZoneInfo(reader().zone))


def keep(response: Response, chosen: str) -> Response:
    """Keep a language in this browser, for the pages before sign-in."""
    response.set_cookie(COOKIE, chosen, max_age=COOKIE_AGE, secure=request.is_secure, httponly=True, samesite="Lax")
    return response


def page_words() -> dict[str, object]:
    """What every template may ask: its language, its own address, and that address in each language."""
    if not has_request_context():
        return {"lang": FIRST, "here": "/", "language_urls": {}}
    return {"lang": language(), "here": here(),
            "language_urls": {name: here(lang=name) for name in LANGUAGES}}
