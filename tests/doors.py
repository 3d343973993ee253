"""The table of doors (tests/doors.txt) as rows, and the answers that one may expect of a door."""

import io
from dataclasses import dataclass
from pathlib import Path

from werkzeug.test import TestResponse

TABLE = Path(__file__).with_name("doors.txt")
STAFF = frozenset({"lead", "reviewer", "approver", "administrator"})
PARTY = frozenset({"officer", "clerk"})
SIGNED = STAFF | PARTY | {"stranger", "auditor"}
ROLES = ("nobody", *sorted(SIGNED))
GROUPS = {"anyone": SIGNED | {"nobody"}, "signed": SIGNED, "staff": STAFF, "party": PARTY,
          "nobody-yet": frozenset[str]()}
AUDIENCES = {"desk": STAFF, "my": PARTY | {"stranger"}, "admin": frozenset({"lead", "administrator"}),
             "account": SIGNED, "audit": frozenset({"auditor"})}
DONE = frozenset({200, 201, 204, 303, 422})
"""What an allowed act answers: a page, a thing made or gone, a way onward, or what is missing in an empty form."""


@dataclass(frozen=True)
class Door:
    """One row of the table."""

    endpoint: str
    method: str
    who: frozenset[str]
    words: tuple[tuple[str, str], ...]
    things: tuple[tuple[str, str], ...]

    @property
    def parameters(self) -> set[str]:
        """The names of what stands in the address."""
        return {name for name, _ in self.words + self.things}

    def values(self, things: dict[str, str], foreign: dict[str, str] | None = None, one: str = "") -> dict[str, str]:
        """The parameters' values; the one named is taken from the foreign things."""
        found = {name: things[thing] for name, thing in self.things}
        if foreign is not None and one:
            found[one] = foreign[dict(self.things)[one]]
        return found | dict(self.words)


def table() -> list[Door]:
    """Every row."""
    rows = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            endpoint, method, who, *parameters = line.split()
            groups = [GROUPS.get(name, frozenset({name})) for name in who.split(",")]
            words = tuple((name, word) for name, colon, word in (p.partition(":") for p in parameters) if colon)
            things = tuple((name, thing) for name, equal, thing in (p.partition("=") for p in parameters) if equal)
            rows.append(Door(endpoint, method, frozenset().union(*groups), words, things))
    return rows


def expected(door: Door, role: str) -> frozenset[int]:
    """The statuses with which a door answers a role before a thing of its own party."""
    if role in door.who:
        return DONE
    audience = door.endpoint.partition(".")[0]
    if audience == "public":
        return frozenset({404})
    if role == "nobody":
        return frozenset({303})
    return frozenset({403 if role in AUDIENCES[audience] else 404})


GUEST = {"email": "x@example.jp", "name": "x", "role": "clerk", "language": "ja", "title": ""}
PARTY_FORM = {"name_ja": "新しい検査所", "kind": "testing_lab", "country": "JP", "location": "JP", "tier": "none",
              "status": "active"}
TERM = {"starts_on": "2027-04-01", "ends_on": "2028-03-31", "kind": "renewal"}
CONTRACT = {**TERM, "relation": "entrustment", "number": "C-99", "title": "覚書", "reentrustment_mode": "prior_consent",
            "notice_days_party": "90", "notice_days_jmdp": "90", "governing_law": "JP"}
FINISH = {"outcome": "return", "letter": "x", "due_on": "2027-01-29"}
BODIES: dict[str, dict[str, str]] = {
    "language": {"lang": "ja"}, "desk.interest": {"interest": "no"}, "desk.extend": {"due_on": "2027-01-29"},
    "desk.new_round": {"title": "x"}, "desk.extend_round": {"due_on": "2027-01-29"},
    "desk.withdraw": {"reason": "x"}, "desk.pause_round": {"reason": "x"},
    "desk.withdraw_round": {"reason": "x"}, "desk.send_back": {"back-reason": "x"},
    "desk.packet_withdraw": {"reason": "x"}, "desk.decide": {"reason": "x"},
    "desk.state_facts": {"fact.PC-X": "yes"}, "desk.activate": {"route": "RT-X"}, "desk.finish": FINISH,
    "admin.give_role": {"role": "lead"}, "admin.invite": {**GUEST, "role": "reviewer"},
    "desk.invite_colleague": GUEST, "my.invite_colleague": GUEST,
    "my.submit": {"name": "x", "title": "x", "is_declared": "y"},
    "desk.add_name": {"name": "x", "source": "own"}, "desk.rename_view": {"title": "別の名"},
    "desk.add_contact": {**GUEST, "email": "y@example.jp"},
    "desk.new_party": PARTY_FORM, "desk.edit_party": PARTY_FORM, "desk.new_contract": CONTRACT, "desk.new_term": TERM,
    "desk.new_scope": {"items": "donor_code", "purpose": "P08", "location": "JP", "country": "JP", "contract": ""},
    "desk.line_records": {"manner": "batch", "held_in": "x", "relied_on": "", "ground": "", "statute": ""},
    "desk.choose_tier": {"tier": "low", "reason": "x"},
    "desk.rate_party": {"note": "x", **{f"{when}_{what}": "2" for when in ("inherent", "residual")
                                        for what in ("likelihood", "impact")}},
    "desk.correct_address": {"email": "new@example.jp"},
    "desk.contacted": {"means": "telephone", "on": "2026-11-20", "spoken_to": "x"},
    "desk.accept_risk": {"until": "2027-01-29", "why": "x"},
    "desk.reject_finding": {"reject_plan-reason": "x"}, "desk.reopen_finding": {"reopen-reason": "x"},
    "desk.resume_finding": {"resume-reason": "x"},
    "desk.verify_finding": {"verify-reason": "x"}, "my.plan_finding": {"plan": "x"},
    "desk.accept_finding": {"accept_risk-reason": "x", "accept_risk-until": "2027-01-29"},
    "desk.return_reentrustment": {"return-reason": "x"}, "desk.pass_reentrustment": {"pass-reason": "x"},
    "desk.send_back_reentrustment": {"send_back-reason": "x"}, "desk.decline_reentrustment": {"decline-reason": "x"},
    "desk.consent_reentrustment": {"consent-until": "2027-01-29"}, "desk.revoke_reentrustment": {"revoke-reason": "x"},
    "my.reentrustment_new": {"name_ja": "x", "under": ""}, "my.reentrustment": {"name_ja": "x", "under": ""},
    "my.end_reentrustment": {"end-on": "2026-11-24", "end-said": "x"},
    "desk.inspection_new": {"on": "2027-01-29", "place": "x", "points": "x", "ours": "x"},
    "desk.hold_inspection": {"visit-on": "2026-11-24", "visit-attended": "x", "visit-result": "x"},
    "desk.cancel_inspection": {"cancel-reason": "x"},
    "desk.finding_new": {"fact": "x", "severity": "low", "due_on": "2027-01-29"},
    "desk.overseas_statement": {"on": "2026-11-20", "source": "x", "law": "x", "principles": "x", "strong": "x"},
    "desk.open_relation": {"relation": "joint_use"},
    "desk.add_assessment": {"kind": "paper_check", "on": "2026-11-20", "passed": "yes", "reference": "x"},
    "desk.joint_use_publish": {"effective_on": "2026-12-25"}, "desk.new_request": {"due_on": "2027-01-29"},
    "desk.checklist_new": {"code": "NEW", "title_ja": "新しい点検票", "title_en": "A new checklist"},
}
"""Complete forms, where an empty one would be answered before anybody looks at who sends it."""
OF_THINGS = {
    "account.move": {"place": "place"}, "desk.ask_packet": {"of": "signed"},
    "desk.new_scope": {"engagement": "engagement"}, "desk.add_assessment": {"engagement": "engagement"},
    "desk.new_request": {"template": "template"}, "desk.finish": {"digest": "reviewing_digest"},
    "desk.sign_off": {"digest": "awaiting_digest"},
}
"""Fields that name a thing."""
TUS = {"Tus-Resumable": "1.0.0"}
HEADERS = {
    "my.upload": {**TUS, "Upload-Length": "9", "Upload-Metadata": "filename YS5wZGY="}, "my.upload_drop": TUS,
    "my.upload_piece": {**TUS, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"},
}
"""What a machine's door wants to hear."""


def body(endpoint: str, things: dict[str, str]) -> dict[str, object]:
    """The form to send to a door about these things."""
    fields: dict[str, object] = dict(BODIES.get(endpoint, {}))
    fields |= {field: things[thing] for field, thing in OF_THINGS.get(endpoint, {}).items()}
    if endpoint == "desk.add_file":
        fields["file"] = (io.BytesIO(b"a,b\n1,2\n"), "list.csv")
    return fields


def led_to_sign_in(answer: TestResponse) -> bool:
    """Whether an answer leads a stranger to the sign-in page."""
    return answer.status_code == 303 and str(answer.location).startswith("/sign-in")
