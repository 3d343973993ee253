"""What lies inside a packet, against its own manifest: attachments, manifest digest, ledger entries and proofs."""

from hashlib import sha256
from io import BytesIO

import msgspec
import pikepdf

from portal.core import checkpoint
from portal.core.checkpoint import LogKey
from portal.packet import drawn, under
from portal.packet.contents import Contents, canonical, digest, read
from portal.packet.paper import CHECKPOINT, EVENTS, KEY, MANIFEST
from portal.packet.report import Report
from portal.packet.sheet import proof_name
from portal.packet.speech import pgettext


def attachments(data: bytes) -> tuple[dict[str, bytes], str]:
    """Give the files inside by their ASCII names, and what the file says its manifest's digest is."""
    with pikepdf.open(BytesIO(data)) as pdf:
        subject = str(pdf.docinfo.get("/Subject", ""))
        if "/Names" not in pdf.Root or "/EmbeddedFiles" not in pdf.Root.Names:
            return {}, subject
        names = pdf.Root.Names.EmbeddedFiles.Names
        files = {str(names[at]): names[at + 1].EF.F.read_bytes() for at in range(0, len(names), 2)}
    return files, subject.removeprefix("manifest sha256:")


def check(data: bytes, key: LogKey | None, fingerprint: str, report: Report) -> None:
    """Check everything inside against the manifest, and the manifest's ledger proofs against the pinned key."""
    files, printed = attachments(data)
    if MANIFEST not in files:
        report.say("unknown", pgettext("packet", "There is no manifest inside; this is no packet of the portal."))
        return
    try:
        contents = read(files[MANIFEST])
    except (msgspec.DecodeError, ValueError) as problem:
        report.say("unknown", pgettext("packet", "The manifest cannot be read: %(why)s", why=problem))
        return
    if canonical(contents) != files[MANIFEST] or digest(contents) != printed:
        report.say("changed", pgettext("packet", "The manifest is not the one whose digest the file states."))
        return
    report.say(
        "holds",
        pgettext("packet", "The manifest's digest, as printed on cover and foot lines: %(digest)s", digest=printed),
    )
    _evidence(contents, files, report)
    _ledger(contents, files, report)
    proofs(contents, key, fingerprint, report)
    repeated(contents, report)
    signed_under(contents, report)


def repeated(contents: Contents, report: Report) -> None:
    """Repeat the draw of the sample from its seed, hold it against the cover, and look for its ledger entries."""
    sample = contents.sample
    if not sample:
        return
    entries = contents.ledger.entries
    if sample.version_digest != contents.cover.version_digest:
        report.say("changed", pgettext("packet", "The drawn sample is of another version than the packet."))
    elif not drawn.follows(sample):
        report.say("changed", pgettext("packet", "The drawn sample does not follow from its seed."))
    elif not drawn.passed(sample):
        report.say("changed", pgettext(
            "packet", "Answers were accepted as a block although a drawn one was not opened or did not pass."))
    elif not drawn.is_entered(sample, entries):
        report.say("changed", pgettext("packet", "No ledger entry inside states the draw of the sample."))
    elif not drawn.is_block_entered(sample, entries):
        report.say("changed", pgettext("packet", "No ledger entry inside states what was accepted as a block."))
    else:
        words = pgettext(
            "packet",
            "The draw was repeated from its seed: the same %(n)s of %(all)s answers.",
            n=len(sample.drawn),
            all=len(sample.eligible),
        )
        report.say("holds", words)


def signed_under(contents: Contents, report: Report) -> None:
    """Hold the editions that the cover names against the ledger entry of the sign-off."""
    cover = contents.cover
    if not cover.editions:
        return
    if not under.is_entered(cover.editions, cover.version_digest, contents.ledger.entries):
        report.say("changed", pgettext(
            "packet", "The ledger entry of the sign-off does not state the editions that the cover names."))
        return
    words = pgettext("packet", "The sign-off was entered under the editions that the cover names.")
    report.say("holds", words)


def _evidence(contents: Contents, files: dict[str, bytes], report: Report) -> None:
    """Compare each evidence file with its digest; more or fewer files than the manifest names is a change."""
    expected = {file.ascii: file.sha256 for file in contents.files if file.attached}
    own = {MANIFEST, EVENTS, CHECKPOINT, KEY, *(proof_name(entry.index) for entry in contents.ledger.entries)}
    found = {name: sha256(data).hexdigest() for name, data in files.items() if name not in own}
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            report.say(
                "changed", pgettext("packet", "The attachment %(name)s is not the one of the manifest.", name=name)
            )
    if expected == found:
        report.say("holds", pgettext("packet", "All %(n)s evidence files inside fit the manifest.", n=len(found)))
    absent = len(contents.files) - len(expected)
    if absent:
        report.say(
            "note",
            pgettext("packet", "%(n)s evidence files are not inside; only their digests were looked at.", n=absent),
        )


def _ledger(contents: Contents, files: dict[str, bytes], report: Report) -> None:
    """Compare the ledger's files with what the manifest says they hold."""
    ledger = contents.ledger
    expected = {
        EVENTS: "".join(entry.leaf + "\n" for entry in ledger.entries),
        CHECKPOINT: ledger.note,
        KEY: f"{ledger.key}\n",
        **{proof_name(entry.index): entry.proof for entry in ledger.entries},
    }
    for name, text in expected.items():
        if files.get(name) != text.encode():
            report.say(
                "changed", pgettext("packet", "The attachment %(name)s is not the one of the manifest.", name=name)
            )


def _pinned(stated: LogKey, key: LogKey | None, fingerprint: str, report: Report) -> LogKey:
    """Give the key to check with: the pinned one, or the stated one if its fingerprint is, else with a doubt told."""
    if key is not None:
        return key
    if not fingerprint:
        words = pgettext(
            "packet",
            "Whose ledger it is was not judged: no key was given. Compare this fingerprint: %(found)s",
            found=stated.fingerprint,
        )
        report.say("unknown", words)
    elif stated.fingerprint != fingerprint.lower().replace(" ", ""):
        words = pgettext("packet", "The ledger's key is another than expected: %(found)s", found=stated.fingerprint)
        report.say("changed", words)
    return stated


def proofs(contents: Contents, key: LogKey | None, fingerprint: str, report: Report) -> None:
    """Check each entry's proof against the checkpoint, and the checkpoint against the pinned key."""
    ledger = contents.ledger
    trusted = _pinned(LogKey.parse(ledger.key), key, fingerprint, report)
    try:
        state = checkpoint.verify(ledger.note, trusted)
        for entry in ledger.entries:
            proof = checkpoint.parse_proof(entry.proof)
            if proof.index != entry.index or checkpoint.prove(entry.leaf.encode(), proof, trusted) != state:
                raise checkpoint.BadNote(f"entry {entry.index} is proven for another state or place")
    except checkpoint.BadNote as problem:
        report.say("changed", pgettext("packet", "A ledger proof does not hold: %(why)s", why=problem))
        return
    words = pgettext(
        "packet",
        "All %(n)s ledger entries stand in the signed ledger of %(size)s entries.",
        n=len(ledger.entries),
        size=state.size,
    )
    report.say("holds", words)
    words = pgettext(
        "packet",
        "Not done here: consistency with a newer state of the ledger, which takes the portal or a kept state.",
    )
    report.say("note", words)
