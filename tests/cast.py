"""The named cast: a lead, two reviewers, an approver, an administrator, a party's people, and another party's."""

from dataclasses import dataclass, replace

from flask import Flask
from flask.testing import FlaskClient

from portal.actions import people, register, sessions
from portal.core.actor import SYSTEM, Actor, Role
from portal.core.partyfacts import PartyFacts
from portal.models import Party, Person
from portal.store.cellar import Cellar


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast: the person's id and address, the party (or none), the Actor."""

    person_id: int
    email: str
    actor: Actor

    @property
    def proven(self) -> Actor:
        """The same, having proved once more who they are."""
        return replace(self.actor, has_stepped_up=True)


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, and the two parties."""

    lead: Member
    reviewer: Member
    reviewer2: Member
    approver: Member
    administrator: Member
    officer: Member
    clerk: Member
    stranger: Member
    party: Party
    other: Party


STAFF = {
    "lead": ("主管 花子", {Role.LEAD}),
    "reviewer": ("審査 一子", {Role.REVIEWER}),
    "reviewer2": ("審査 二郎", {Role.REVIEWER}),
    "approver": ("承認 三郎", {Role.APPROVER}),
    "administrator": ("管理 四郎", {Role.ADMINISTRATOR}),
}


def gather(cellar: Cellar) -> Cast:
    """Make the cast through the same verbs as the pages."""
    lead = Actor(0, "system", frozenset({Role.LEAD, Role.SYSTEM}))
    with cellar.work() as work:
        party = register.add_party(work, lead, PartyFacts(
            kind="testing_lab", name_ja="見本検査センター", name_en="Mihon Laboratory"))
        other = register.add_party(work, lead, PartyFacts(
            kind="it_outsourcer", name_ja="例示システム株式会社", name_en="Reiji Systems"))
        members: dict[str, Member] = {}
        for key, (name, roles) in STAFF.items():
            person = _person(work, key, name)
            for role in roles:
                people.grant(work, SYSTEM, person, role)
            members[key] = Member(person.id, person.email, Actor(person.id, name, frozenset(roles)))
        for key, place, role in (("officer", party, Role.OFFICER), ("clerk", party, Role.CLERK),
                                 ("stranger", other, Role.OFFICER)):
            person = _person(work, key, {"officer": "責任 太郎", "clerk": "担当 次子"}.get(key, "他社 三子"))
            people.join(work, SYSTEM, person, people.Place(place, role, "部長"))
            members[key] = Member(person.id, person.email, Actor(
                person.id, person.name, frozenset({role}), place.id, "部長", is_sole_member=key == "stranger"))
    return Cast(party=party, other=other, **members)


def _person(work: register.Work, key: str, name: str) -> Person:
    return people.add(work, SYSTEM, people.NewPerson(f"{key}@example.jp", name))


def client(app: Flask, cellar: Cellar, member: Member | None) -> FlaskClient:
    """A browser in which a member of the cast has signed in (with second factor, stepped up), or nobody."""
    browser = app.test_client()
    if member is None:
        return browser
    with cellar.work() as work:
        person = work.rows.get_one(Person, member.person_id)
        secret = sessions.begin(work, person, member.actor.party_id, sessions.Browser("test"), second_factor=True)
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = secret
    return browser
