"""A small stage for the look: the real templates, styles and languages in an app that has no data behind it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace

from flask import Flask, render_template, render_template_string
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from tinyhtml5.parser import HTMLParser

from portal.core.actor import ANYONE, Actor, Role
from portal.core.words import word
from portal.web import languages
from tests.house import ROOT

STAFF = Actor(7, "審査　花子", frozenset({Role.REVIEWER}))
CLERK = Actor(8, "検査　太郎", frozenset({Role.CLERK}), party_id=3)
NOW = datetime(2026, 11, 22, 5, 3, tzinfo=UTC)
DOORS = ("public.home", "public.joint_use", "public.privacy", "public.accessibility", "public.verify",
         "account.settings", "account.sign_out", "desk.home", "my.home")


@dataclass
class Stage:
    """The app, who looks, and what they chose as their language."""

    app: Flask
    actor: Actor = ANYONE
    chosen: list[str] = field(default_factory=list)

    def page(self, template: str, language: str = "ja", **values: object) -> str:
        """Render a page of the template folder for the actor in a language."""
        with self.app.test_request_context(f"/page?lang={language}"):
            return render_template(template, actor=self.actor, **values)

    def piece(self, source: str, language: str = "ja", **values: object) -> str:
        """Render template text (imports and calls of macros) in a language."""
        with self.app.test_request_context(f"/page?lang={language}"):
            return render_template_string(source, **values)


def build(actor: Actor = ANYONE) -> Stage:
    """A stage with strict templates and a door for every address that the frame points to."""
    app = Flask("stage", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.update(SECRET_KEY="stage", TESTING=True)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    CSRFProtect(app)
    stage = Stage(app, actor)
    app.add_template_global(word, "word")
    languages.install(app, lambda: stage.actor, stage.chosen.append)
    for door in DOORS:
        app.add_url_rule(f"/{door.replace('.', '/')}", door, empty_page(door))
    return stage


def empty_page(door: str) -> Callable[[], str]:
    """A view that answers its own name."""
    return lambda: door


def check_html(text: str) -> None:
    """Fail on anything an HTML5 parser must mend, and on an id that stands twice."""
    whole = text if text.lstrip().startswith("<!doctype") else f"<!doctype html><title>.</title>{text}"
    parser = HTMLParser()
    tree = parser.parse(whole)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert list(parser.errors) == []
    assert sorted(set(ids)) == sorted(ids)


def thing(**values: object) -> SimpleNamespace:
    """Any small struct a template reads."""
    return SimpleNamespace(**values)
