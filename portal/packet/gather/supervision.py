"""The duties of a party as a packet prints them: computed as of its day, with reasons in both languages."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.core.assessing import DUTIES
from portal.core.catalogue import Catalogue
from portal.core.readable import day_in
from portal.core.sentences import Reader
from portal.core.supervision import Reason
from portal.core.supervision import duties as judged
from portal.models import Party
from portal.packet import register
from portal.packet.value import Words
from portal.queries import supervised
from portal.store.translations import translations


def duties(rows: Session, found: Party, catalogue: Catalogue, as_of: datetime) -> tuple[register.DutyState, ...]:
    """Give every duty of every relation of a party as it stood at the end of the day (in Japan) of a moment."""
    relations, day = catalogue.rules.codes("relation"), day_in(as_of)
    told = []
    for engagement, plain in supervised.load(rows, catalogue, [found], day):
        relation = relations[engagement.relation]
        for duty in judged(plain, day):
            name = DUTIES[duty.code]
            told.append(register.DutyState(
                name=Words(f"{relation.ja}：{name.ja}", f"{relation.en}: {name.en}"), state=duty.status,
                reasons=tuple(_words(reason, catalogue) for reason in duty.reasons)))
    return tuple(told)


def _words(reason: Reason, catalogue: Catalogue) -> Words:
    return Words(_said(reason, catalogue, "ja"), _said(reason, catalogue, "en"))


def _said(reason: Reason, catalogue: Catalogue, lang: str) -> str:
    names = {code: row.label.get(lang) for code, row in catalogue.clauses.items()}
    return Reader(lang, translations(lang).gettext, lambda code: names.get(code, code)).say(reason)
