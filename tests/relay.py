"""A real mail server for tests (aiosmtpd): it takes, defers, refuses or vanishes as it is told."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.peers import free_ports

USER, PASSWORD = "portal", "relay-geheim-17"


@dataclass
class Relay:
    """What the server answers to sender, recipient and data, at which of them it vanishes, and what it took."""

    port: int
    sender: str = "250 OK"
    recipient: str = "250 OK"
    data: str = "250 OK"
    vanishes: str = ""
    tries: int = 0
    taken: list[EmailMessage] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address as a setting, with the password that must never be shown."""
        return f"smtp://{USER}:{PASSWORD}@127.0.0.1:{self.port}"

    async def _answer_hello(
            self, server: SMTP, session: Session, envelope: Envelope, name: str, said: list[str]) -> list[str]:
        """Say hello, or hang up on whoever calls."""
        session.host_name = name
        if self.vanishes == "hello":
            self._vanish(server)
        return said

    async def _answer_sender(
            self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        """Answer to the sender."""
        if self.vanishes == "sender":
            self._vanish(server)
        if self.sender.startswith("250"):
            envelope.mail_from = address
        return self.sender

    async def _answer_recipient(
            self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        """Answer to a recipient."""
        self.tries += 1
        if self.vanishes == "recipient":
            self._vanish(server)
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def _answer_data(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Answer to the letter itself; with `vanishes`, after it was taken and before anybody was told."""
        content = envelope.content
        if self.data.startswith("250") and isinstance(content, bytes):
            self.taken.append(message_from_bytes(content, _class=EmailMessage, policy=policy.default))
        if self.vanishes == "data":
            self._vanish(server)
        return self.data

    async def _answer_goodbye(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Say goodbye, or say that there is trouble after all."""
        return "421 closing in disorder" if self.vanishes == "quit" else "221 Bye"

    def _vanish(self, server: SMTP) -> None:
        transport = server.transport
        assert isinstance(transport, asyncio.WriteTransport)
        transport.abort()

    handle_EHLO, handle_MAIL, handle_RCPT = _answer_hello, _answer_sender, _answer_recipient
    handle_DATA, handle_QUIT = _answer_data, _answer_goodbye


def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword) -> AuthResult:
    """Take the one user that there is."""
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@contextmanager
def relay() -> Iterator[Relay]:
    """A server that runs for the length of the block."""
    [port] = free_ports(1)
    made = Relay(port)
    server = Controller(made, hostname="127.0.0.1", port=port, authenticator=authenticate, auth_required=True,
                        auth_require_tls=False)
    server.start()
    try:
        yield made
    finally:
        server.stop()
