"""The house's own clock as an RFC 3161 authority: request bytes in, signed token out."""

import secrets
from datetime import datetime
from hashlib import sha256

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

from portal.packet.authority import Holder

# A policy of no registered meaning: "local clock of the issuing house" (arc for documentation and private use).
POLICY = "2.999.1"
SHA256 = algos.DigestAlgorithm({"algorithm": "sha256", "parameters": core.Null()})

RSA = algos.SignedDigestAlgorithm({"algorithm": "rsassa_pkcs1v15", "parameters": core.Null()})


class BadRequest(ValueError):
    """The request is not one this authority answers: SHA-256 imprints only."""


def _info(request: tsp.TimeStampReq, holder: Holder, now: datetime) -> bytes:
    """Give the signed statement: this imprint existed at this time."""
    imprint = request["message_imprint"]
    if imprint["hash_algorithm"]["algorithm"].native != "sha256" or len(imprint["hashed_message"].native) != 32:
        raise BadRequest("only SHA-256 imprints are stamped")
    subject = x509.Certificate.load(holder.der).subject
    fields = {
        "version": "v1",
        "policy": POLICY,
        "message_imprint": {"hash_algorithm": SHA256, "hashed_message": imprint["hashed_message"].native},
        "serial_number": secrets.randbits(63) | 1 << 62,
        "gen_time": now.replace(microsecond=0),
        "accuracy": {"seconds": 1},
        "tsa": x509.GeneralName(name="directory_name", value=subject),
    }
    if request["nonce"].native is not None:
        fields["nonce"] = request["nonce"].native
    return bytes(tsp.TSTInfo(fields).dump())


def _signer(info: bytes, holder: Holder) -> cms.SignerInfo:
    """Sign the statement with the clock's key, its certificate named in the signed part."""
    certificate = x509.Certificate.load(holder.der)
    identity = {"hash_algorithm": SHA256, "cert_hash": sha256(holder.der).digest()}
    protected = cms.CMSAlgorithmProtection({"digest_algorithm": SHA256, "signature_algorithm": RSA})
    attributes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": ["tst_info"]},
            {"type": "message_digest", "values": [sha256(info).digest()]},
            {"type": "cms_algorithm_protection", "values": [protected]},
            {"type": "signing_certificate_v2", "values": [tsp.SigningCertificateV2({"certs": [identity]})]},
        ]
    )
    key = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    return cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": cms.IssuerAndSerialNumber(key)}),
            "digest_algorithm": SHA256,
            "signed_attrs": attributes,
            "signature_algorithm": RSA,
            "signature": holder.key.sign(attributes.dump(), PKCS1v15(), hashes.SHA256()),
        }
    )


def token_of(signer: cms.SignerInfo) -> cms.SignedData | None:
    """Give the timestamp token that a signature carries, or None."""
    for attribute in signer["unsigned_attrs"]:
        if attribute["type"].native == "signature_time_stamp_token":
            return attribute["values"][0]["content"]
    return None


def grant(request: bytes, holder: Holder, now: datetime) -> bytes:
    """Give the RFC 3161 response (DER) to a request (DER) at a time (UTC); BadRequest if it asks for other digests."""
    asked = tsp.TimeStampReq.load(request, strict=True)
    info = _info(asked, holder, now)
    signed = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": cms.DigestAlgorithms((SHA256,)),
            "encap_content_info": {"content_type": "tst_info", "content": cms.ParsableOctetString(info)},
            "certificates": [x509.Certificate.load(holder.der)],
            "signer_infos": [_signer(info, holder)],
        }
    )
    token = cms.ContentInfo({"content_type": "signed_data", "content": signed})
    return bytes(tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump())
