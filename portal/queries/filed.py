"""What JMDP's own files say of a line (notice of joint use, setting of records, overseas sheet), as facts."""

from dataclasses import dataclass, field

from portal.core import overseas as sheets
from portal.core.jointuse import gaps
from portal.models import ScopeLine
from portal.queries import jointuse, overseas, reentrusted
from portal.queries.ground import Ground

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


def of_line(on: Ground, line: ScopeLine) -> Filed:
    """Give what the files say of a line on a day."""
    found = Filed()
    if on.engagements[line.engagement_id].relation in JOINT:
        _notice(on, line, found)
    if line.id in on.settings:
        _records(on, line, found)
    _sheet(on, line, found)
    _tree(on, line, found)
    return found


def _tree(on: Ground, line: ScopeLine, found: Filed) -> None:
    """Once a body has the line's data, the tree answers; where one has lapsed, nobody knows whether all is permitted.

    Then the line is incomplete, and a person decides: no running case is stopped because a day has passed.
    """
    tree = reentrusted.held_on(on.catalogue, on.trees.get(line.party_id, ()), line.id)
    if tree is None:
        return
    found.silent.update(reentrusted.FACTS)
    found.flags["has_reentrustment"] = True
    if tree.permitted is not None:
        found.flags["reentrustment_permitted"] = tree.permitted
    if tree.permitted:
        found.done.update({"PC-SUBOK", "PC-NAPERM"})


def _sheet(on: Ground, line: ScopeLine, found: Filed) -> None:
    """Outside the equivalent countries the sheet of the line's country says what is known of Art. 28."""
    place, country = overseas.place_of(line, on.parties[line.party_id])
    if place == "OTHER":
        sheet = on.sheets.get((line.party_id, country), {})
        found.flags.update(sheets.flags(sheet, on.today))
        found.done.update(sheets.done(sheet, on.today))


def _notice(on: Ground, line: ScopeLine, found: Filed) -> None:
    use = jointuse.use_of(line, on.parties[line.party_id])
    lacks = on.notice is None or bool(gaps(jointuse.as_notice(on.notice), use, on.today))
    found.flags["ju_notice_incomplete"] = lacks
    if not lacks and on.notice_is_current:
        found.done.add("PC-JUNOTICE")


def _records(on: Ground, line: ScopeLine, found: Filed) -> None:
    """A setting proves that records are kept, and says the source and ground of a receipt or the law of a provision."""
    setting, special = on.settings[line.id], "special_care" in on.catalogue.classes(line.items)
    if on.engagements[line.engagement_id].relation == "receipt":
        found.flags["received_under_27_1"] = setting.relied_on == "27_1"
        found.flags["received_under_27_5"] = setting.relied_on == "27_5"
        found.flags["receipt_without_ground"] = special and not setting.ground
    met = {
        "PC-REC29": True, "PC-REC31": True, "PC-REC30": bool(setting.obtained and (setting.ground or not special)),
        "PC-RECSRC": setting.relied_on in ("27_1", "27_5"), "PC-LAWREF": bool(setting.statute and setting.article),
        "PC-NA19": bool(setting.article) and line.purpose.startswith("NA-"),
    }
    found.done.update(need for need, holds in met.items() if holds)
