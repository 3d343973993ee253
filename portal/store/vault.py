"""Secrets at rest: what the database holds of a second factor is useless without the keys folder."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from portal.store import keys


class Vault:
    """Seals and opens short texts with a key of the keys folder, made on first use."""

    def __init__(self, folder: Path) -> None:
        self._box = Fernet(urlsafe_b64encode(sha256(keys.secret(folder, "vault.key")).digest()))

    def seal(self, text: str) -> str:
        """Give a text sealed."""
        return self._box.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Give the text back; BadKey when the key is another one."""
        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise keys.BadKey("vault.key is not the key this was sealed with; restore the keys folder") from error
