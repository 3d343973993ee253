"""What happened in the demo: last year signed off, this year in every state of the work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from portal.actions import approve, attest, certify, checklists, confirm, dividing, finish, people, review
from portal.core.actor import SYSTEM, Actor
from portal.core.dates import fiscal_year
from portal.core.dividing import NOBODY, Wish
from portal.core.readable import day_in
from portal.demo import absent, judged
from portal.demo.people import Place
from portal.demo.replies import LATER, raw
from portal.demo.uploads import attach, settle
from portal.models import Answer, Attestation, AttestationVersion, Party, Person, Template
from portal.queries import tasks
from portal.store.cellar import Cellar
from portal.store.work import Work

At = Callable[[float], None]
RETURN = review.Judgement(
    "", "return", comment="対象の範囲が分かりません。夜間・休日の端末が含まれるかを書き足してください。",
    wish="夜間・休日に使う端末の台数と管理方法を記載してください。",
)
FOUND = review.Judgement(
    "", "finding", comment="復旧試験の記録がなく、実施を確認できません。", severity="high",
    note="昨年度も口頭で指摘している。次回の実地監査で確認する。",
)


@dataclass(frozen=True, slots=True)
class World:
    """The cellar with everybody in it; today is the day in Japan on which the demo is made."""

    cellar: Cellar
    staff: Mapping[str, Actor]
    parties: Mapping[str, Party]
    places: Mapping[str, Place]
    today: date

    @property
    def year(self) -> int:
        """The present fiscal year."""
        return fiscal_year(self.today)


def last_year(world: World, at: At) -> None:
    """Three parties' checklists of last year, answered, reviewed and signed off."""
    with world.cellar.work() as work:
        checklists.publish_library(work, SYSTEM)
    at(400)
    made = {code: _ask(world, code, name, world.year - 1, timedelta(days=-330))
            for code, name in (("LAB-A", "LAB"), ("HOSP-A", "MED"), ("EUREG", "REG"))}
    at(385)
    for number, (code, attestation) in enumerate(made.items()):
        _answer(world, attestation, code, Manner(turn=number % 2))
        _submit(world, attestation, code)
    at(372)
    for attestation in made.values():
        _judge(world, attestation)
        _pass(world, attestation)
    at(363)
    for attestation in made.values():
        _sign(world, attestation)


def this_year(world: World, at: At) -> None:
    """One party in each state; who is where is what the desk shows on the first day."""
    at(45)
    asked = {
        code: _ask(world, code, name, world.year, timedelta(days=due)) for code, name, due in (
            ("LAB-A", "LAB", 12), ("LAB-B", "LAB", 20), ("LAB-C", "LAB", 9), ("HOSP-A", "MED", 15),
            ("HOSP-B", "MED", 14), ("SYS-A", "ITO", 18), ("PRINT", "ITO", 10), ("EUREG", "REG", 25),
            ("RES-A", "RES", 30), ("CALL", "ITO", -4), ("COURIER", "ITO", 16), ("PAYROLL", "MYN", 21),
        )
    }
    at(30)
    _renew(world, asked["LAB-A"], "LAB-A", 0.75)
    _renew(world, asked["EUREG"], "EUREG", 1.0)
    _answer(world, asked["LAB-A"], "LAB-A", Manner(turn=3))
    _submit(world, asked["LAB-A"], "LAB-A")
    for code, share in (("SYS-A", 0.5), ("CALL", 0.3)):
        _answer(world, asked[code], code, Manner(turn=1, share=share))
    _divide(world, asked["SYS-A"], "SYS-A")
    for number, code in enumerate(("HOSP-B", "PRINT", "EUREG", "RES-A", "COURIER", "LAB-C")):
        at(25 - number)
        _answer(world, asked[code], code, Manner(turn=number))
        _submit(world, asked[code], code)
    at(12)
    _return(world, asked["HOSP-B"], "MED-09")
    _return(world, asked["PRINT"], "ITO-05")
    at(8)
    _answer(world, asked["PRINT"], "PRINT", Manner(turn=9, comment="夜間は2台のみ使用し、台帳で管理しています。"))
    _submit(world, asked["PRINT"], "PRINT")
    _judge(world, asked["RES-A"], share=0.4)
    at(6)
    _judge(world, asked["COURIER"])
    _judge(world, asked["LAB-C"], {"LAB-16": FOUND})
    for code in ("COURIER", "LAB-C"):
        _pass(world, asked[code])
    at(3)
    _sign(world, asked["LAB-C"])
    _sign(world, asked["COURIER"], absent.deputy(world.cellar, world.staff))


def _ask(world: World, code: str, name: str, year: int, due: timedelta) -> int:
    with world.cellar.work() as work:
        template = work.rows.scalars(
            sa.select(Template).where(Template.code == name).order_by(Template.version.desc()).limit(1)).one()
        party = work.rows.get_one(Party, world.parties[code].id)
        day = max(world.today + due, (work.now() + timedelta(days=20)).date())
        return attest.request(work, world.staff["lead"], party, attest.Asked(template, year, day)).id


def _sheet(world: World, work: Work, attestation: int, actor: Actor) -> tasks.Sheet:
    found = work.rows.scalars(
        sa.select(Attestation).where(Attestation.id == attestation).options(*tasks.WITH_ALL)).one()
    return tasks.sheet(work.rows, actor, found, day_in(work.now()))


def _renew(world: World, attestation: int, code: str, share: float) -> None:
    """What may be confirmed unchanged is, up to a share of it."""
    actor = world.places[code].clerk
    with world.cellar.work() as work:
        sheet = _sheet(world, work, attestation, actor)
        names = [row.question.id for row in sheet.rows if row.may_confirm]
        confirm.unchanged(work, actor, sheet.attestation, names[: int(len(names) * share)])


@dataclass(frozen=True, slots=True)
class Manner:
    """How a clerk answers: what makes answers differ, up to which share of the list, and a comment on all."""

    turn: int
    share: float = 1.0
    comment: str = ""


def _answer(world: World, attestation: int, code: str, manner: Manner) -> None:
    """Answer what is open, with evidence at every fifth question."""
    turn, share, comment = manner.turn, manner.share, manner.comment
    clerk = world.places[code].clerk
    for _ in range(3):  # answers may bring further questions
        with world.cellar.work() as work:
            sheet = _sheet(world, work, attestation, clerk)
            rows = [row for row in sheet.rows if row.is_open and (row.answer is None or row.must_fix)]
            for row in rows[: max(1, int(len(sheet.rows) * share))]:
                language = clerk.language
                attest.save(work, clerk, sheet.attestation, attest.Draft(
                    row.question.id, raw(row.question, language, turn, day_in(work.now())),
                    comment=comment or (LATER[language] if row.question.evidence else ""),
                    reply=comment and "ご指摘の点を追記しました。"))
        if share < 1:
            break
    attach(world.cellar, world.places[code].clerk, attestation, turn)
    settle(world.cellar)


def _divide(world: World, attestation: int, code: str) -> None:
    """The officer gives the first two sections that nobody has begun to the clerk, due with the checklist."""
    officer = world.places[code].officer
    with world.cellar.work() as work:
        clerk = work.rows.get_one(Person, world.places[code].clerk.person_id).public_id
        sheet = _sheet(world, work, attestation, officer)
        dividing.divide(work, officer, sheet.attestation, {
            section.code: Wish(clerk, "", NOBODY.code)
            for section in [one for one in sheet.sections if one.state == "todo"][:2]})


def _submit(world: World, attestation: int, code: str) -> None:
    officer = world.places[code].officer
    with world.cellar.work() as work:
        found = work.rows.get_one(Attestation, attestation)
        certify.submit(work, officer, found, certify.Certificate(officer.name, officer.title, is_declared=True))


def _judge(world: World, attestation: int, other: Mapping[str, review.Judgement] | None = None,
           share: float = 1.0) -> None:
    """Take it and judge every question to conform but the named, up to a share."""
    reviewer = world.staff["reviewer"]
    with world.cellar.work() as work:
        found = work.rows.get_one(Attestation, attestation)
        if found.state == "submitted":
            people.state_interest(work, reviewer, work.rows.get_one(Party, found.party_id), fiscal_year(
                day_in(work.now())))
            review.take(work, reviewer, found)
        asked = list(work.rows.scalars(sa.select(Answer.question).where(
            Answer.attestation_id == attestation, Answer.author == "party").order_by(Answer.question)))
        said = {name: review.Judgement(name, "conforms") for name in asked[: int(len(asked) * share)]}
        for name, judgement in (other or {}).items():
            due = (work.now() + timedelta(days=30)).date() if judgement.verdict == "finding" else None
            said[name] = review.Judgement(name, judgement.verdict, judgement.comment, judgement.wish,
                                          note=judgement.note, severity=judgement.severity, due_on=due)
        judged.keep(work, reviewer, found, said.values())
        if share == 1:
            judged.answer_own(work, reviewer, found)


def _digest(work: Work, attestation: int) -> str:
    return work.rows.scalars(
        sa.select(AttestationVersion.digest).where(AttestationVersion.attestation_id == attestation)
        .order_by(AttestationVersion.number.desc()).limit(1)).one()


def _return(world: World, attestation: int, question: str) -> None:
    _judge(world, attestation, {question: RETURN})
    with world.cellar.work() as work:
        due = max(world.today + timedelta(days=9), (work.now() + timedelta(days=14)).date())
        finish.return_to_party(
            work, world.staff["reviewer"], work.rows.get_one(Attestation, attestation), _digest(work, attestation),
            finish.Letter("ご提出ありがとうございました。次の設問のみ、ご修正をお願いいたします。", due))


def _pass(world: World, attestation: int) -> None:
    with world.cellar.work() as work:
        finish.pass_on(work, world.staff["reviewer"], work.rows.get_one(Attestation, attestation),
                       _digest(work, attestation), finish.Letter("全設問を確認しました。"))


def _sign(world: World, attestation: int, by: Actor | None = None) -> None:
    with world.cellar.work() as work:
        approve.sign_off(work, by or world.staff["approver"], work.rows.get_one(Attestation, attestation),
                         approve.Decision(_digest(work, attestation), note="審査結果を確認しました。"))

