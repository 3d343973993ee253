"""The joint-use notice for anyone: the five matters of APPI Art. 27(5)(iii), with every former version."""

from flask import render_template

from portal.core.errors import NotFound
from portal.core.jointuse import MATTERS
from portal.core.readable import day_in
from portal.models import JointUseNotice
from portal.queries import jointuse as notices
from portal.queries.visible import GONE
from portal.web import current
from portal.web.languages import language
from portal.web.public.room import room


@room.get("/joint-use")
def joint_use() -> str:
    """Show the notice in force; before the first one, that there is none."""
    return drawn(notices.in_force(current.reading(), day_in(current.now())))


@room.get("/joint-use/<int:number>")
def joint_use_version(number: int) -> str:
    """Show one published notice, former or to come."""
    notice = notices.numbered(current.reading(), number)
    if notice is None:
        raise NotFound(GONE)
    return drawn(notice)


def drawn(notice: JointUseNotice | None) -> str:
    """The page of a notice."""
    rows, lang, catalogue = current.reading(), language(), current.catalogue()
    kinds = catalogue.rules.codes("party_kind")
    return render_template(
        "public/joint_use.html", notice=notice, matters=MATTERS, versions=notices.published(rows),
        now=notices.in_force(rows, day_in(current.now())),
        names=notices.names(rows, notice, lang) if notice else [],
        kinds=[text for code, text in kinds.items() if notice and code in notice.party_kinds],
        items=[item.label for item in catalogue.data_items.values() if notice and item.code in notice.items])
