"""Where a party answers questions: on the page of a section, or on that of all that is left."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from flask import request, url_for

from portal.core.errors import NotFound
from portal.core.templates import Question
from portal.queries import left, tasks
from portal.queries.visible import GONE
from portal.web import current
from portal.web.my import posted
from portal.web.my.home import sheet_of

MOST = 25
"""Questions on one page of what is left: with what all pages fetch, its first view stays under 40 KB."""


@dataclass(frozen=True, slots=True)
class OfSection:
    """The page of one section."""

    template: ClassVar[str] = "my/section.html"
    public_id: str
    code: str

    def address(self, question: str | None = None) -> str:
        """Its address, at a question where one is named."""
        return url_for("my.section", public_id=self.public_id, code=self.code, _anchor=question)

    def shown(self, sheet: tasks.Sheet) -> list[tasks.Section]:
        """What stands on it; NotFound when there is no such section."""
        section = sheet.section(self.code)
        if section is None:
            raise NotFound(GONE)
        return [section]

    def holds(self, question: Question) -> bool:
        """Whether a question may stand on it."""
        return question.section == self.code

    def shown_again(self, sheet: tasks.Sheet, sent: Collection[str], beside: list[tasks.Row]) -> list[tasks.Section]:
        """What stands on it after a form with some questions was sent, those too that are asked no longer."""
        if not beside:
            return self.shown(sheet)
        section = sheet.section(self.code)
        return [tasks.Section(self.code, [*(section.rows if section else ()), *beside])]

    def onward(self, go: str) -> str:
        """Where a button leads: on to what still waits, and when nothing does to the check, the letter or the list."""
        if go == "stay":
            return self.address()
        current.close_reading()
        if go == "return":
            fix = sheet_of(self.public_id).fix_beside(self.code)
            return OfSection(self.public_id, fix.section).address(fix.id) if fix else at("returned", self.public_id)
        if go == "next":
            following = sheet_of(self.public_id).after(self.code)
            return OfSection(self.public_id, following.code).address() if following else at("check", self.public_id)
        return at("attestation", self.public_id)


@dataclass(frozen=True, slots=True)
class OfLeft:
    """The page of what still waits behind a question, from all sections."""

    template: ClassVar[str] = "my/left.html"
    public_id: str
    after: str = ""

    def address(self, question: str | None = None) -> str:
        """Its address, at a question where one is named."""
        return url_for("my.left", public_id=self.public_id, after=self.after or None, _anchor=question)

    def shown(self, sheet: tasks.Sheet) -> list[tasks.Section]:
        """What stands on it."""
        return left.behind(sheet, self.after, MOST)

    def holds(self, question: Question) -> bool:
        """Whether a question may stand on it: any may."""
        return True

    def shown_again(self, sheet: tasks.Sheet, sent: Collection[str], beside: list[tasks.Row]) -> list[tasks.Section]:
        """What stands on it after a form was sent: the questions of the form, done or not, so that no word is lost."""
        return left.only(sheet, sent, beside)

    def onward(self, go: str) -> str:
        """Where a button leads: on to what waits behind, then to what was passed over, at last to check or letter."""
        if go == "stay":
            return self.address()
        current.close_reading()
        sheet = sheet_of(self.public_id)
        if not sheet.left:
            return at("returned" if sheet.review else "check", self.public_id)
        last = "".join(list(posted.versions(request.form.get("version", "")))[-1:])
        waits_next = left.behind(sheet, last, 1)[0].rows[0]
        return OfLeft(self.public_id, "" if waits_next is sheet.left[0] else last).address()


Place = OfSection | OfLeft


def at(page: str, public_id: str) -> str:
    """The address of another page of an attestation."""
    return url_for(f"my.{page}", public_id=public_id)


def of_question(public_id: str, question: str) -> Place | None:
    """The page on which the form that was sent shows a question; None where the party is not asked it."""
    if "after" in request.form:
        return OfLeft(public_id, request.form["after"])
    section = next((row.question.section for row in sheet_of(public_id).rows if row.question.id == question), None)
    return OfSection(public_id, section) if section else None
