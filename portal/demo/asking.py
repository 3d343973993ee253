"""The demo's rounds: firms that were not asked yet this year at once, and a round of research bodies that is paused."""

from portal.actions import rounds
from portal.core.deadlines import add_business_days
from portal.demo.story import World
from portal.queries import choosing
from portal.queries import rounds as found

ROUNDS = {"ITO": "委託先　年次点検", "RES": "研究機関　年次点検"}


def make(world: World) -> None:
    """Begin both rounds for the fictional parties that each checklist fits; the second is left paused."""
    lead, due = world.staff["lead"], add_business_days(world.today, 30)
    begun = []
    for code, title in ROUNDS.items():
        wanted = choosing.Wanted(due)
        with world.cellar.work() as work:
            chosen = [row for row in choosing.candidates(work.rows, lead, wanted, world.today)
                      if row.template.code == code and row.party.is_fictional and not row.asked_as]
            plan = rounds.Plan(title, due, repeat_months=12, wanted={"template": code})
            begun.append(rounds.begin(work, lead, plan, [
                rounds.Target(row.party.id, row.template.id, row.due_on) for row in chosen]).public_id)
    for public_id in begun:
        left = True
        while left:
            with world.cellar.work() as work:
                left = rounds.ask_next(work, found.one_of(work.rows, public_id))
    with world.cellar.work() as work:
        rounds.pause(work, lead, found.one_of(work.rows, begun[-1]), "年末年始の繁忙期のため、年明けに再開します。")
