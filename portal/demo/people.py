"""The people of the demo: JMDP's staff, and an officer and a clerk at every fictional party that has a story."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.actions import people
from portal.core.actor import SYSTEM, Actor, Role
from portal.models import Party, Person
from portal.store.cellar import Cellar
from portal.store.work import Work

STAFF = {
    "lead": ("主管　花子", "Hanako SHUKAN", {Role.LEAD}),
    "reviewer": ("審査　一子", "Ichiko SHINSA", {Role.REVIEWER}),
    "reviewer2": ("審査　二郎", "Jiro SHINSA", {Role.REVIEWER}),
    "approver": ("承認　三郎", "Saburo SHONIN", {Role.APPROVER}),
    "administrator": ("管理　四郎", "Shiro KANRI", {Role.ADMINISTRATOR, Role.LEAD}),
}
FAMILY = ("見本", "例示", "仮想", "架空", "試験", "模擬", "練習", "設例")
GIVEN = ("太郎", "次子", "三男", "春香", "秋人", "夏実", "冬馬", "美月")
ABROAD = ("Alex Sample", "Robin Example", "Kim Mockup", "Sam Fictive")


@dataclass(frozen=True, slots=True)
class Place:
    """The two people of a party, as actors."""

    officer: Actor
    clerk: Actor


def staff(cellar: Cellar) -> Mapping[str, Actor]:
    """Make JMDP's people; gives them as actors by their part."""
    made = {}
    with cellar.work() as work:
        for key, (name, romaji, roles) in STAFF.items():
            person = _person(work, f"{key}@jmdp.example", name, romaji)
            for role in sorted(roles):
                people.grant(work, SYSTEM, person, role)
            made[key] = Actor(person.id, name, frozenset(roles), has_stepped_up=True)
    return made


def members(cellar: Cellar, parties: Mapping[str, Party]) -> Mapping[str, Place]:
    """Make an officer and a clerk at each party; gives them by the party's code."""
    made = {}
    with cellar.work() as work:
        for number, (code, party) in enumerate(parties.items()):
            language = "en" if party.country in ("XE", "XO", "US") else "ja"
            actors: list[Actor] = []
            for role, title in ((Role.OFFICER, ("管理責任者", "Data protection officer")),
                                (Role.CLERK, ("担当", "Quality coordinator"))):
                name = _name(number * 2 + len(actors), language)
                person = _person(work, f"{role.value}@{code.lower()}.example", name, "", language)
                word = title[language == "en"]
                people.join(work, SYSTEM, person, people.Place(party, role, word))
                actors.append(Actor(person.id, name, frozenset({role}), party.id, word, language))
            made[code] = Place(*actors)
    return made


def _name(number: int, language: str) -> str:
    if language == "en":
        return ABROAD[number % len(ABROAD)]
    return f"{FAMILY[number % len(FAMILY)]}　{GIVEN[(number * 3 + number // 8) % len(GIVEN)]}"


def _person(work: Work, email: str, name: str, romaji: str = "", language: str = "ja") -> Person:
    zone = "Europe/Paris" if language == "en" else "Asia/Tokyo"
    return people.add(work, SYSTEM, people.NewPerson(
        email, name, language, zone, name_romaji=romaji, is_demo=True))
