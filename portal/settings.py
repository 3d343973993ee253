"""Every setting of the portal, typed and explained; the only reader of the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path


class BadSetting(ValueError):
    """A setting has a value that cannot be used; the message names it and says what is expected."""


def _setting(env: str, default: str, meaning: str, *, secret: bool = False) -> str:
    metadata = {"env": env, "default": default, "meaning": meaning, "secret": secret}
    value: str = field(default=default, metadata=metadata)
    return value


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one installation, as text; typed views are the properties below."""

    home: str = _setting("PORTAL_HOME", "var", "data folder: database, files, keys, outbox")
    bind: str = _setting("PORTAL_BIND", "127.0.0.1:8000", "address and port the web server listens on")
    url: str = _setting("PORTAL_URL", "", "public address, for links in mails (default: http://BIND)")
    database_url: str = _setting(
        "PORTAL_DATABASE_URL", "", "database; empty: SQLite in the data folder; postgresql+psycopg://…", secret=True
    )
    migrate_url: str = _setting(
        "PORTAL_MIGRATE_URL", "", "database address of the owner's role, for migrations only", secret=True
    )
    blobs_url: str = _setting("PORTAL_BLOBS_URL", "", "files; empty: a folder; s3://bucket/prefix?endpoint=…&region=…")
    blobs_key: str = _setting("PORTAL_BLOBS_KEY", "", "access key of the object store", secret=True)
    blobs_secret: str = _setting("PORTAL_BLOBS_SECRET", "", "secret key of the object store", secret=True)
    queue_url: str = _setting("PORTAL_QUEUE_URL", "", "job queue; empty: a file; postgresql://…", secret=True)
    smtp_url: str = _setting(
        "PORTAL_SMTP_URL", "", "mail; empty: .eml files in the data folder; smtp://user:pass@host:587?starttls=1",
        secret=True,
    )
    mail_from: str = _setting("PORTAL_MAIL_FROM", "no-reply@portal.example", "sender of all mails")
    mail_reply: str = _setting("PORTAL_MAIL_REPLY", "kanri@portal.example", "where answers to mails go")
    contact_phone: str = _setting("PORTAL_CONTACT_PHONE", "03-0000-0000", "telephone shown on every party page")
    clamd: str = _setting("PORTAL_CLAMD", "", "virus scanner: clamd://host:port or unix:///path; empty: not scanned")
    scan_required: str = _setting(
        "PORTAL_SCAN_REQUIRED", "no", "yes: evidence that was not scanned cannot pass review"
    )
    secret_key: str = _setting("PORTAL_SECRET_KEY", "", "signs cookies; empty: made once", secret=True)
    secret_fallbacks: str = _setting(
        "PORTAL_SECRET_KEY_FALLBACKS", "", "earlier keys, separated by commas, still read", secret=True
    )
    seal_folder: str = _setting("PORTAL_SEAL_FOLDER", "", "folder of the sealing keys (default: HOME/keys)")
    tsa_url: str = _setting("PORTAL_SEAL_TSA", "", "outside RFC 3161 time-stamp authority; empty: the local one")
    demo: str = _setting("PORTAL_DEMO", "", "yes: fictional demo world; empty: only on loopback with nothing else set")
    proxies: str = _setting("PORTAL_PROXIES", "0", "number of trusted proxies in front (X-Forwarded-*)")
    ci: str = _setting("PORTAL_CI", "", "1: a test whose real peer is absent fails instead of being skipped")

    @property
    def folder(self) -> Path:
        """The data folder as an absolute path."""
        return Path(self.home).resolve()

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{self.folder / 'portal.db'}"

    @property
    def keys(self) -> Path:
        """The folder that holds the keys, readable by the portal alone."""
        return Path(self.seal_folder).resolve() if self.seal_folder else self.folder / "keys"

    @property
    def host(self) -> str:
        """The address part of `bind`."""
        return self.bind.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        """The port part of `bind`; BadSetting when it is not a number."""
        text = self.bind.rpartition(":")[2]
        if not text.isdigit():
            raise BadSetting(f"PORTAL_BIND: '{self.bind}' is not ADDRESS:PORT, for example 127.0.0.1:8000")
        return int(text)

    @property
    def address(self) -> str:
        """The public address without a trailing slash."""
        return self.url.rstrip("/") or f"http://{self.bind}"

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in {"127.0.0.1", "localhost", "::1"}

    @property
    def is_demo(self) -> bool:
        """Whether the fictional demo world and its one-click sign-in are allowed."""
        if self.demo:
            return self.demo.lower() in {"1", "yes", "true"} and self.on_loopback
        return self.on_loopback and not any((self.database_url, self.blobs_url, self.smtp_url, self.url))

    @property
    def secure_cookies(self) -> bool:
        """Whether the public address is https, so that cookies are bound to it."""
        return self.address.startswith("https://")

    @property
    def needs_scan(self) -> bool:
        """Whether evidence must have been scanned before it passes review."""
        return self.scan_required.lower() in {"1", "yes", "true"}


def _read_file(path: str) -> dict[str, str]:
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if line.strip() and not line.lstrip().startswith("#"))
    return {key.strip(): value.strip().strip('"') for key, _, value in pairs}


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment, or from the file that PORTAL_ENV_FILE names; BadSetting if unusable."""
    given = dict(os.environ if environ is None else environ)
    if name := given.get("PORTAL_ENV_FILE"):
        try:
            given = {**_read_file(name), **given}
        except OSError as error:
            raise BadSetting(f"PORTAL_ENV_FILE: {name} cannot be read ({error.strerror})") from None
    values: dict[str, str] = {}
    for item in fields(Settings):
        values[item.name] = given.get(item.metadata["env"], str(item.default))
    settings = Settings(**values)
    if not 0 < settings.port < 65536:
        raise BadSetting(f"PORTAL_BIND: port {settings.port} does not exist; use 1 to 65535")
    return settings


def table() -> list[tuple[str, str, str]]:
    """Give each setting as (variable, default, meaning), for `python3 app.py settings` and the documents."""
    return [(f.metadata["env"], str(f.default), f.metadata["meaning"]) for f in fields(Settings)]
