"""The audiences and their rooms: every blueprint of the portal, registered once."""

from flask import Flask

from portal.actions import people
from portal.web import account, admin, current, desk, my, public, saying
from portal.web.desk import words as desk_words
from portal.web.desk.checklists import words as checklist_words
from portal.web.my import handed


def install(app: Flask) -> None:
    """Open the rooms of every audience."""
    for blueprint in (public.room, account.room, desk.room, my.room, admin.room):
        app.register_blueprint(blueprint)
    saying.install(app)
    desk_words.install(app)
    checklist_words.install(app)
    handed.install(app)


def remember_language(language: str) -> None:
    """Keep the language a signed-in person chose."""
    actor = current.actor()
    if actor.person_id:
        with current.work() as work:
            people.choose_language(work, actor, language)
