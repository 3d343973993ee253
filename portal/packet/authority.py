"""The house's own certificates: a root, an issuing authority, the seal and the clock, made once under a folder."""

import os
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAY = timedelta(days=1)
EARLIER = timedelta(minutes=10)  # clocks differ; what is new today must hold for those slightly behind
ROOT_DAYS, LEAF_DAYS, PERSON_DAYS, LIST_DAYS = 25 * 365, 12 * 365, 2 * 365, 45
NAMES = ("root", "issuing", "seal", "time")


class BadKeys(RuntimeError):
    """The folder of keys cannot be used; the text says why and what to do."""


@dataclass(frozen=True)
class Holder:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: RSAPrivateKey

    @property
    def der(self) -> bytes:
        """Give the certificate's bytes."""
        return self.certificate.public_bytes(Encoding.DER)


@dataclass(frozen=True)
class Authority:
    """All of the house's certificates."""

    root: Holder
    issuing: Holder
    seal: Holder
    time: Holder

    @property
    def fingerprint(self) -> str:
        """Give the SHA-256 of the root certificate in hex, as printed in every packet."""
        return sha256(self.root.der).hexdigest()

    def revocations(self, now: datetime) -> list[bytes]:
        """Give the two revocation lists (DER), empty and signed as of now (UTC)."""
        return [_list(self.root, now), _list(self.issuing, now)]

    def enrol(self, name: str, now: datetime) -> Holder:
        """Make a key and certificate with which a named person signs packets, valid from now (UTC) for two years."""
        subject = x509.Name([*self.seal.certificate.subject][:2] + [x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
        extensions = (x509.BasicConstraints(ca=False, path_length=None), _usage(content_commitment=True))
        return _issue(subject, self.issuing, (now - EARLIER, now + PERSON_DAYS * DAY), extensions)


def _name(organisation: str, role: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{organisation[:48]} {role}"),
        ]
    )


def _usage(**true: bool) -> x509.KeyUsage:
    names = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
        *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**{name: true.get(name, False) for name in names})


def _issue(
    name: x509.Name, issuer: Holder | None, span: tuple[datetime, datetime], extensions: Sequence[x509.ExtensionType]
) -> Holder:
    """Make a new key of 3072 bits and its certificate, by the issuer or, without one, by itself."""
    key = generate_private_key(65537, 3072)
    signer = issuer.key if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.certificate.subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(span[0])
        .not_valid_after(span[1])
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=True)
    return Holder(builder.sign(signer, hashes.SHA256()), key)


def _found(organisation: str, now: datetime) -> Authority:
    """Make all four certificates anew."""
    long, short = (now - EARLIER, now + ROOT_DAYS * DAY), (now - EARLIER, now + LEAF_DAYS * DAY)
    signing = _usage(key_cert_sign=True, crl_sign=True)
    leaf = x509.BasicConstraints(ca=False, path_length=None)
    root = _issue(_name(organisation, "Root CA"), None, long, (x509.BasicConstraints(ca=True, path_length=1), signing))
    middle = (x509.BasicConstraints(ca=True, path_length=0), signing)
    issuing = _issue(_name(organisation, "Issuing CA"), root, long, middle)
    commitment = _usage(content_commitment=True, digital_signature=True)
    seal = _issue(_name(organisation, "Seal"), issuing, short, (leaf, commitment))
    stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    clock = (leaf, _usage(digital_signature=True), stamping)
    return Authority(root, issuing, seal, _issue(_name(organisation, "Time Authority"), issuing, short, clock))


def _list(issuer: Holder, now: datetime) -> bytes:
    start = now - EARLIER
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(start)
        .next_update(start + LIST_DAYS * DAY)
        .add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
    )
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def _write(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read, to the disk before it returns."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _keep(authority: Authority, folder: Path) -> None:
    """Write all keys beside the folder and put them in place at once; whoever is first wins."""
    draft = folder.with_name(f"{folder.name}.{secrets.token_hex(6)}")
    draft.mkdir(0o700, parents=True)
    for name in NAMES:
        holder: Holder = getattr(authority, name)
        _write(draft / f"{name}.pem", holder.certificate.public_bytes(Encoding.PEM))
        _write(draft / f"{name}.key", holder.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    try:
        draft.rename(folder)
    except OSError:
        shutil.rmtree(draft)
    handle = os.open(folder.parent, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def _load(path: Path) -> Holder:
    key_file = path.with_suffix(".key")
    if key_file.stat().st_mode & 0o077:
        raise BadKeys(f"{key_file} can be read by others; make it private with: chmod 600 {key_file}")
    key = load_pem_private_key(key_file.read_bytes(), None)
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    if not isinstance(key, RSAPrivateKey) or key.public_key() != certificate.public_key():
        raise BadKeys(f"{key_file} is not the key of {path}")
    return Holder(certificate, key)


def open_authority(folder: Path, organisation: str, now: datetime) -> Authority:
    """Load the certificates under a folder, made there (keys 0600) on first use; now is UTC; BadKeys if unusable."""
    if not folder.exists():
        _keep(_found(organisation, now), folder)
    try:
        return Authority(*(_load(folder / f"{name}.pem") for name in NAMES))
    except (OSError, ValueError) as problem:
        raise BadKeys(f"the keys under {folder} cannot be read ({problem}); restore the folder from a backup") from None
