"""What JMDP's own files say of a line (notice of joint use, setting of records, overseas sheet), as facts."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from portal.core import overseas as sheets
from portal.core.catalogue import Catalogue
from portal.core.jointuse import gaps
from portal.models import Engagement, Party, RecordSetting, ScopeLine
from portal.queries import jointuse, overseas, provision, reentrusted

JOINT = ("joint_use", "pseudonymised")
COMPUTED = frozenset({
    "ju_notice_incomplete", "PC-JUNOTICE", "receipt_without_ground", "received_under_27_1", "received_under_27_5",
    "PC-REC29", "PC-REC30", "PC-REC31", "PC-RECSRC", "PC-LAWREF", "PC-NA19", *sheets.NEEDS, *sheets.FLAGS,
})
"""The facts this module answers wherever they matter; what no file says yet stays unanswered."""


@dataclass(frozen=True, slots=True)
class Filed:
    """The flags that the files answer, the needs that they show to be met, and the facts only they may answer here."""

    flags: dict[str, bool] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class On:
    """What a line stands on: its party, its engagement, the catalogue and the day."""

    party: Party
    engagement: Engagement
    catalogue: Catalogue
    today: date


def of_line(rows: Session, line: ScopeLine, on: On) -> Filed:
    """Give what the files say of a line on a day."""
    found = Filed()
    if on.engagement.relation in JOINT:
        _notice(rows, line, on, found)
    setting = provision.setting(rows, line)
    if setting is not None:
        _records(line, on, setting, found)
    _sheet(rows, line, on, found)
    _tree(rows, line, on, found)
    return found


def _tree(rows: Session, line: ScopeLine, on: On, found: Filed) -> None:
    """Once a body has the line's data, the tree answers; where one has lapsed, nobody knows whether all is permitted.

    Then the line is incomplete, and a person decides: no running case is stopped because a day has passed.
    """
    tree = reentrusted.on_line(rows, on.catalogue, line, on.today)
    if tree is None:
        return
    found.silent.update(reentrusted.FACTS)
    found.flags["has_reentrustment"] = True
    if tree.permitted is not None:
        found.flags["reentrustment_permitted"] = tree.permitted
    if tree.permitted:
        found.done.update({"PC-SUBOK", "PC-NAPERM"})


def _sheet(rows: Session, line: ScopeLine, on: On, found: Filed) -> None:
    """Outside the equivalent countries the sheet of the line's country says what is known of Art. 28."""
    place, country = overseas.place_of(line, on.party)
    if place == "OTHER":
        sheet = overseas.sheet_of(rows, on.party.id, country)
        found.flags.update(sheets.flags(sheet, on.today))
        found.done.update(sheets.done(sheet, on.today))


def _notice(rows: Session, line: ScopeLine, on: On, found: Filed) -> None:
    notice = jointuse.in_force(rows, on.today)
    lacks = notice is None or bool(gaps(jointuse.as_notice(notice), jointuse.use_of(line, on.party), on.today))
    found.flags["ju_notice_incomplete"] = lacks
    if notice is not None and not lacks and jointuse.is_current(rows, notice, on.today):
        found.done.add("PC-JUNOTICE")


def _records(line: ScopeLine, on: On, setting: RecordSetting, found: Filed) -> None:
    """A setting proves that records are kept, and says the source and ground of a receipt or the law of a provision."""
    special = "special_care" in on.catalogue.classes(line.items)
    if on.engagement.relation == "receipt":
        found.flags["received_under_27_1"] = setting.relied_on == "27_1"
        found.flags["received_under_27_5"] = setting.relied_on == "27_5"
        found.flags["receipt_without_ground"] = special and not setting.ground
    met = {
        "PC-REC29": True, "PC-REC31": True, "PC-REC30": bool(setting.obtained and (setting.ground or not special)),
        "PC-RECSRC": setting.relied_on in ("27_1", "27_5"), "PC-LAWREF": bool(setting.statute and setting.article),
        "PC-NA19": bool(setting.article) and line.purpose.startswith("NA-"),
    }
    found.done.update(need for need, holds in met.items() if holds)
