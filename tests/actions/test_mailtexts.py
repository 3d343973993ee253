"""Texts of mails are written over the shipped ones by an administrator, kept as versions, and never run."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from portal.actions import letters, mailtexts
from portal.actions.mailtexts import Typed
from portal.core.errors import Incomplete, NotAllowed, NotFound, Stale
from portal.models import Attestation, LedgerEntry, Mail, MailText
from portal.queries import mailtexts as found
from portal.store.cellar import Cellar
from tests.actions import flow
from tests.cast import Cast

NEW = Typed("新しい件名 {number}", "{party} {name}様\n{note}\n{number} {due}\n{link}\n7*7\n{signature}\n", 0)


def save(cellar: Cellar, people: Cast, typed: Typed, language: str = "ja", occasion: str = "request") -> int:
    """Save a text as the administrator."""
    with cellar.work() as work:
        return mailtexts.save(work, people.administrator.actor, occasion, {language: typed})


def asked(cellar: Cellar, people: Cast) -> Mail:
    """The letter of a request that was just made."""
    flow.ask(cellar, people)
    with cellar.read() as rows:
        return rows.scalars(sa.select(Mail).where(Mail.kind == "request").order_by(Mail.id.desc())).first() or Mail()


def test_the_next_letter_goes_out_with_the_text(cellar: Cellar, people: Cast) -> None:
    assert save(cellar, people, NEW) == 1 and save(cellar, people, NEW) == 0
    mail = asked(cellar, people)
    assert mail.subject == "新しい件名 A-2026-0001"
    lines = mail.body.splitlines()
    assert lines[0].startswith("見本検査センター") and "A-2026-0001 2026年12月18日" in lines[1] and lines[3] == "7*7"
    assert lines[2] == f"{cellar.settings.address}/my/attestations/{mail.thing}" and "点検担当" in mail.body


def test_what_names_the_wrong_things_is_refused_and_code_is_never_run(cellar: Cellar, people: Cast) -> None:
    for subject, body, fields in (
            (NEW.subject, NEW.body.replace("7*7", "{{ 7*7 }}"), {"body_ja"}), ("{wonder}", NEW.body, {"subject_ja"}),
            ("{number}", "{name}様", {"body_ja"}), ("", NEW.body.replace("{link}", ""), {"subject_ja", "body_ja"}),
            (NEW.subject, NEW.body + "{{ work.settings.keys }}", {"body_ja"})):
        with pytest.raises(Incomplete) as refusal:
            save(cellar, people, Typed(subject, body, 0))
        assert set(refusal.value.fields) == fields
    save(cellar, people, Typed(NEW.subject, NEW.body + "%(x)s <% 7 %>\n", 0))
    assert "%(x)s <% 7 %>" in asked(cellar, people).body
    with cellar.read() as rows:
        assert rows.scalars(sa.select(MailText.number)).all() == [1]


def test_only_an_administrator_and_only_what_may_be_written(cellar: Cellar, people: Cast) -> None:
    with pytest.raises(NotAllowed), cellar.work() as work:
        mailtexts.save(work, people.lead.actor, "request", {"ja": NEW})
    with pytest.raises(NotAllowed), cellar.work() as work:
        mailtexts.restore(work, people.lead.actor, "request")
    for occasion in ("notice", "wonder", "../request", "signature"):
        with pytest.raises(NotFound):
            save(cellar, people, NEW, occasion=occasion)


def test_versions_stay_and_the_shipped_text_comes_back(cellar: Cellar, people: Cast) -> None:
    shipped = found.shipped("request", "ja")
    save(cellar, people, NEW)
    with pytest.raises(Stale) as clash:
        save(cellar, people, Typed("別の件名 {number}", NEW.body, 0))
    assert isinstance(clash.value.theirs, found.Stands) and clash.value.theirs.subject == NEW.subject
    save(cellar, people, Typed("別の件名 {number}", NEW.body, 1))
    with cellar.work() as work:
        assert mailtexts.restore(work, people.administrator.actor, "request") == 1
        assert mailtexts.restore(work, people.administrator.actor, "request") == 0
        stands = found.stands(work.rows, "request", "ja")
        assert (stands.subject, stands.number, stands.is_shipped) == (shipped.subject, 3, True)
        sides = found.listing(work.rows, people.administrator.actor)["request"]
        assert sides["ja"] == found.Side(3, work.now(), "管理 四郎") and sides["en"] == found.Side()
        kept = found.versions(work.rows, people.administrator.actor, "request")
        assert [(row.number, row.is_shipped, name) for row, name in kept] == [
            (3, True, "管理 四郎"), (2, False, "管理 四郎"), (1, False, "管理 四郎")]
    assert "ご回答のお願い" in asked(cellar, people).subject
    with cellar.read() as rows:
        events = rows.scalars(sa.select(LedgerEntry.event).where(LedgerEntry.noun == "mail_text")
                              .order_by(LedgerEntry.id)).all()
    assert events == ["mail_text.saved", "mail_text.saved", "mail_text.restored"]
    with pytest.raises(DatabaseError), cellar.engine.begin() as connection:
        connection.execute(sa.update(MailText).values(body="x"))


def test_a_text_that_no_longer_fits_is_not_used_and_administrators_are_told_once(
        cellar: Cellar, people: Cast) -> None:
    with cellar.work() as work:
        work.rows.add(MailText(occasion="request", language="ja", number=1, subject="{gone}", body="{number}",
                               made_by_id=people.administrator.person_id, made_at=work.now()))
    assert "ご回答のお願い" in asked(cellar, people).subject
    with cellar.work() as work:
        letters.requested(work, work.rows.scalars(sa.select(Attestation)).one())
    with cellar.read() as rows:
        told = rows.scalars(sa.select(Mail).where(Mail.kind == "text_unfit")).all()
        assert found.unfit(rows, people.administrator.actor) == 1
        assert not found.listing(rows, people.administrator.actor)["request"]["ja"].fits
    assert len(told) == len({mail.recipient for mail in told}) >= 1
    assert all(f"{cellar.settings.address}/admin/texts/request" in mail.body for mail in told)
    save(cellar, people, Typed(NEW.subject, NEW.body, 1))
    with cellar.read() as rows:
        assert found.unfit(rows, people.administrator.actor) == 0


def test_a_mail_that_was_made_keeps_its_text(cellar: Cellar, people: Cast) -> None:
    before = asked(cellar, people)
    save(cellar, people, NEW)
    with cellar.read() as rows:
        kept = rows.get_one(Mail, before.id)
    assert (kept.subject, kept.body, kept.status) == (before.subject, before.body, "queued")


def test_what_a_party_typed_is_not_read_as_a_placeholder(cellar: Cellar, people: Cast) -> None:
    typed = Typed("{number} {reason}", "{name}様 {checklist} {number} {reason}\n{signature}", 0)
    save(cellar, people, typed, occasion="withdrawn")
    attestation = flow.find(cellar, flow.ask(cellar, people))
    with cellar.work() as work:
        reader = letters.of_party(work, people.party)[0]
        subject, body = letters.render(work, reader, "withdrawn", attestation=attestation, title="T",
                                       reason="{signature} {{ 7*7 }}\nBcc: a@example.jp")
    assert "{signature} {{ 7*7 }}" in body.splitlines()[0]
    assert subject.endswith("{signature} {{ 7*7 }} Bcc: a@example.jp") and "\n" not in subject


def test_the_newest_version_is_one_and_a_version_says_something(cellar: Cellar, people: Cast) -> None:
    save(cellar, people, NEW)
    made = {"made_by_id": people.administrator.person_id, "occasion": "request", "language": "ja", "subject": "x"}
    for wrong in ({"number": 1, "body": "x"}, {"number": 0, "body": "x"}, {"number": 2, "body": ""},
                  {"number": 2, "body": "x", "is_shipped": True}):
        with pytest.raises(Stale), cellar.work() as work:
            work.rows.add(MailText(**{**made, **wrong, "made_at": work.now()}))
