"""The floor under our pages: the least code on the same libraries that reads, shows and keeps the same."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from flask import Flask, Response, abort, jsonify, render_template, request, session

from portal.models import (
    Answer,
    Attestation,
    ContractTerm,
    Engagement,
    Finding,
    LoginSession,
    Party,
    PartyAlias,
    ScopeLine,
    ScopeWarning,
    Template,
    Verdict,
)
from portal.queries import forms
from portal.store.cellar import Cellar
from tests.bench.calls import Caller

PAGE, TODAY = 50, date(2026, 11, 25)
OPEN = ("requested", "in_progress", "returned")
KEPT = sa.Table("floor_kept", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("text", sa.Text))
party, attestation, answer = sa.inspect(Party).local_table, sa.inspect(Attestation).local_table, Answer.__table__
line, warning = sa.inspect(ScopeLine).local_table, sa.inspect(ScopeWarning).local_table
Page = str | Response


def open_floor(cellar: Cellar) -> Caller:
    """Give the calls of a bare app on a world's store, with a session as ours: a signed cookie and one row."""
    KEPT.create(cellar.engine, checkfirst=True)
    app = Flask("floor", template_folder=str(Path(__file__).parent / "templates"))
    app.config["SECRET_KEY"] = "floor"

    def answered(view: Callable[..., Page]) -> Callable[..., Page]:
        def known(**parts: int) -> Page:
            engine = cellar.engine if request.method == "POST" else cellar.engine.execution_options(portal_reads=True)
            with engine.begin() as rows:
                if rows.scalar(sa.select(LoginSession.person_id).where(LoginSession.id == session.get("who"))) is None:
                    abort(401)
                return view(rows, **parts)
        return known

    for path, view in VIEWS.items():
        app.add_url_rule(path, view.__name__, answered(view), methods=["GET", "POST"])
    with cellar.read() as rows, app.test_client() as browser:
        with browser.session_transaction() as cookie:
            cookie["who"] = rows.scalar(sa.select(sa.func.min(LoginSession.id)))
        kept = browser.get_cookie("session")
    assert kept is not None
    return Caller(app, f"session={kept.value}")


def per_party(rows: sa.Connection, ids: list[int], column: sa.ColumnElement[int], value: sa.ColumnElement[object],
              *where: sa.ColumnElement[bool]) -> dict[int, object]:
    """One figure for each of some parties."""
    found = rows.execute(sa.select(column, value).where(column.in_(ids), *where).group_by(column))
    return dict(found.all())


def register(rows: sa.Connection) -> str:
    """One page of parties with four figures each."""
    found = rows.execute(sa.select(party).order_by(party.c.name_ja, party.c.id).limit(PAGE + 1)).all()
    ids = [row.id for row in found]
    return render_template(
        "register.html", found=found[:PAGE], more=len(found) > PAGE,
        countries=list(rows.scalars(sa.select(party.c.country).distinct())),
        ends=per_party(rows, ids, ContractTerm.party_id, sa.func.max(ContractTerm.ends_on)),
        lines=per_party(rows, ids, ScopeLine.party_id, sa.func.count(), ScopeLine.state == "active"),
        findings=per_party(rows, ids, Finding.party_id, sa.func.count(), Finding.state != "verified"),
        dues=per_party(rows, ids, Attestation.party_id, sa.func.min(Attestation.due_on), Attestation.state.in_(OPEN)))


def record(rows: sa.Connection, number: int) -> str:
    """One party's record."""
    return render_template(
        "record.html", party=rows.execute(sa.select(party).where(party.c.id == number)).one(),
        aliases=rows.execute(sa.select(PartyAlias.__table__).where(PartyAlias.party_id == number)).all(),
        engagements=rows.execute(sa.select(Engagement.__table__).where(Engagement.party_id == number)).all())


def desk(rows: sa.Connection) -> str:
    """One page of attestations with the counts of the tabs."""
    found = rows.execute(
        sa.select(attestation, party.c.name_ja, Template.title_ja)
        .join(party, party.c.id == attestation.c.party_id).join(Template, Template.id == attestation.c.template_id)
        .where(attestation.c.state.in_(OPEN)).order_by(attestation.c.due_on, attestation.c.id)
        .limit(PAGE + 1)).all()
    counts = rows.execute(sa.select(
        sa.func.count().filter(attestation.c.state == "submitted"), sa.func.count(),
        sa.func.count().filter(attestation.c.state.in_(OPEN), attestation.c.due_on < TODAY)).select_from(attestation)
    ).one()
    weeks = rows.execute(sa.select(attestation.c.due_on, sa.func.count()).group_by(attestation.c.due_on)).all()
    return render_template("desk.html", found=found[:PAGE], counts=counts, weeks=weeks)


def linter(rows: sa.Connection) -> str:
    """One page of what contradicts, with the counts of the kinds."""
    found = rows.execute(
        sa.select(warning, line.c.purpose, line.c.state, party.c.name_ja).join(line, line.c.id == warning.c.scope_id)
        .join(party, party.c.id == warning.c.party_id).order_by(warning.c.id).limit(PAGE + 1)).all()
    counts = rows.execute(sa.select(warning.c.kind, sa.func.count()).group_by(warning.c.kind)).all()
    return render_template("linter.html", found=found[:PAGE], counts=counts)


def matrix(rows: sa.Connection) -> str:
    """Items, purposes, routes and places with their number of lines."""
    items = sa.cast(line.c["items"], sa.Text)
    found = rows.execute(sa.select(items, line.c.purpose, line.c.route, line.c.location, sa.func.count()).where(
        line.c.state != "ended").group_by(items, line.c.purpose, line.c.route, line.c.location)).all()
    counted: Counter[tuple[str, ...]] = Counter()
    for codes, purpose, route, place, count in found:
        for item in json.loads(codes):
            counted[item, purpose, route, place] += count
    return render_template("matrix.html", found=sorted(counted.items()))


def sheet(rows: sa.Connection, number: int) -> dict[str, object]:
    """The questions of an attestation with their answers."""
    template = rows.scalar(sa.select(attestation.c.template_id).where(attestation.c.id == number))
    found = rows.execute(sa.select(answer).where(answer.c.attestation_id == number))
    return {"questions": forms.template(rows, template).questions, "answers": {row.question: row for row in found}}


def questionnaire(rows: sa.Connection, number: int) -> str:
    """A form of all questions."""
    return render_template("form.html", **sheet(rows, number))


def review(rows: sa.Connection, number: int) -> str:
    """All questions with answers and the form of a verdict."""
    found = rows.execute(sa.select(Verdict.__table__).where(Verdict.attestation_id == number))
    return render_template("review.html", verdicts={row.question: row for row in found}, **sheet(rows, number))


def save(rows: sa.Connection, number: int) -> Response:
    """Keep what was typed to one question, and a line that says so."""
    row = rows.execute(sa.select(answer).where(
        answer.c.attestation_id == number, answer.c.question == request.form["question"])).one()
    rows.execute(sa.update(answer).where(answer.c.id == row.id).values(
        comment=request.form["comment"], version=row.version + 1))
    rows.execute(sa.insert(KEPT), {"text": f'{{"answer":{row.id},"version":{row.version + 1}}}'})
    return jsonify(version=row.version + 1)


VIEWS: dict[str, Callable[..., Page]] = {
    "/register": register, "/desk": desk, "/party/<int:number>": record, "/form/<int:number>": questionnaire,
    "/review/<int:number>": review, "/save/<int:number>": save, "/linter": linter, "/matrix": matrix,
}
