"""The system seal: an unsigned packet in, a certified PAdES signature with timestamp out, in one revision."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from urllib.error import URLError
from urllib.request import Request, urlopen

from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from portal.packet.authority import Authority, Holder
from portal.packet.timestamp import grant, token_of

# It warns at each seal that nothing may be fetched; that is how it is meant.
logging.getLogger("pyhanko.sign.signers.pdf_signer").setLevel(logging.ERROR)
FIELD, WANTED = "Seal", "B-LT"
ASK_SECONDS, ANSWER_BYTES = 15, 1 << 20


class CannotSeal(RuntimeError):
    """The packet was not sealed at the level wanted; the text says which part failed. Nothing lower is made instead."""


@dataclass(frozen=True)
class Sealed:
    """A sealed packet: its bytes, their SHA-256, the level reached, who stamped the time and that time (UTC)."""

    pdf: bytes
    sha256: str
    level: str
    stamped_by: str
    stamped_at: datetime


class SteadyWriter(IncrementalPdfFileWriter):
    """Writes a revision without touching metadata and dates: those stay as printed, or PDF/A and UA would break."""

    def _update_meta(self) -> None:
        return


class HouseClock(TimeStamper):
    """Timestamps by the house's own authority."""

    def __init__(self, authority: Authority, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._authority, self._clock = authority, clock

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Answer a request with the house's key."""
        return tsp.TimeStampResp.load(grant(req.dump(), self._authority.time, self._clock()))


class OutsideClock(TimeStamper):
    """Timestamps by an outside RFC 3161 authority over HTTP, within a time limit."""

    def __init__(self, address: str) -> None:
        super().__init__()
        if not address.startswith(("https://", "http://")):
            raise CannotSeal(f"the timestamp authority's address must begin with https:// or http://: {address}")
        self._address = address

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Ask the authority; TimestampRequestError where it does not answer in time or in form."""
        request = Request(self._address, req.dump(), {"Content-Type": "application/timestamp-query"})
        try:
            with urlopen(request, timeout=ASK_SECONDS) as answer:
                return tsp.TimeStampResp.load(answer.read(ANSWER_BYTES), strict=True)
        except (URLError, OSError, ValueError) as problem:
            raise TimestampRequestError(f"the timestamp authority did not answer: {problem}") from problem


class LoadedSigner(SimpleSigner):
    """Signs with a key that was loaded and checked once: doing so at each signature would take most of its time."""

    def __init__(self, holder: Holder, chain: Sequence[x509.Certificate]) -> None:
        store = SimpleCertificateStore()
        for certificate in chain:
            store.register(certificate)
        der = holder.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        super().__init__(
            signing_cert=x509.Certificate.load(holder.der),
            signing_key=keys.PrivateKeyInfo.load(der),
            cert_registry=store,
            embed_roots=True,  # so that its printed fingerprint is enough to pin it
        )
        self._loaded = holder.key

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        """Sign with RSA PKCS #1 v1.5 and SHA-256, the only way this house signs."""
        if digest_algorithm != "sha256":
            raise SigningError(f"this house signs with SHA-256, not {digest_algorithm}")
        return self._loaded.sign(data, PKCS1v15(), SHA256())


class Sealer:
    """Seals packets with a loaded key; make it once and keep it."""

    def __init__(
        self,
        authority: Authority,
        clock: Callable[[], datetime],
        outside: OutsideClock | None = None,
        outside_roots: tuple[bytes, ...] = (),
    ) -> None:
        self._authority, self._clock = authority, clock
        self._time: TimeStamper = outside or HouseClock(authority, clock)
        self._roots = [x509.Certificate.load(der) for der in (authority.root.der, *outside_roots)]
        self._issuing = x509.Certificate.load(authority.issuing.der)
        self._signer = LoadedSigner(authority.seal, [self._issuing, self._roots[0]])

    def seal(self, pdf: bytes) -> Sealed:
        """Certify a packet at B-LT, everything it takes to check inside the one signed revision; else CannotSeal."""
        return self._sign(pdf, self._signer, FIELD)

    def countersign(self, pdf: bytes, person: Holder, field: str) -> Sealed:
        """Add a person's own signature (B-LT) to a sealed packet, in a new field and revision; else CannotSeal."""
        return self._sign(pdf, LoadedSigner(person, [self._issuing, self._roots[0]]), field)

    def _sign(self, pdf: bytes, signer: LoadedSigner, field: str) -> Sealed:
        now = self._clock()
        context = ValidationContext(
            trust_roots=self._roots,
            other_certs=[self._issuing],
            crls=self._authority.revocations(now),
            moment=now,
            revocation_mode="hard-fail",
            allow_fetching=False,
        )
        wanted = PdfSignatureMetadata(
            field_name=field,
            certify=field == FIELD,
            docmdp_permissions=MDPPerm.FILL_FORMS,
            subfilter=SigSeedSubFilter.PADES,
            md_algorithm="sha256",
            embed_validation_info=True,
            validation_context=context,
            # Before the signature, so that it covers these too: one revision, no byte outside it.
            dss_settings=DSSContentSettings(
                include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
            ),
        )
        output = BytesIO()
        try:
            # In a thread of its own: pyHanko runs an event loop, which a caller's running loop would forbid.
            with ThreadPoolExecutor(1) as hand:
                work = PdfSigner(wanted, signer, timestamper=self._time)
                hand.submit(work.sign_pdf, SteadyWriter(BytesIO(pdf)), output=output).result()
        except (SigningError, TimestampRequestError, PdfError, ValueError) as problem:
            raise CannotSeal(f"the seal failed: {problem}") from problem
        return reached(output.getvalue())


def _holds_lists(reader: PdfFileReader) -> bool:
    """Say whether the file holds the certificates and revocation lists it takes to check it later."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return False
    return bool(store.certs and store.crls)


def reached(pdf: bytes) -> Sealed:
    """Read from the file itself which level its last signature reached; CannotSeal if it is not the one wanted."""
    reader = PdfFileReader(BytesIO(pdf))
    signature = reader.embedded_signatures[-1]
    token = token_of(signature.signer_info)
    level = "B-B" if token is None else "B-LT" if _holds_lists(reader) else "B-T"
    if token is None or level != WANTED:
        raise CannotSeal(f"the seal reached {level} only, not {WANTED}")
    info = token["encap_content_info"]["content"].parsed
    by = info["tsa"].chosen.human_friendly if info["tsa"].native else "unnamed authority"
    return Sealed(pdf, sha256(pdf).hexdigest(), level, by, info["gen_time"].native)
