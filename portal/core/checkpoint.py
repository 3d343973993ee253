"""Signed states of the ledger as text: C2SP signed notes (Ed25519), checkpoints and tlog-proof files."""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from portal.core import merkle

ED25519 = b"\x01"
DASH = "\u2014"
PROOF_HEADER = "c2sp.org/tlog-proof@v1"
_NAME = re.compile(r"[^\s+\x00-\x1f]{1,120}")


class BadNote(ValueError):
    """A note, key or proof text that is not in its form, or a signature that does not hold; the text says which."""


def _decode(text: str) -> bytes:
    try:
        data = b64decode(text, validate=True)
    except (NotBase64, ValueError) as problem:
        raise BadNote(f"not base64: {text[:20]}") from problem
    # Base64 with loose padding bits would let one changed character go unseen.
    if b64encode(data).decode() != text:
        raise BadNote(f"not canonical base64: {text[:20]}")
    return data


def _encode(data: bytes) -> str:
    return b64encode(data).decode()


def _number(text: str) -> int:
    if not re.fullmatch(r"0|[1-9][0-9]{0,17}", text):
        raise BadNote(f"not a number: {text[:20]!r}")
    return int(text)


@dataclass(frozen=True)
class LogKey:
    """The public half of a checkpoint key: its name and 32 raw bytes, written `name+id+base64` (C2SP vkey)."""

    name: str
    raw: bytes

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or len(self.raw) != 32:
            raise BadNote("a log key needs a name without spaces or plus signs and 32 bytes")

    @property
    def id(self) -> bytes:
        """Give the four bytes that mark this key's signature lines."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.raw).digest()[:4]

    @property
    def fingerprint(self) -> str:
        """Give the SHA-256 of the raw public key in hex, as printed for comparison by eye."""
        return sha256(self.raw).hexdigest()

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_encode(ED25519 + self.raw)}"

    @classmethod
    def parse(cls, text: str) -> "LogKey":
        """Read a key from its `name+id+base64` line; BadNote if any part does not fit."""
        name, _, rest = text.strip().partition("+")
        identity, _, encoded = rest.partition("+")
        data = _decode(encoded)
        if data[:1] != ED25519:
            raise BadNote("not an Ed25519 key")
        key = cls(name, data[1:])
        if key.id.hex() != identity:
            raise BadNote("the key's id does not fit its name and bytes")
        return key

    def holds(self, text: str, signature: bytes) -> bool:
        """Say whether the signature is this key's over the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Checkpoint:
    """One state of the log: its name, how many entries it holds and their root hash."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Give the three lines that are signed, the last one ended (C2SP tlog-checkpoint)."""
        return f"{self.origin}\n{self.size}\n{_encode(self.root)}\n"


def sign(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    """Give the checkpoint as a signed note, the key named by the checkpoint's origin."""
    text = checkpoint.text()
    public = LogKey(checkpoint.origin, key.public_key().public_bytes_raw())
    return f"{text}\n{DASH} {public.name} {_encode(public.id + key.sign(text.encode()))}\n"


def parse(note: str) -> tuple[Checkpoint, str, list[tuple[str, bytes]]]:
    """Read a note: its checkpoint, the signed text and each (name, key id + signature); BadNote if malformed."""
    text, gap, block = note.rpartition("\n\n")
    lines = text.split("\n")
    if not gap or len(lines) < 3 or not block.endswith("\n"):
        raise BadNote("a checkpoint has three lines, an empty line and signatures")
    root = _decode(lines[2])
    if not _NAME.fullmatch(lines[0]) or len(root) != 32:
        raise BadNote("the checkpoint's origin or root is not in its form")
    signatures = []
    for line in block[:-1].split("\n"):
        dash, name, encoded = (line.split(" ") + ["", ""])[:3] if line.count(" ") == 2 else ("", "", "")
        if dash != DASH:
            raise BadNote("a signature line begins with a dash, a name and base64")
        signatures.append((name, _decode(encoded)))
    return Checkpoint(lines[0], _number(lines[1]), root), text + "\n", signatures


def verify(note: str, key: LogKey) -> Checkpoint:
    """Give the note's checkpoint if the key signed it; BadNote if it did not, or for any line not in its form."""
    checkpoint, text, signatures = parse(note)
    for name, blob in signatures:
        if name == key.name and blob[:4] == key.id:
            if key.holds(text, blob[4:]):
                return checkpoint
            raise BadNote("the checkpoint's signature does not hold")
    raise BadNote(f"the checkpoint is not signed by {key.name}+{key.id.hex()}")


@dataclass(frozen=True)
class Proof:
    """One entry's place in the log: index, inclusion path and the signed note it leads to (C2SP tlog-proof)."""

    index: int
    path: tuple[bytes, ...]
    note: str
    extra: bytes = b""

    def text(self) -> str:
        """Give the proof as the text of a `.tlog-proof` file."""
        extra = [f"extra {_encode(self.extra)}"] if self.extra else []
        head = [PROOF_HEADER, *extra, f"index {self.index}", *map(_encode, self.path), "", ""]
        return "\n".join(head) + self.note


def parse_proof(text: str) -> Proof:
    """Read a `.tlog-proof` text; BadNote if any line is not in its form."""
    head, gap, note = text.partition("\n\n")
    lines = head.split("\n")
    if not gap or lines.pop(0) != PROOF_HEADER:
        raise BadNote(f"a proof begins with {PROOF_HEADER}")
    extra = _decode(lines.pop(0)[6:]) if lines and lines[0].startswith("extra ") else b""
    if not lines or not lines[0].startswith("index "):
        raise BadNote("a proof names the entry's index")
    path: Sequence[bytes] = [_decode(line) for line in lines[1:]]
    if any(len(step) != 32 for step in path):
        raise BadNote("a step of a proof has 32 bytes")
    return Proof(_number(lines[0][6:]), tuple(path), note, extra)


def prove(entry: bytes, proof: Proof, key: LogKey) -> Checkpoint:
    """Give the checkpoint under which the entry is proven to stand; BadNote says what does not hold."""
    checkpoint = verify(proof.note, key)
    leaf = merkle.leaf_hash(entry)
    if not merkle.includes(leaf, proof.index, checkpoint.size, proof.path, checkpoint.root):
        raise BadNote(f"entry {proof.index} is not in the log of {checkpoint.size} entries")
    return checkpoint
