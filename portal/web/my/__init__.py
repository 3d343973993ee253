"""A party's pages: what there is to do, section by section, evidence, certification and receipt."""

from portal.web.my import certifying, evidence, home, section, workbooks
from portal.web.my.room import room

__all__ = ["certifying", "evidence", "home", "room", "section", "workbooks"]
