"""The only wiring: an app from a cellar."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.core import policy, workflow
from portal.core.actor import Principal
from portal.core.acts import act
from portal.core.policy import Permission
from portal.core.words import word
from portal.jobs.queue import Queue
from portal.store import keys
from portal.store.cellar import Cellar
from portal.store.tries import Tries
from portal.web import audiences, current, errors, gate, headers, languages, nav

if TYPE_CHECKING:  # the name stands in typeshed alone
    from _typeshed.wsgi import WSGIApplication

ROOT = Path(__file__).resolve().parents[2]
LARGEST_FORM = 512 << 20


def create_app(cellar: Cellar, queue: Queue | None = None) -> Flask:
    """Give the web application on a store; with a queue, committed jobs are rung for at once."""
    app = Flask("portal", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.extensions["cellar"] = cellar
    if queue is not None:
        cellar.wake = queue.ring
    _configure(app, cellar)
    app.extensions["tries"] = Tries(cellar.engine)
    CSRFProtect(app)
    gate.install(app)
    headers.install(app)
    errors.install(app)
    languages.install(app, current.actor, audiences.remember_language)
    audiences.install(app)
    _dress_templates(app)
    return app


def _configure(app: Flask, cellar: Cellar) -> None:
    settings = cellar.settings
    secure = settings.secure_cookies
    app.config.update(
        SECRET_KEY=settings.secret_key or keys.secret(settings.keys, "cookie.key").decode(),
        SECRET_KEY_FALLBACKS=[key for key in settings.secret_fallbacks.split(",") if key],
        SESSION_COOKIE_NAME="__Host-portal" if secure else "portal",
        SESSION_COOKIE_SECURE=secure, SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=LARGEST_FORM, MAX_FORM_MEMORY_SIZE=8 << 20, MAX_FORM_PARTS=5000,
        WTF_CSRF_TIME_LIMIT=12 * 3600, WTF_CSRF_SSL_STRICT=False, TRAP_HTTP_EXCEPTIONS=False,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )


def behind_proxies(app: Flask) -> "WSGIApplication":
    """Give the app as the server calls it: through the trusted proxies that the settings count."""
    hops = int(cast(Cellar, app.extensions["cellar"]).settings.proxies or 0)
    return ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops) if hops else app.wsgi_app



def _dress_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.add_template_global(word, "word")
    app.add_template_global(act, "act")
    app.add_template_global(Permission, "Permission")
    app.add_template_global(may, "may")
    app.add_template_global(in_stead, "in_stead")
    app.add_template_global(buttons, "buttons")
    app.context_processor(nav.context)


def may(permission: Permission, thing: object = None) -> bool:
    """Whether the actor of this request may; pages ask only in order to draw."""
    return policy.may(current.actor(), permission, thing)


def in_stead(permission: Permission, thing: object = None) -> Principal | None:
    """The absent approver in whose stead the actor of this request would decide; None where they would not."""
    return policy.in_stead_of(current.actor(), permission, thing)


def buttons(thing: object) -> list[tuple[workflow.Move, workflow.Step]]:
    """The rows of the transition table that fit the thing's state and that the actor may do."""
    process, state = str(getattr(thing, "process", "")), str(getattr(thing, "state", ""))
    return [(move, row) for move, row in workflow.moves(process, state) if may(row.needs, thing)]
