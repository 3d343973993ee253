"""The offline proof of a packet: file in, report out; no database, no network, nothing trusted but what is pinned."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from portal.core.checkpoint import LogKey
from portal.packet import exact, inside
from portal.packet.report import Report
from portal.packet.speech import pgettext
from portal.packet.timestamp import token_of

# What it finds is said in the report; its own log of stack traces helps no reader.
logging.getLogger("pyhanko.sign").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Trust:
    """What the reader brings along: root certificates (DER) or their printed SHA-256, and the ledger's key likewise."""

    roots: tuple[bytes, ...] = ()
    fingerprints: frozenset[str] = frozenset()
    ledger_key: LogKey | None = None
    ledger_fingerprint: str = ""


@dataclass(frozen=True)
class _Store:
    """Certificates and revocation lists that the signed part of the file holds."""

    certificates: tuple[bytes, ...] = ()
    lists: tuple[bytes, ...] = ()


def verify_file(path: Path, trust: Trust, now: datetime) -> Report:
    """Check a packet's file; `now` (UTC) only decides what is said of renewals. Never raises for a bad file."""
    try:
        return verify_bytes(path.read_bytes(), trust, now)
    except OSError as problem:
        report = Report()
        report.say("unknown", pgettext("packet", "The file cannot be opened: %(why)s", why=problem))
        return report


def verify_bytes(data: bytes, trust: Trust, now: datetime) -> Report:
    """Check a packet's bytes: seal, later signatures, timestamps, attachments, manifest, ledger proofs."""
    report = Report()
    digest = sha256(data).hexdigest()
    report.say("note", pgettext("packet", "SHA-256 of the file: %(digest)s", digest=digest))
    try:
        _signatures(data, trust, now, report)
        if report.answer != 1:
            inside.check(data, trust.ledger_key, trust.ledger_fingerprint, report)
    except Exception as problem:  # a damaged file may break its reader anywhere; it must still get an answer
        damaged = b"/ByteRange" in data
        why = f"{type(problem).__name__}: {problem}"[:200]
        report.say("changed" if damaged else "unknown", pgettext("packet", "The file cannot be read: %(why)s", why=why))
    return report


def _signatures(data: bytes, trust: Trust, now: datetime, report: Report) -> None:
    reader = PdfFileReader(BytesIO(data))
    signatures = reader.embedded_signatures
    if not signatures:
        report.say("unknown", pgettext("packet", "The file bears no seal."))
        return
    if signatures[0].docmdp_level is None:
        report.say("unknown", pgettext("packet", "The first signature is no seal of a packet."))
    store = _store(reader)
    pinned = _roots(store, trust)
    if not pinned:
        _unpinned(store, trust, report)
    roots = pinned or [x509.Certificate.load(der) for der in store.certificates if _is_root(der)]
    for signature in signatures:
        _unsigned_parts(data, signature, store, report)
        _one(signature, store, roots, report)
    last = signatures[-1]
    if last.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        report.say("changed", pgettext("packet", "Something was appended that no signature covers."))
    else:
        report.say("holds", pgettext("packet", "The last signature covers the whole file."))
    _renewal(signatures, now, report)


def _store(reader: PdfFileReader) -> _Store:
    try:
        dss = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return _Store()
    certificates = tuple(reference.get_object().data for reference in dss.certs.values())
    return _Store(certificates, tuple(reference.get_object().data for reference in dss.crls))


def _is_root(der: bytes) -> bool:
    certificate = x509.Certificate.load(der)
    return bool(certificate.subject == certificate.issuer)


def _roots(store: _Store, trust: Trust) -> list[x509.Certificate]:
    """Give the roots that the reader pinned, by file or by printed fingerprint."""
    named = [der for der in store.certificates if sha256(der).hexdigest() in trust.fingerprints and _is_root(der)]
    return [x509.Certificate.load(der) for der in (*trust.roots, *named)]


def _unpinned(store: _Store, trust: Trust, report: Report) -> None:
    found = ", ".join(sha256(der).hexdigest() for der in store.certificates if _is_root(der)) or "—"
    if trust.fingerprints:
        report.say("changed", pgettext("packet", "Sealed under another root than expected: %(found)s", found=found))
    else:
        report.say(
            "unknown",
            pgettext(
                "packet",
                "Whose seal it is was not judged: no root was given. Compare this fingerprint: %(found)s",
                found=found,
            ),
        )


def _unsigned_parts(data: bytes, signature: EmbeddedPdfSignature, store: _Store, report: Report) -> None:
    _, first, second, _ = signature.byte_range
    try:
        exact.check(data[first:second], store.certificates)
    except exact.NotExact as problem:
        report.say("changed", pgettext("packet", "The signature's container was changed: %(what)s", what=problem))


def _one(signature: EmbeddedPdfSignature, store: _Store, roots: Sequence[x509.Certificate], report: Report) -> None:
    """Judge one signature and its timestamp as of the time that the timestamp states."""
    name, who = signature.field_name, signature.signer_cert.subject.human_friendly
    token = token_of(signature.signer_info)
    if token is None:
        report.say("unknown", pgettext("packet", "The signature %(name)s bears no timestamp.", name=name))
        return
    at = token["encap_content_info"]["content"].parsed["gen_time"].native
    context = ValidationContext(
        trust_roots=list(roots),
        other_certs=[x509.Certificate.load(der) for der in store.certificates],
        crls=list(store.lists),
        moment=at,
        revocation_mode="hard-fail",
        allow_fetching=False,
    )
    status = validate_pdf_signature(signature, context, context)
    values = {"name": name, "who": who, "at": at.strftime("%Y-%m-%d %H:%M:%S UTC")}
    if not (status.intact and status.valid and status.docmdp_ok is not False):
        report.say("changed", pgettext("packet", "The signature %(name)s does not fit the file.", name=name))
    elif status.bottom_line:
        report.say(
            "holds", pgettext("packet", "The signature %(name)s by %(who)s holds; its time is %(at)s.", **values)
        )
    else:
        _untrusted(status, values, report)


def _untrusted(status: PdfSignatureStatus, values: dict[str, object], report: Report) -> None:
    """Say why an intact signature is not accepted; under a pinned root another signer is a changed file."""
    stamp = status.timestamp_validity
    if stamp is None or not (stamp.intact and stamp.valid):
        report.say("changed", pgettext("packet", "The timestamp of %(name)s does not hold.", **values))
    elif not stamp.trusted:
        report.say("changed", pgettext("packet", "The timestamp of %(name)s is by an authority not pinned.", **values))
    else:
        report.say(
            "changed",
            pgettext("packet", "The signature %(name)s by %(who)s does not lead to the pinned root.", **values),
        )


def _renewal(signatures: Sequence[EmbeddedPdfSignature], now: datetime, report: Report) -> None:
    """Say until when the last timestamp's certificate runs, after which a renewed timestamp is wanted."""
    token = token_of(signatures[-1].signer_info)
    ends = [item.chosen.not_valid_after for item in token["certificates"]] if token is not None else []
    if ends and min(ends) > now:
        report.say(
            "note",
            pgettext("packet", "The timestamp authority's certificate runs until %(day)s.", day=min(ends).date()),
        )
    elif ends:
        report.say(
            "note",
            pgettext(
                "packet",
                "The timestamp authority's certificate ended on %(day)s; judged as of the time it states.",
                day=min(ends).date(),
            ),
        )
