"""Sends the mails of the outbox: to an SMTP relay, or as .eml files into a folder."""

import smtplib
import ssl
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

import sqlalchemy as sa

from portal.actions import delivery
from portal.core.posting import PATIENCE, plain
from portal.jobs.runner import Later
from portal.models import Mail
from portal.settings import Settings
from portal.store.cellar import Cellar
from portal.store.vault import Vault
from portal.store.work import CODE

PERMANENT = 500
WAIT = 30
"""Seconds for which a relay may be silent."""


def compose(settings: Settings, mail: Mail, now: datetime) -> EmailMessage:
    """Give the message of an outbox row: plain text, one thread per thing, marked as automatic."""
    message = EmailMessage()
    domain = settings.mail_from.rpartition("@")[2]
    message["From"] = settings.mail_from
    message["Reply-To"] = settings.mail_reply
    message["To"] = mail.recipient
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{mail.public_id}@{domain}>"
    if mail.thing:
        message["In-Reply-To"] = message["References"] = f"<thing.{mail.thing}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = mail.language
    code = Vault(settings.keys).open(mail.sealed) if mail.sealed else CODE
    message.set_content(mail.body.replace(CODE, code), cte="base64")
    return message


def send(cellar: Cellar, mail: str) -> None:
    """Send one mail of the outbox; a refusal is kept on the row and opens a task, a deferral too once it lasts.

    Later when it is to be tried again. A relay that vanishes before it answers may have taken the mail: it is sent
    again under the same Message-ID, for a letter that comes twice is better than one that never does.
    """
    with cellar.read() as rows:
        row = rows.scalar(sa.select(Mail).where(Mail.public_id == mail))
    if row is None or row.status != "queued":
        return
    message = compose(cellar.settings, row, cellar.clock())
    try:
        if cellar.settings.smtp_url:
            _relay(cellar.settings, message)
        else:
            _file(cellar.settings, message, row)
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        _answered(cellar, row, code, words)
    except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
        _answered(cellar, row, error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        told = _words(cellar, row, f"the relay does not answer: {error}")
        _settle(cellar, mail, "queued", told)
        raise Later(told) from error
    else:
        _settle(cellar, mail, "sent")


def _answered(cellar: Cellar, row: Mail, code: int, words: bytes | str) -> None:
    """Keep what a server said that did not take the mail; Later while a deferral may still end well."""
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    told = _words(cellar, row, f"{code} {text}")
    if code >= PERMANENT:
        _settle(cellar, row.public_id, "bounced", told)
    elif cellar.clock() - row.queued_at >= PATIENCE:
        _settle(cellar, row.public_id, "failed", told)
    else:
        _settle(cellar, row.public_id, "queued", told)
        raise Later(f"the relay defers: {told}")


def _words(cellar: Cellar, row: Mail, words: str) -> str:
    """A server's words without the relay's password or the letter's code."""
    parts, vault = urlsplit(cellar.settings.smtp_url), Vault(cellar.settings.keys)
    return plain(words, (unquote(parts.password or ""), parts.password or "",
                         vault.open(row.sealed) if row.sealed else ""))


def _settle(cellar: Cellar, mail: str, status: str, told: str = "") -> None:
    """Keep the outcome of one try; what did not arrive becomes a task in the same act."""
    with cellar.work() as work:
        row = work.rows.scalars(sa.select(Mail).where(Mail.public_id == mail)).one()
        row.tries += 1
        row.status, row.error = status, told
        if status == "queued":
            return
        row.sealed = ""
        if status == "sent":
            row.sent_at = work.now()
        else:
            delivery.missed(work, row)


def _relay(settings: Settings, message: EmailMessage) -> None:
    """Hand a message to the relay; once it has taken it, a goodbye that fails is no failure."""
    parts = urlsplit(settings.smtp_url)
    options = parse_qs(parts.query)
    maker = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    relay = maker(parts.hostname or "localhost", parts.port or 25, timeout=WAIT)
    try:
        if options.get("starttls") == ["1"]:
            relay.starttls(context=ssl.create_default_context())
        if parts.username:
            relay.login(unquote(parts.username), unquote(parts.password or ""))
        relay.send_message(message)
    finally:
        with suppress(OSError, smtplib.SMTPException):
            relay.quit()
        relay.close()


def _file(settings: Settings, message: EmailMessage, row: Mail) -> None:
    folder = settings.folder / "outbox"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{row.id:06d}-{row.kind}-{row.public_id}.eml"
    path.write_bytes(message.as_bytes())
