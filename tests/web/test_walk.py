"""The whole slice by forms alone, in both languages: request, answer, certify, review, return, sign off."""

import io

import pikepdf
import pytest
import sqlalchemy as sa
from flask import Flask

from portal.actions import credentials
from portal.actions import people as acts
from portal.core import readable
from portal.jobs import runner
from portal.jobs.kinds import KINDS
from portal.models import Answer, Attestation, Evidence, Person
from portal.queries import forms, tasks
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast, Member, client
from tests.web.walk import Walk

PASSWORD = "a long pass-phrase of the approver"


def pdf() -> bytes:
    """One blank page."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(300, 300))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def enter(app: Flask, cellar: Cellar, member: Member, language: str = "ja") -> Walk:
    """A browser of one of the cast, in a language."""
    with cellar.work() as work:
        acts.choose_language(work, member.actor, language)
    return Walk(client(app, cellar, member))


def sheet(cellar: Cellar, cast: Cast, public_id: str) -> tasks.Sheet:
    """The attestation as its party meets it."""
    with cellar.read() as rows:
        found = rows.scalars(sa.select(Attestation).where(Attestation.public_id == public_id)
                             .options(*tasks.WITH_ALL)).one()
        return tasks.sheet(rows, cast.clerk.actor, found, readable.day_in(cellar.clock()))


def fill(section: tasks.Section, comment: str) -> dict[str, object]:
    """A section's form, filled."""
    fields: dict[str, object] = {"version": " ".join(
        f"{row.question.id}:{row.answer.version if row.answer else 0}" for row in section.rows if row.is_open)}
    for row in section.rows:
        if row.is_open:
            given = flow.raw(row.question)
            name = row.question.id
            fields |= {f"{name}.{key}": value for key, value in given.items() if value and key != "rows"}
            fields[f"{name}.comment"] = comment
    return fields


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_slice_by_forms(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    public_id = flow.ask(cellar, people)
    clerk, officer = (enter(app, cellar, who, language) for who in (people.clerk, people.officer))
    reviewer, approver = (enter(app, cellar, who, language) for who in (people.reviewer, people.approver))
    file = answered(cellar, people, clerk, public_id)
    certified(clerk, officer, public_id, file)
    returned(cellar, reviewer, public_id, file)
    corrected(cellar, people, clerk, public_id)
    officer.post(f"/my/attestations/{public_id}/certify", name="責任 太郎", title="部長", is_declared="y")
    review = f"/desk/reviews/{public_id}"
    reviewer.post(f"{review}/take")
    judge(cellar, reviewer, review, public_id, {})
    reviewer.post(f"{review}/finish", outcome="pass", digest=flow.digest_of(cellar, public_id), letter="", due_on="")
    signed_off(cellar, approver, public_id)
    for walk, path in ((approver, "/desk/packets"), (clerk, f"/my/attestations/{public_id}"), (clerk, "/my/")):
        walk.get(path)
    assert flow.find(cellar, public_id).state == "signed_off"


def answered(cellar: Cellar, people: Cast, clerk: Walk, public_id: str) -> str:
    """Let the clerk answer every section with a file at its first question; gives a file's public id."""
    base = f"/my/attestations/{public_id}"
    clerk.get("/my/")
    clerk.get(base)
    for _ in range(2):
        for section in sheet(cellar, people, public_id).sections:
            first, address = section.rows[0], f"{base}/sections/{section.code}"
            clerk.get(address)
            fields = fill(section, "別途提出します。")
            if first.question.evidence and not first.evidence:
                name = first.question.id
                fields |= {f"{name}.file": (io.BytesIO(pdf()), "規程.pdf"), f"{name}.valid_to": "2027-03-31",
                           f"{name}.type": first.question.evidence[0]}
            clerk.post(address, go="next", **fields)
    runner.drain(cellar, KINDS)
    with cellar.read() as rows:
        file = rows.scalars(sa.select(Evidence)).first()
    assert file is not None and file.state == "accepted", file and file.reasons
    return file.public_id


def certified(clerk: Walk, officer: Walk, public_id: str, file: str) -> None:
    """The clerk may look but not certify; the officer certifies with name and function."""
    base = f"/my/attestations/{public_id}"
    for path in (f"{base}/files", f"/my/evidence/{file}", f"{base}/check"):
        clerk.get(path)
    clerk.post(f"{base}/certify", 403, name="担当 次子", title="担当", is_declared="y")
    assert officer.post(f"{base}/certify", 422, name="", title="部長")
    officer.post(f"{base}/certify", name="責任 太郎", title="部長", is_declared="y")
    officer.get(f"{base}/receipt")


def returned(cellar: Cellar, reviewer: Walk, public_id: str, file: str) -> None:
    """The reviewer states no interest, judges, cannot pass with a return, and returns one question."""
    review, digest = f"/desk/reviews/{public_id}", flow.digest_of(cellar, public_id)
    for path in ("/desk/", "/desk/?tab=waiting", "/desk/?tab=all&q=見本", review, f"/desk/evidence/{file}"):
        reviewer.get(path)
    reviewer.post(f"{review}/interest", interest="no", reason="")
    assert reviewer.client.get(f"/desk/evidence/{file}/pages/1").mimetype == "image/webp"
    judge(cellar, reviewer, review, public_id, {"LAB-02": "return"})
    reviewer.get(f"{review}/finish")
    reviewer.post(f"{review}/finish", 422, outcome="pass", digest=digest, letter="", due_on="")
    reviewer.post(f"{review}/finish", outcome="return", digest=digest, letter="よろしく", due_on="2026-12-25")


def corrected(cellar: Cellar, people: Cast, clerk: Walk, public_id: str) -> None:
    """The clerk reads the letter and corrects the one open question."""
    base = f"/my/attestations/{public_id}"
    assert "範囲が分かりません。" in clerk.get(f"{base}/return")
    section = next(s for s in sheet(cellar, people, public_id).sections if any(r.is_open for r in s.rows))
    clerk.get(f"{base}/sections/{section.code}")
    clerk.post(f"{base}/sections/{section.code}", go="return", **fill(section, "夜間を含みます。"))


def signed_off(cellar: Cellar, approver: Walk, public_id: str) -> None:
    """The approver is asked to step up, gets the kept form back, and signs off."""
    approval = f"/desk/approvals/{public_id}"
    approver.get("/desk/")
    approver.get(approval)
    kept = approver.post(f"{approval}/sign-off", digest=flow.digest_of(cellar, public_id), note="確認しました。")
    assert "/account/step-up?ticket=" in kept
    approver.get(kept)
    assert flow.find(cellar, public_id).state == "awaiting_approval"
    with cellar.work() as work:
        person = work.rows.scalars(sa.select(Person).where(Person.email == "approver@example.jp")).one()
        person.password_hash = credentials.HASHER.hash(PASSWORD)
    approver.post(kept, 422, password="wrong")
    back = approver.post(kept, password=PASSWORD)
    page = approver.get(back)
    assert "確認しました。" in page
    approver.post(f"{approval}/sign-off", digest=flow.digest_of(cellar, public_id), note="確認しました。")
    assert flow.find(cellar, public_id).state == "signed_off"


def judge(cellar: Cellar, reviewer: Walk, review: str, public_id: str, other: dict[str, str]) -> None:
    """Judge every question to conform but the named, and answer JMDP's own, by the page's one form."""
    with cellar.read() as rows:
        found = rows.scalars(sa.select(Attestation).where(Attestation.public_id == public_id)).one()
        names = list(rows.scalars(sa.select(Answer.question).where(
            Answer.attestation_id == found.id, Answer.author == "party")))
        template = forms.template(rows, found.template_id)
    page = reviewer.get(review)
    fields: dict[str, object] = {}
    for name in names:
        version = page.partition(f'name="{name}.version" value="')[2].partition('"')[0]
        fields |= {f"{name}.version": version, f"{name}.verdict": other.get(name, "conforms"),
                   f"{name}.comment": "範囲が分かりません。" if name in other else ""}
    for question in template.questions:
        if question.answered_by == "jmdp":
            fields |= {f"own.{question.id}.{key}": value for key, value in flow.raw(question).items() if value}
    reviewer.post(f"{review}/drafts", **fields)
