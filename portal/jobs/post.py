"""Sends the mails of the outbox: to an SMTP relay, or as .eml files into a folder."""

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

import sqlalchemy as sa

from portal.jobs.runner import Later
from portal.models import Mail
from portal.settings import Settings
from portal.store.cellar import Cellar
from portal.store.vault import Vault
from portal.store.work import CODE

PERMANENT = 500


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
    """Send one mail of the outbox; Later when the relay cannot be reached, a bounce is kept on the row."""
    with cellar.read() as rows:
        row = rows.scalar(sa.select(Mail).where(Mail.public_id == mail))
    if row is None or row.status != "queued":
        return
    message = compose(cellar.settings, row, cellar.clock())
    problem = ""
    try:
        if cellar.settings.smtp_url:
            _relay(cellar.settings, message)
        else:
            _file(cellar.settings, message, row)
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        if code < PERMANENT:
            raise Later(f"the relay defers: {code}") from error
        problem = f"{code} {text.decode(errors='replace')}"
    except smtplib.SMTPResponseException as error:
        if error.smtp_code < PERMANENT:
            raise Later(f"the relay defers: {error.smtp_code}") from error
        problem = f"{error.smtp_code} {str(error.smtp_error)[:200]}"
    except (OSError, smtplib.SMTPException) as error:
        raise Later(f"the relay does not answer: {error}") from error
    _settle(cellar, mail, problem)


def _settle(cellar: Cellar, mail: str, problem: str) -> None:
    with cellar.work() as work:
        row = work.rows.scalars(sa.select(Mail).where(Mail.public_id == mail)).one()
        row.tries += 1
        row.status, row.error = ("bounced", problem[:500]) if problem else ("sent", "")
        row.sealed = ""
        row.sent_at = work.now()


def _relay(settings: Settings, message: EmailMessage) -> None:
    parts = urlsplit(settings.smtp_url)
    options = parse_qs(parts.query)
    maker = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    with maker(parts.hostname or "localhost", parts.port or 25, timeout=30) as relay:
        if options.get("starttls") == ["1"]:
            relay.starttls(context=ssl.create_default_context())
        if parts.username:
            relay.login(unquote(parts.username), unquote(parts.password or ""))
        relay.send_message(message)


def _file(settings: Settings, message: EmailMessage, row: Mail) -> None:
    folder = settings.folder / "outbox"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{row.id:06d}-{row.kind}-{row.public_id}.eml"
    path.write_bytes(message.as_bytes())
