"""The editions under which a packet was signed off: what its cover names, held against the ledger's own entry."""

from datetime import date
from typing import Literal

from portal.packet.drawn import stated
from portal.packet.record import Entry
from portal.packet.value import value

SIGNED = "attestation.sign_off"


@value
class Edition:
    """An edition of the policy or of the law table: its name, the day from which it applies, its digest (SHA-256)."""

    kind: Literal["policy", "law"]
    name: str
    valid_from: date
    digest: str


def is_entered(editions: tuple[Edition, ...], version_digest: str, entries: tuple[Entry, ...]) -> bool:
    """Say whether the last sign-off of a version was entered under these editions, and under no other policy."""
    signed = [said for said in stated(SIGNED, entries) if said.get("digest") == version_digest]
    facts = signed[-1] if signed else {}
    named = {f"{one.kind}_edition": one.digest for one in editions}
    return all(facts.get(kind) == digest for kind, digest in named.items()) and (
        facts.get("policy_edition") == named.get("policy_edition"))
