"""Two colleagues of one party at the same answers: what each has on the page, and what they are told of each act."""

from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec
import sqlalchemy as sa

from portal.actions import attest, certify, checklists, people, workbooks
from portal.core import answer_book, readable
from portal.core.actor import SYSTEM
from portal.core.errors import Incomplete, NotAllowed, NotNow
from portal.core.sheet import Book, Sheet
from portal.models import Answer, Attestation, Party, Template, Workbook
from portal.queries import workbooks as views
from portal.store.cellar import Cellar
from portal.store.work import Work
from tests.actions import flow
from tests.cast import Cast, Member

QUESTIONS = ("TWO-01", "TWO-02")
Words = tuple[str, int]
"""A text, and the version it stood in or was based on."""


def publish(cellar: Cellar, cast: Cast) -> int:
    """Publish a checklist of two plain questions, and let the reviewer state an interest; gives the template's row."""
    with cellar.work() as work:
        library = work.catalogue.templates["LAB"]
        asked = tuple(msgspec.structs.replace(
            library.questions[0], id=name, answer_type="text", choices=(), evidence=(), evidence_when="never",
            criticality="low", finding_when=(), visible_when=None) for name in QUESTIONS)
        row = checklists.publish(work, SYSTEM, msgspec.structs.replace(
            library, checklist=msgspec.structs.replace(library.checklist, code="TWO"), questions=asked))
        people.state_interest(work, cast.reviewer.actor, work.rows.get_one(Party, cast.party.id), 2026)
        work.rows.flush()
        return row.id


def ask(cellar: Cellar, cast: Cast, template: int, year: int) -> str:
    """Ask the party anew for a year; gives the public id."""
    with cellar.work() as work:
        asked = attest.Asked(work.rows.get_one(Template, template), year, flow.DUE)
        return attest.request(work, cast.lead.actor, work.rows.get_one(Party, cast.party.id), asked).public_id


def stands(cellar: Cellar, public_id: str) -> dict[str, Words]:
    """Give each answer as it stands; an empty text of version 0 where there is none."""
    with cellar.read() as rows:
        found = rows.scalars(sa.select(Answer).join(Attestation, Attestation.id == Answer.attestation_id).where(
            Attestation.public_id == public_id))
        return dict.fromkeys(QUESTIONS, ("", 0)) | {row.question: words(row) for row in found}


def words(row: Answer) -> Words:
    """Give an answer as text and version."""
    return str(row.value.get("text", "")), row.version


@dataclass(slots=True)
class Told:
    """What became of one act: texts sent on a version, what is said to stand, texts of others given back, or no."""

    sent: dict[str, Words] = field(default_factory=dict)
    stands: dict[str, int] = field(default_factory=dict)
    theirs: dict[str, Words] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    refused: str = ""


@dataclass(slots=True)
class Preview:
    """A workbook that was handed in, as the person looks at it: its text, and what stands beside it."""

    id: int
    question: str
    text: str
    beside: Words


@dataclass(slots=True)
class Colleague:
    """One person before the open page: words in the fields, versions the page carries, a workbook in hand."""

    cellar: Cellar
    who: Member
    public_id: str
    fields: dict[str, Words] = field(default_factory=lambda: dict.fromkeys(QUESTIONS, ("", 0)))
    clash: dict[str, Words] = field(default_factory=dict)
    book: tuple[str, str, Book] | None = None
    preview: Preview | None = None

    def look(self) -> Told:
        """Open the page anew."""
        self.fields, self.clash = stands(self.cellar, self.public_id), {}
        return Told()

    def write(self, question: str, text: str) -> Told:
        """Write into a field and save the page; while two texts wait for a choice, nothing is sent."""
        self.fields[question] = (text, self.fields[question][1])
        return Told() if self.clash else self.save()

    def settle(self, *, mine: bool) -> Told:
        """Choose between one's own text and the colleague's wherever both are shown, and save."""
        if not self.clash:
            return Told()
        for question, theirs in self.clash.items():
            self.fields[question] = (self.fields[question][0] if mine else theirs[0], theirs[1])
        self.clash = {}
        return self.save()

    def save(self) -> Told:
        """Send the page as it is, as the autosave does."""
        told = Told(sent=dict(self.fields))

        def act(work: Work, attestation: Attestation) -> None:
            saved = attest.save_changed(work, self.who.actor, attestation, [
                attest.Draft(name, {"text": text}, version=version) for name, (text, version) in self.fields.items()])
            told.stands = dict(saved.versions)
            told.theirs = {name: words(row) for name, row in saved.theirs.items()}

        self._carry_out(act, told)
        self.clash = dict(told.theirs)
        for name in told.stands.keys() - told.theirs.keys():
            self.fields[name] = (self.fields[name][0], told.stands[name])
        return told

    def by_workbook(self, question: str, text: str) -> Told:
        """Go on with one's workbook: take the answers away and write, hand it back and look, or take what was seen."""
        if self.preview is not None:
            return self.take(self.preview)
        if self.book is not None:
            return self.hand_in(*self.book)
        return self.export(question, text)

    def export(self, question: str, text: str) -> Told:
        """Take the answers away as a workbook and write into one of its cells."""
        now = stands(self.cellar, self.public_id)
        marks = [[name, str(version), answer_book.seal(answer_book.Sent(name, stood))]
                 for name, (stood, version) in now.items()]
        cells = [[name, text if name == question else now[name][0], "", ""] for name in QUESTIONS]
        heads = [answer_book.HEADS[name].ja for name in ("number", "answer", "comment", "reply")]
        self.book = (question, text, Book([
            Sheet(answer_book.META, [["form", answer_book.FORM, ""], ["attestation", self.public_id, ""], *marks]),
            Sheet(answer_book.ANSWERS.ja, [heads, *cells])]))
        return Told()

    def hand_in(self, question: str, text: str, book: Book) -> Told:
        """Hand the workbook back and look at what it would change."""
        told = Told()

        def act(work: Work, attestation: Attestation) -> None:
            arrived = workbooks.Arrived("回答.xlsx", "d" * 64, 9, book)
            row = workbooks.receive(work, self.who.actor, attestation, arrived)
            work.rows.flush()
            view = views.view(work.rows, _workbook(work, row.id), readable.day_in(work.now()))
            for shown in view.of("new", "changed", "conflict"):
                assert (shown.question.id, shown.raw) == (question, {"text": text})
                beside = (str(shown.now.value.get("text", "")), shown.now.version)
                self.preview = Preview(row.id, question, text, beside)

        self.book = None
        self._carry_out(act, told)
        return told

    def take(self, looked: Preview) -> Told:
        """Take from the workbook what was looked at."""
        told = Told(sent={looked.question: (looked.text, looked.beside[1])})

        def act(work: Work, attestation: Attestation) -> None:
            chosen = {looked.question: looked.beside[1]}
            taken = workbooks.take(work, self.who.actor, _workbook(work, looked.id), chosen)
            told.left = taken.stale
            told.stands = {row.question: row.version for row in work.rows.scalars(sa.select(Answer).where(
                Answer.attestation_id == attestation.id, Answer.question.in_(taken.saved)))}

        self._carry_out(act, told)
        self.preview = None
        return told

    def certify(self) -> Told:
        """Certify and submit what stands."""
        told = Told()
        self._carry_out(lambda work, attestation: certify.submit(
            work, self.who.actor, attestation, certify.Certificate("責任 太郎", "検査部長", True)), told)
        return told

    def _carry_out(self, act: Callable[[Work, Attestation], object], told: Told) -> None:
        """Carry out one act; a plain refusal is told, whatever else is raised is a fault."""
        try:
            with self.cellar.work() as work:
                act(work, work.rows.scalars(
                    sa.select(Attestation).where(Attestation.public_id == self.public_id)).one())
        except (NotNow, Incomplete, NotAllowed) as refusal:
            told.refused = type(refusal).__name__
            told.stands, told.theirs, told.left = {}, {}, []


def _workbook(work: Work, row: int) -> Workbook:
    return work.rows.scalars(sa.select(Workbook).where(Workbook.id == row).options(*views.WITH_ALL)).one()
