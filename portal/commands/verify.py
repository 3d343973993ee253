"""Prove that nothing was changed: this installation, a backup, or a packet. 0 whole, 1 changed, 2 not judged."""

import argparse
import re
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from portal.commands import Misasked
from portal.commands.opening import opened, told
from portal.core.checkpoint import BadNote, LogKey
from portal.core.errors import Refusal
from portal.packet.verify import Trust, verify_file
from portal.settings import Settings
from portal.store import backup, keys, proof, whole
from portal.store.cellar import outside

WHOLE, CHANGED, UNJUDGED = 0, 1, 2
CHAIN = "chain"
FINGERPRINT = re.compile(r"[0-9a-fA-F]{64}")


def options(parser: argparse.ArgumentParser) -> None:
    """Take what is to be proven, and what a packet is to be measured by."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="packets, or folders that `backup` wrote; "
                        "none: this installation, its ledger and every file")
    parser.add_argument("--root", default="", metavar="ROOT", help="a packet's root: a certificate's file or its "
                        "printed SHA-256 (default: this installation's own)")
    parser.add_argument("--ledger", nargs="?", const=CHAIN, default="", metavar="KEY",
                        help="alone: prove this installation's ledger, entry by entry; with packets the ledger's key: "
                        "its line, a file that holds it, or its printed SHA-256 (default: this installation's own)")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print a line for each thing and one for each fault; changed goes before not judged, and that before whole."""
    try:
        with told():
            return judge(arguments, settings)
    except Refusal as problem:
        print(f"not judged: {problem}")
        return UNJUDGED


def judge(arguments: argparse.Namespace, settings: Settings) -> int:
    """Prove each thing that was named and give the status of them all."""
    if arguments.ledger == CHAIN:
        return chain(settings)
    if not arguments.paths:
        return installation(settings)
    trust = trusted(arguments.root, arguments.ledger, settings)
    statuses = {backed_up(path, settings) if path.is_dir() else packet(path, trust) for path in arguments.paths}
    return next(status for status in (CHANGED, UNJUDGED, WHOLE) if status in statuses)


def chain(settings: Settings) -> int:
    """Prove the ledger of this installation: order, texts, tree, commitments and signed checkpoints."""
    with opened(settings) as cellar, cellar.read() as rows:
        found = proof.check(rows, keys.log_key(settings.keys), outside(settings))
    return tell(f"ledger of {found.size} entries, root {found.root.hex()}", found.faults)


def installation(settings: Settings) -> int:
    """Prove the ledger and read every file of this installation through."""
    with opened(settings) as cellar, cellar.read() as rows:
        found = whole.check(rows, cellar.blobs, keys.log_key(settings.keys), outside(settings))
    name = f"ledger of {found.entries} entries, root {found.root.hex()}, {found.files} files"
    return tell(name, found.faults)


def backed_up(folder: Path, settings: Settings) -> int:
    """Prove a backup with this installation's key."""
    return tell(str(folder), backup.check(folder, keys.log_key(settings.keys)))


def tell(name: str, faults: list[str]) -> int:
    """Print the answer for one thing with its faults, and give its status."""
    print(f"{'changed' if faults else 'whole'}: {name}")
    for fault in faults:
        print(f"  {fault}")
    return CHANGED if faults else WHOLE


def packet(path: Path, trust: Trust) -> int:
    """Prove a packet offline; everything that was looked at is printed in both languages."""
    report = verify_file(path, trust, datetime.now(UTC))
    status = int(report.answer)
    print(f"{('whole', 'changed', 'not judged')[status]}: {path}")
    for line in report.lines():
        print(f"  {line}")
    return status


def trusted(root: str, ledger: str, settings: Settings) -> Trust:
    """Give what a packet is measured by; Misasked when what was given is neither a file, a key nor a fingerprint."""
    own_root, own_key = settings.keys / "seal" / "root.pem", settings.keys / "checkpoint.pem"
    root = root or (str(own_root) if own_root.is_file() else "")
    prints = frozenset({root.lower()} if FINGERPRINT.fullmatch(root) else ())
    roots = (certificate(Path(root)),) if root and not prints else ()
    if FINGERPRINT.fullmatch(ledger):
        return Trust(roots, prints, None, ledger)
    own = keys.log_key(settings.keys) if not ledger and own_key.is_file() else None
    return Trust(roots, prints, log_key(ledger) if ledger else own)


def certificate(path: Path) -> bytes:
    """Read a certificate, PEM or DER, and give it as DER."""
    try:
        data = path.read_bytes()
        load = x509.load_pem_x509_certificate if b"-----BEGIN" in data else x509.load_der_x509_certificate
        return load(data).public_bytes(Encoding.DER)
    except (OSError, ValueError) as error:
        raise Misasked(f"--root: {path} is no certificate ({error})") from None


def log_key(given: str) -> LogKey:
    """Read a ledger's key from its line or from a file that holds it."""
    try:
        return LogKey.parse(given if "+" in given else Path(given).read_text(encoding="ascii"))
    except (OSError, BadNote, UnicodeDecodeError) as error:
        raise Misasked(f"--ledger: {given} is no ledger key ({error})") from None
