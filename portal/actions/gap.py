"""The gap questionnaire (差分点検): the questions an edition touches, to those whose answers or kind they concern."""

from portal.actions import checklists, record, rounds
from portal.core import gap, offices
from portal.core.actor import Actor
from portal.core.errors import N_, NotNow
from portal.core.legal import Header
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.models import Edition, GapChecklist, GapRound, Round, Template
from portal.queries import editions, forms, reached
from portal.queries import gap as found
from portal.store.work import Work

NOT_IN_FORCE = N_("Only the edition that is in force opens a gap questionnaire.")
NOBODY = N_("Nobody is left to ask: it touches no accepted answer and no party by its kind, or all were asked already.")


def send_out(work: Work, actor: Actor, edition: Edition, plan: rounds.Plan) -> Round:
    """Ask those whom an edition in force touches and who were not asked for it, at most MOST of them, as a round."""
    record.require(actor, Permission.REQUEST)
    today = day_in(work.now())
    now = editions.in_force(work.rows, today).get(edition.kind)
    if now is None or now.id != edition.id:
        raise NotNow(NOT_IN_FORCE)
    edition.asked_at = work.now()  # a second hand at the same time meets another version, and asks nobody twice
    reach = found.reach(work.rows, edition)
    touched: list[found.Touched | reached.Reached] = [
        *found.parties(work.rows, actor, edition, (reach, found.ASK, found.MOST, 0))]
    touched += reached.parties(work.rows, actor, edition, (reach, found.MOST - len(touched), 0))
    if not touched:
        raise NotNow(NOBODY)
    asked = {row.asked: row for row in touched}
    lists = {key: _checklist(work, actor, edition, row).id for key, row in asked.items()}
    targets = [rounds.Target(row.party.id, lists[row.asked],
                             offices.next_open_day(plan.due_on, row.party.country)) for row in touched]
    made = rounds.begin(work, actor, plan, targets)
    work.rows.add(GapRound(edition_id=edition.id, round_id=made.id))
    record.note(work, actor, edition, "gap_opened", parties=len({row.party.id for row in touched}),
                checklists=len(targets), questions=sorted({id for row in touched for id in row.questions}),
                round=made.public_id)
    return made


def _checklist(work: Work, actor: Actor, edition: Edition, touched: found.Touched | reached.Reached) -> Template:
    """The checklist of exactly these questions, published when the first party needs it."""
    kept = found.checklist(work.rows, edition, touched.source, touched.questions)
    if kept is not None:
        return kept
    source = touched.source.row
    code = f"{source.code}-G{found.number(work.rows, source.code)}"
    whole = forms.template(work.rows, source.id)
    header = Header("1.0", day_in(work.now()), whole.checklist.title)
    row = checklists.publish(work, actor, gap.questionnaire(whole, touched.questions, (code, edition.name, header)))
    work.rows.flush()
    work.rows.add(GapChecklist(edition_id=edition.id, template_id=row.id, source_id=source.id, code=source.code,
                               questions=list(touched.questions)))
    work.rows.flush()
    return row
