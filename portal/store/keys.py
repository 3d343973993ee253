"""The portal's own keys on disk: made on first use, readable by the portal alone."""

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.core.checkpoint import LogKey

ORIGIN = "jmdp-supervision-portal"


class BadKey(RuntimeError):
    """A key file cannot be used; the message names the file and what to do."""


def _write_once(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # of two processes that start at once, the first one's key stays
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _read(path: Path) -> bytes:
    if path.stat().st_mode & 0o077:
        raise BadKey(f"{path} can be read by others; run: chmod 600 {path}")
    return path.read_bytes()


def secret(folder: Path, name: str, size: int = 32) -> bytes:
    """Give a random secret kept in the folder, made on first use; BadKey when others can read it."""
    path = folder / name
    if not path.exists():
        _write_once(path, secrets.token_hex(size).encode())
    return _read(path)


def checkpoint_key(folder: Path) -> Ed25519PrivateKey:
    """Give the key that signs ledger checkpoints, made on first use; BadKey when it is not usable."""
    path = folder / "checkpoint.pem"
    if not path.exists():
        pem = Ed25519PrivateKey.generate().private_bytes(
            s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption()
        )
        _write_once(path, pem)
    key = s.load_pem_private_key(_read(path), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKey(f"{path} is not an Ed25519 key")
    return key


def log_key(folder: Path) -> LogKey:
    """Give the public half of the checkpoint key, with the log's name."""
    return LogKey(ORIGIN, checkpoint_key(folder).public_key().public_bytes_raw())
