"""What stands in the bar of every page: where this person can go, and whom to call."""

from dataclasses import dataclass, replace

from flask import request, url_for
from flask_babel import gettext

from portal.core.actor import Actor, Role
from portal.queries import names
from portal.web import current


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the bar."""

    label: str
    url: str
    current: bool
    count: int = 0
    key: str = ""


def _item(label: str, endpoint: str, key: str = "") -> Item:
    url = url_for(endpoint)
    return Item(label, url, request.path == url or request.path.startswith(url.rstrip("/") + "/"), key=key)


def _staff(actor: Actor) -> list[Item]:
    items = [_item(gettext("Desk"), "desk.home", "g i"), _item(gettext("Parties"), "desk.parties", "g p"),
             _item(gettext("Rounds"), "desk.rounds"), _item(gettext("Findings"), "desk.findings"),
             _item(gettext("Packets"), "desk.packets", "g k"), _item(gettext("Checklists"), "desk.checklists"),
             _item(gettext("Search"), "desk.search", "g s"), _item(gettext("Records"), "desk.records"),
             _item(gettext("Policy and law"), "desk.policy")]
    if Role.ADMINISTRATOR in actor.roles:
        items.append(_item(gettext("Administration"), "admin.home"))
    elif Role.LEAD in actor.roles:
        items.append(_item(gettext("Mails"), "admin.outbox"))
    return _nearest(items)


def _party(actor: Actor) -> list[Item]:
    return _nearest([_item(gettext("Home"), "my.home"), _item(gettext("Findings"), "my.findings"),
                     _item(gettext("Re-entrustment"), "my.reentrustments"),
                     _item(gettext("People"), "my.people")])


def _nearest(items: list[Item]) -> list[Item]:
    """Mark only the entry that lies nearest to the page."""
    here = max((item.url for item in items if item.current), key=len, default="")
    return [replace(item, current=item.url == here) for item in items]


def context() -> dict[str, object]:
    """Give the templates the actor, the bar and the contact line."""
    actor = current.actor()
    bar = _staff(actor) if actor.is_staff else _party(actor) if actor.is_party_member else []
    whose = names.party(current.reading(), actor, actor.language) if actor.is_party_member else ""
    settings = current.settings()
    return {
        "actor": actor if actor.person_id else None,
        "nav": bar,
        "whose": whose,
        "contact": {
            "name": gettext("Supervision desk, Japan Marrow Donor Program"), "phone": settings.contact_phone,
            "hours": gettext("Weekdays 9:30–17:00 (Japan time)"), "mail": settings.mail_reply,
        },
    }
