"""Editions of the policy and the law table (版): loaded with their digest, marked, confirmed by a second person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from portal.actions import record, sharing
from portal.core import gap, policytext
from portal.core.actor import Actor
from portal.core.entry import Personal
from portal.core.errors import N_, BadFile, Incomplete, NotNow
from portal.core.policy import Permission
from portal.core.readable import day_in
from portal.models import Edition, SignOff, SignOffEdition
from portal.queries import editions
from portal.store.work import Work

LARGEST = 512_000
"""Bytes of a policy's text; the published one has some 20,000."""
TOO_LARGE = N_("A policy's text has at most 500 kB. Leave out pictures and annexes.")
NO_TEXT = N_("This is no plain text. Save the policy as a text file (.txt) and hand that in.")
STRANGE = frozenset((*range(32), *range(0x7F, 0xA0), *range(0xE000, 0xF900))) - {9, 10, 12, 13}
DECIDED = N_("This was decided before. Reload the page to see how.")


@dataclass(frozen=True, slots=True)
class Loaded:
    """An edition as it is handed in: its name, the day from which it applies (Japan), its bytes."""

    name: str
    valid_from: date | None
    content: bytes


@dataclass(frozen=True, slots=True)
class Marks:
    """The clauses in which an edition differs from the one before, and what changes, in both languages."""

    changed: Sequence[str]
    note_ja: str
    note_en: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What a second person decides of an edition, on the version that they looked at (None: not asked)."""

    confirm: bool
    reason: str = ""
    seen: int | None = None


def readable(content: bytes) -> str:
    """Give a plain text's words from UTF-8 or Shift_JIS; BadFile for anything else, an empty or too large one."""
    if len(content) > LARGEST:
        raise BadFile(TOO_LARGE)
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.strip() and STRANGE.isdisjoint(map(ord, text)):
            return text.replace("\r\n", "\n")
        break
    raise BadFile(NO_TEXT)


def load(work: Work, actor: Actor, loaded: Loaded) -> Edition:
    """Load an edition of the policy; the clauses that read otherwise than in the one before are marked at once."""
    record.require(actor, Permission.LOAD_EDITION)
    text = readable(loaded.content)
    digest = sha256(loaded.content).hexdigest()
    problems = _problems(work, "policy", loaded, digest)
    if loaded.valid_from is None or problems:
        raise Incomplete("The edition cannot be loaded yet.", problems)
    clauses = work.catalogue.policy.values()
    now = policytext.split(text, clauses)
    if not set(now) - {policytext.FIRST}:
        raise Incomplete("The edition cannot be loaded yet.", {
            "file": N_("No clause was found in this text. Hand in the whole policy with its numbering.")})
    last = editions.newest(work.rows, "policy")
    before = policytext.split(editions.text_of(work.rows, last), clauses) if last else now
    changed = [change.clause for change in policytext.compare(before, now) if change.clause in work.catalogue.policy]
    return _keep(work, actor, Edition(kind="policy", name=loaded.name.strip(), digest=digest, text=text,
                                      valid_from=loaded.valid_from, changed=changed))


def load_table(work: Work, actor: Actor) -> Edition:
    """Load the law table by which this installation judges: its own name, day and digest are kept."""
    record.require(actor, Permission.LOAD_EDITION)
    header, digest = work.catalogue.rules.header, work.catalogue.digests[sharing.RULES_FILE]
    problems = _problems(work, "law", Loaded(header.edition, header.valid_from, b""), digest)
    if problems:
        raise Incomplete(next(iter(problems.values())), problems)
    return _keep(work, actor, Edition(kind="law", name=header.edition, digest=digest, text="",
                                      valid_from=header.valid_from, changed=[]))


def _problems(work: Work, kind: str, loaded: Loaded, digest: str) -> dict[str, str]:
    problems = {}
    last = editions.newest(work.rows, kind)
    if not loaded.name.strip():
        problems["name"] = N_("Enter the edition's name")
    if loaded.valid_from is None:
        problems["valid_from"] = N_("Enter the day from which it applies")
    elif last is not None and loaded.valid_from <= last.valid_from:
        problems["valid_from"] = N_("Choose a day after the one from which the last edition applies")
    if editions.of_digest(work.rows, kind, digest) is not None:
        problems["file"] = N_("This very text is kept as an edition already: its digest is the same")
    elif last is not None and not last.outcome:
        problems["name"] = N_("An edition waits for a second person already. Let it be confirmed or refused first.")
    return problems


def _keep(work: Work, actor: Actor, row: Edition) -> Edition:
    row.loaded_by_id = row.made_by_id = actor.person_id
    row.loaded_at = work.now()
    work.rows.add(row)
    record.note(work, actor, row, "loaded", kind=row.kind, name=Personal(row.name), digest=row.digest,
                valid_from=row.valid_from.isoformat())
    return row


def mark(work: Work, actor: Actor, edition: Edition, marks: Marks, version: int | None = None) -> None:
    """Mark which clauses an edition changes, and say what; whoever does so last cannot confirm it."""
    record.require(actor, Permission.LOAD_EDITION, edition)
    record.unchanged(edition, version)
    if edition.outcome:
        raise NotNow(DECIDED)
    known = editions.markable(work.rows, work.catalogue, edition.kind)
    changed = [code for code in known if code in set(marks.changed)]
    problems = {}
    if len(changed) != len(set(marks.changed)):
        problems["changed"] = N_("Choose from the list")
    for name, said in (("note_ja", marks.note_ja), ("note_en", marks.note_en)):
        if changed and not said.strip():
            problems[name] = N_("Say in this language too what changes")
    if problems:
        raise Incomplete("The marks are not complete yet.", problems)
    edition.changed, edition.note_ja, edition.note_en = changed, marks.note_ja.strip(), marks.note_en.strip()
    edition.made_by_id = actor.person_id
    record.note(work, actor, edition, "marked", clauses=sorted(gap.as_cited(edition.kind, changed)))


def settle(work: Work, actor: Actor, edition: Edition, settled: Settled) -> None:
    """Confirm an edition, or refuse it with the reason, as a second person; it takes force on its day.

    Stale where it was marked anew since the version that was looked at.
    """
    record.require(actor, Permission.CONFIRM_EDITION, edition)
    record.unchanged(edition, settled.seen)
    confirm, reason = settled.confirm, settled.reason
    if edition.outcome:
        raise NotNow(DECIDED)
    if confirm and edition.changed and not (edition.note_ja and edition.note_en):
        raise NotNow("It is not said yet in both languages what changes. Whoever loaded it writes that first.")
    if not confirm and not reason.strip():
        raise Incomplete("Say why it is refused.", {"reason": N_("Write the reason")})
    edition.outcome, edition.reason = "confirmed" if confirm else "refused", reason.strip()
    edition.decided_by_id, edition.decided_at = actor.person_id, work.now()
    record.note(work, actor, edition, edition.outcome, kind=edition.kind, name=Personal(edition.name),
                digest=edition.digest, valid_from=edition.valid_from.isoformat(),
                clauses=sorted(gap.as_cited(edition.kind, edition.changed)), reason=Personal(reason.strip()))


def keep_with(work: Work, signed: SignOff) -> dict[str, str]:
    """Keep with a sign-off the policy in force and the law table that judges here; gives digests for the ledger."""
    work.rows.flush()
    digest = work.catalogue.digests[sharing.RULES_FILE]
    law = editions.of_digest(work.rows, "law", digest)
    policy = editions.in_force(work.rows, day_in(work.now())).get("policy")
    kept = [policy, law if law is not None and law.outcome == "confirmed" else None]
    work.rows.add_all(SignOffEdition(sign_off_id=signed.id, edition_id=row.id) for row in kept if row is not None)
    return {"law_edition": digest} | ({"policy_edition": policy.digest} if policy is not None else {})
