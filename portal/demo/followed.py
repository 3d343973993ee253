"""The demo's letters: one refused by a mail server, a call that took the place of another, a text written anew."""

import sqlalchemy as sa

from portal.actions import delivery, mailtexts, register
from portal.core.readable import day_in
from portal.demo.story import World
from portal.models import Attestation, Party
from portal.queries import mailtexts as texts
from portal.store.work import Letter, Work

REFUSED = "550 5.1.1 No such user here"
ADDRESS = "zennin@sys-a.example.jp"


def make(world: World) -> None:
    """A contact of one fictional party who has left, and a call to another about its overdue request."""
    lead = world.staff["lead"]
    with world.cellar.work() as work:
        party = work.rows.get_one(Party, world.parties["SYS-A"].id)
        register.add_contact(work, lead, party, register.NewContact("前任 担当（架空）", ADDRESS))
        mail = work.mail(Letter(
            ADDRESS, "【点検ポータル】契約更新に伴うご連絡先の確認のお願い",
            "いつもお世話になっております。\nご連絡先に変更がないか、ご確認をお願いいたします。\n", "request",
            party_id=party.id))
        mail.status, mail.error, mail.tries = "bounced", REFUSED, 1
        delivery.missed(work, mail)
        late = work.rows.get_one(Party, world.parties["CALL"].id)
        about = work.rows.scalars(sa.select(Attestation).where(Attestation.party_id == late.id)
                                  .order_by(Attestation.id.desc())).first()
        delivery.note_contact(work, lead, late, delivery.Told(
            "telephone", day_in(work.now()), "総務課　受付（架空）",
            "期限を過ぎている旨をお伝えした。来週中に提出の見込み。"), about)
        _write(world, work)


def _write(world: World, work: Work) -> None:
    """The administrator adds a line on the office's closed days to the reminder, in both languages."""
    typed = {}
    for language, before, line in (
            ("ja", "何卒よろしくお願い申し上げます。", "12月29日から1月3日までは、お電話での受付を休みます。\n"),
            ("en", "{signature}", "Our telephone is closed from 29 December to 3 January.\n")):
        stands = texts.stands(work.rows, "reminder", language)
        head, mark, tail = stands.body.partition(before)
        typed[language] = mailtexts.Typed(stands.subject, f"{head}{line}{mark}{tail}", stands.number)
    mailtexts.save(work, world.staff["administrator"], "reminder", typed)
