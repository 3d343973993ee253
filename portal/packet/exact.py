"""The part of a signature that no signature covers, byte by byte: nothing there may be other than it must be."""

from collections.abc import Collection

from asn1crypto import cms, core, parser

ALGORITHM_PROTECTION = "cms_algorithm_protection"


class NotExact(ValueError):
    """Some byte of a signature's container is not as it must be; the text says where."""


def _same(one: core.Asn1Value, other: core.Asn1Value) -> bool:
    return bool(one.dump() == other.dump())


def _need(holds: bool, what: str) -> None:
    if not holds:
        raise NotExact(what)


def container(gap: bytes) -> bytes:
    """Take what stands between the two signed ranges and give the container's DER; all else must be zeros."""
    _need(gap[:1] == b"<" and gap[-1:] == b">" and len(gap) % 2 == 0, "the brackets around the signature")
    text = gap[1:-1]
    one_case = text in (text.lower(), text.upper())
    _need(one_case and not text.translate(None, b"0123456789abcdefABCDEF"), "the signature's hex digits")
    padded = bytes.fromhex(text.decode())
    length = _length(padded)
    _need(not padded[length:].strip(b"\0"), "the zeros behind the signature")
    return padded[:length]


def _length(data: bytes) -> int:
    try:
        _, _, _, header, contents, trailer = parser.parse(data)
    except ValueError as problem:
        raise NotExact("the signature's outer frame") from problem
    return len(header) + len(contents) + len(trailer)


def _walk(data: bytes, start: int, end: int) -> None:
    """Go through DER values from start to end; NotExact for any length or frame that is not the canonical one."""
    while start < end:
        tag, short = data[start], data[start + 1]
        _need(tag & 0x1F != 0x1F and short not in (0x80, 0xFF), "the container's encoding")
        head, length = start + 2, short
        if short & 0x80:
            head += short & 0x7F
            length = int.from_bytes(data[start + 2 : head], "big")
            _need(data[start + 2] != 0 and length > 0x7F, "the container's encoding")
        _need(head + length <= end, "the container's encoding")
        if tag & 0x20:
            _walk(data, head, head + length)
        start = head + length


def _signer(signed: cms.SignedData, known: Collection[bytes]) -> cms.SignerInfo:
    """Check all fields beside the signed attributes and give the one signer."""
    signers = signed["signer_infos"]
    _need(len(signers) == 1, "the number of signers")
    signer = signers[0]
    digests = signed["digest_algorithms"]
    _need(len(digests) == 1 and _same(digests[0], signer["digest_algorithm"]), "the digest algorithms")
    _need(signed["crls"].native is None, "revocation lists where none belong")
    for certificate in signed["certificates"]:
        _need(certificate.dump() in known, "a certificate that the signed part does not hold")
    _need(signer["version"].native == "v1" and signer["sid"].name == "issuer_and_serial_number", "the signer's version")
    for attribute in signer["signed_attrs"]:
        if attribute["type"].native == ALGORITHM_PROTECTION:
            said = attribute["values"][0]
            _need(_same(said["digest_algorithm"], signer["digest_algorithm"]), "the signer's digest algorithm")
            _need(
                said["signature_algorithm"].contents == signer["signature_algorithm"].contents,
                "the signer's signature algorithm",
            )
    return signer


def _load(der: bytes) -> cms.SignedData:
    """Read a container of signed data."""
    info = cms.ContentInfo.load(der, strict=True)
    _need(info["content_type"].native == "signed_data", "the container's kind")
    return info["content"]


def _token(der: bytes, known: Collection[bytes]) -> None:
    signed = _load(der)
    _need(signed["version"].native == "v3", "the timestamp's version")
    _need(signed["encap_content_info"]["content_type"].native == "tst_info", "the timestamp's kind")
    _need(_signer(signed, known)["unsigned_attrs"].native is None, "unsigned fields in the timestamp")


def check(gap: bytes, known: Collection[bytes]) -> None:
    """Check a signature's gap (brackets, digits, zeros) and every unsigned field in it; NotExact says which is off.

    `known` are the certificates (DER) that the signed part of the file holds.
    """
    der = container(gap)
    try:
        _walk(der, 0, len(der))
        signed = _load(der)
        content = signed["encap_content_info"]
        _need(signed["version"].native == "v1", "the container's version")
        _need(content["content_type"].native == "data" and content["content"].native is None, "the content's kind")
        unsigned = _signer(signed, known)["unsigned_attrs"]
        kinds = [attribute["type"].native for attribute in unsigned]
        _need(kinds in ([], ["signature_time_stamp_token"]), "the unsigned fields")
        for attribute in unsigned:
            _need(len(attribute["values"]) == 1, "the number of timestamps")
            _token(attribute["values"][0].dump(), known)
    except NotExact:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as problem:
        raise NotExact("the signature's structure") from problem
