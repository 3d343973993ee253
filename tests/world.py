"""A world in which every door has something behind it: two parties, each with things of every kind and state."""

import io
from dataclasses import dataclass, field, replace
from datetime import date

import pikepdf
import sqlalchemy as sa

from portal.actions import (
    building,
    contracts,
    editions,
    intake,
    invite,
    overseas,
    packets,
    partylists,
    people,
    provision,
    receipts,
    resting,
    risks,
    roles,
    rounds,
    sharing,
    upkeep,
    uploads,
    workbooks,
)
from portal.core import readable
from portal.core.actor import SYSTEM, Actor, Role
from portal.core.risk import Rating
from portal.core.sheet import Book, Sheet
from portal.jobs import runner
from portal.jobs.kinds import KINDS
from portal.models import (
    Attestation,
    Engagement,
    Job,
    Mail,
    Party,
    Person,
    Template,
)
from portal.queries import forms, versions
from portal.store.cellar import Cellar
from portal.store.work import Work
from tests import away, filed, reentrusted, visited
from tests.actions import flow
from tests.cast import Cast, Member

TERM = contracts.Term(date(2026, 4, 1), date(2027, 3, 31), date(2026, 3, 25))


@dataclass
class World:
    """The cast, an auditor, and the addresses of things by name: `mine` of the cast's party, `theirs` of the other."""

    cast: Cast
    auditor: Member
    mine: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)


def pdf(mark: str) -> bytes:
    """One blank page, its bytes different for each mark."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(300, 300))
    made.docinfo["/Title"] = mark
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def build(cellar: Cellar, cast: Cast) -> World:
    """Make the whole world through the verbs of the pages."""
    world = World(cast, _auditor(cellar))
    other = replace(cast, party=cast.other, other=cast.party, officer=cast.stranger, clerk=_clerk(cellar, cast.other))
    world.mine = _party(cellar, cast)
    world.theirs = _party(cellar, other)
    runner.drain(cellar, {"examine": KINDS["examine"], "mail": KINDS["mail"]})
    world.mine |= away.build(cellar, cast, world.mine["lent_contract"])
    world.mine |= _jmdp(cellar, cast) | filed.build(cellar, cast, readable.day_in(cellar.clock()))
    world.mine["draft_question"] = _first_question(cellar, world.mine["template"])
    world.theirs["notice"] = world.mine["notice"]
    world.theirs |= dict.fromkeys(set(world.mine) - set(world.theirs), "0" * 26)
    return world


def _auditor(cellar: Cellar) -> Member:
    with cellar.work() as work:
        person = people.add(work, SYSTEM, people.NewPerson("auditor@example.jp", "監査 九郎"))
        people.grant(work, SYSTEM, person, Role.AUDITOR)
        return Member(person.id, person.email, Actor(person.id, person.name, frozenset({Role.AUDITOR})))


def _clerk(cellar: Cellar, party: Party) -> Member:
    with cellar.work() as work:
        person = people.add(work, SYSTEM, people.NewPerson("clerk2@example.jp", "他社 担当"))
        people.join(work, SYSTEM, person, people.Place(work.rows.get_one(Party, party.id), Role.CLERK))
        return Member(person.id, person.email, Actor(person.id, person.name, frozenset({Role.CLERK}), party.id))


def _party(cellar: Cellar, cast: Cast) -> dict[str, str]:
    """Everything that carries a party: attestations in each state, evidence, packets, people, contract, scope line."""
    found = {"open": flow.ask(cellar, cast, "LAB"), "submitted": flow.submitted(cellar, cast, "ITO")}
    found["reviewing"] = flow.submitted(cellar, cast, "ADV")
    flow.taken(cellar, cast, found["reviewing"])
    found["ready"] = flow.ask(cellar, cast, "REG")
    flow.answer_all(cellar, cast, found["ready"])
    found["awaiting"] = flow.passed(cellar, cast, "JNT")
    found["signed"] = flow.signed_off(cellar, cast, "MED")
    found |= {f"{name}_digest": flow.digest_of(cellar, found[name]) for name in ("reviewing", "awaiting")}
    found["party"] = cast.party.public_id
    found |= _evidence(cellar, cast, found["open"])
    found |= _packets(cellar, cast, found["signed"])
    found |= _register(cellar, cast)
    found |= visited.build(cellar, cast) | reentrusted.build(cellar, cast)
    found["undelivered"] = visited.undelivered(cellar, cast, found["open"])
    found["workbook"] = _workbook(cellar, cast, found["open"])
    return found | _people(cellar, cast)


def _evidence(cellar: Cellar, cast: Cast, public_id: str) -> dict[str, str]:
    blob = cellar.blobs.keep(cast.party.public_id, io.BytesIO(pdf(cast.party.public_id)))
    with cellar.work() as work:
        where = work.rows.scalars(sa.select(Attestation).where(Attestation.public_id == public_id)).one()
        file = intake.receive(work, cast.clerk.actor, work.rows.get_one(Party, cast.party.id),
                              intake.Arrived("規程.pdf", blob.digest, blob.size, "policy"))
        work.rows.flush()
        question = next(q for q in flow.template_of(cellar, public_id).questions if q.evidence)
        resting.link(work, cast.clerk.actor, where, question.id, file)
        coming = uploads.begin(work, cast.clerk.actor, where, question.id, uploads.Announced("写し.pdf", 9))
        return {"upload": coming.public_id, "evidence": file.public_id, "question": question.id,
                "section": question.section}


def _packets(cellar: Cellar, cast: Cast, public_id: str) -> dict[str, str]:
    """The party's packet and receipt are kept, the internal packet has failed."""
    body = pdf(f"packet {cast.party.public_id}")
    blob = cellar.blobs.keep(cast.party.public_id, io.BytesIO(body))
    with cellar.work() as work:
        where = work.rows.scalars(sa.select(Attestation).where(Attestation.public_id == public_id)).one()
        kept_one = packets.ask(work, SYSTEM, where, "party")
        failed = packets.ask(work, SYSTEM, where, "internal")
        for packet in (kept_one, failed):
            packets.begin(work, SYSTEM, packet)
        packets.keep(work, SYSTEM, kept_one, packets.Printed(1, blob.size, "B-B", "a" * 64, "b" * 64, blob.digest))
        packets.fail(work, SYSTEM, failed, "example")
        receipts.keep(work, SYSTEM, versions.newest(work.rows, SYSTEM, where.id),
                      blob, 1)
        work.rows.execute(sa.update(Job).where(Job.kind == "packet").values(status="done"))
        return {"packet": kept_one.public_id, "failed_packet": failed.public_id, "packet_code": kept_one.code}


def _register(cellar: Cellar, cast: Cast) -> dict[str, str]:
    lead = cast.lead.actor
    with cellar.work() as work:
        engaged = contracts.engage(work, lead, work.rows.get_one(Party, cast.party.id), "entrustment", TERM.starts_on)
        work.rows.flush()
        made = contracts.add(work, lead, engaged, contracts.ContractFacts(f"C-{cast.party.id}", "覚書"), TERM)
        line = sharing.add_line(work, lead, engaged, sharing.LineFacts(
            ("donor_code", "hla"), "P08", contract_id=made.id))
        work.rows.flush()
        kept = provision.make(work, lead, line, filed.RECORD)
        party = work.rows.get_one(Party, cast.party.id)
        overseas.state(work, lead, party, "US", overseas.Statement(
            "system", TERM.starts_on, "x", {"law": "x", "principles": "x", "strong": "x"}))
        tier = risks.choose_tier(work, lead, party, "low", "x")
        risks.rate(work, lead, party, risks.Rated(Rating(3, 3), Rating(2, 2), "x"))
        work.rows.flush()
        return {"contract": made.public_id, "scope": line.public_id, "record": kept.public_id,
                "tier_proposal": tier.public_id if tier else "",
                "engagement": work.rows.get_one(Engagement, engaged.id).public_id}


def _workbook(cellar: Cellar, cast: Cast, public_id: str) -> str:
    with cellar.work() as work:
        where = work.rows.scalars(sa.select(Attestation).where(Attestation.public_id == public_id)).one()
        row = workbooks.receive(work, cast.clerk.actor, where, workbooks.Arrived(
            "回答.csv", "c" * 64, 10, Book([Sheet("1", [["設問", "回答"], ["規程がありますか", "はい"]])])))
        work.rows.flush()
        return row.public_id


def _people(cellar: Cellar, cast: Cast) -> dict[str, str]:
    """A colleague who may be taken off, an invitation that waits and one whose code is known."""
    with cellar.work() as work:
        party = work.rows.get_one(Party, cast.party.id)
        colleague = people.add(work, SYSTEM, people.NewPerson(f"c{party.id}@example.jp", "同僚 十子"))
        people.join(work, SYSTEM, colleague, people.Place(party, Role.CLERK))
        row = invite.to_party(work, cast.lead.actor, party, invite.Guest(f"i{party.id}@example.jp", "新任", Role.CLERK))
        work.rows.flush()
        return {"colleague": colleague.public_id, "party_invitation": row.public_id}


def _jmdp(cellar: Cellar, cast: Cast) -> dict[str, str]:
    """What belongs to no party: checklists, people, mails, jobs."""
    admin = replace(cast.administrator.actor, has_stepped_up=True)
    with cellar.work() as work:
        second = people.add(work, SYSTEM, people.NewPerson("second@example.jp", "管理 五郎"))
        people.grant(work, SYSTEM, second, Role.ADMINISTRATOR)
        work.rows.flush()
        other = Actor(second.id, second.name, frozenset({Role.ADMINISTRATOR}), has_stepped_up=True)
        proposal = roles.give(work, other, work.rows.get_one(Person, cast.lead.person_id), Role.APPROVER)
        staff = invite.to_staff(work, admin, invite.Guest("s@example.jp", "新任", Role.REVIEWER))
        templates = list(work.rows.scalars(sa.select(Template).order_by(Template.id)))
        draft = building.begin(work, cast.lead.actor, templates[0])
        listed = partylists.receive(work, cast.lead.actor, "一覧.csv", Book([
            Sheet("1", [["名称", "種別"], ["一覧の検査所", "検査機関"]])]))
        mail = work.rows.scalars(sa.select(Mail).order_by(Mail.id).limit(1)).one()
        mail.status = "bounced"
        upkeep.ask_proof(work, admin)
        job = work.rows.scalars(sa.select(Job).where(Job.kind == "verify")).one()
        job.status = "failed"
        edition = editions.load(work, admin, editions.Loaded("例の版", date(2026, 4, 1), b"I. A\n1. B\nWe do.\n"))
        work.rows.flush()
        reviewer = work.rows.get_one(Person, cast.reviewer2.person_id)
        assert proposal is not None
        return {
            **_rounds(work, cast), "edition": edition.public_id,
            "proposal": proposal.public_id, "staff_invitation": staff.public_id, "template": templates[0].public_id,
            "draft": draft.public_id, "mail": mail.public_id, "party_list": listed.public_id,
            "job": job.public_id, "person": reviewer.public_id,
        }


def _rounds(work: Work, cast: Cast) -> dict[str, str]:
    """A round that is being sent out, one under way, and one that is paused."""
    template = work.rows.scalars(sa.select(Template).where(Template.code == "JNT")).one()
    made = [rounds.begin(work, cast.lead.actor, rounds.Plan(title, flow.DUE), [
        rounds.Target(cast.other.id, template.id, flow.DUE)]) for title in ("定期点検", "実施中の点検", "休止した点検")]
    for going in made[1:]:
        while rounds.ask_next(work, going):
            pass
    rounds.pause(work, cast.lead.actor, made[2], "例")
    return dict(zip(("round", "open_round", "paused_round"), (row.public_id for row in made), strict=True))


def _first_question(cellar: Cellar, public_id: str) -> str:
    with cellar.read() as rows:
        row = rows.scalars(sa.select(Template).where(Template.public_id == public_id)).one()
        return forms.template(rows, row.id).questions[0].id
