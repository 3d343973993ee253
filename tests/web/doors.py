"""Ways in for tests: a browser that nobody uses yet, people with passwords and factors, codes out of sent mails."""

import email
import re
from dataclasses import dataclass
from email import policy
from pathlib import Path

import pyotp
from flask import Flask

from portal.actions import credentials
from portal.jobs import runner
from portal.jobs.kinds import KINDS
from portal.models import Person
from portal.store.cellar import Cellar
from portal.store.vault import Vault
from tests.cast import Member
from tests.web.walk import Walk

PASSWORD = "tanuki mochi teapot 三つ"
LINK = re.compile(r"/(invitation|reset)/([\w-]{20,})")


@dataclass(frozen=True)
class Mail:
    """A mail as it was sent."""

    to: str
    subject: str
    text: str

    @property
    def code(self) -> str:
        """The single-use code of its link."""
        found = LINK.search(self.text)
        assert found, self.text
        return found[2]


def walk(app: Flask, address: str = "127.0.0.1") -> Walk:
    """A fresh browser at an address."""
    browser = app.test_client()
    browser.environ_base["REMOTE_ADDR"] = address
    return Walk(browser)


def equip(cellar: Cellar, member: Member, factor: bool = False) -> str:
    """Give a member of the cast the password, and a second factor if wanted; gives its secret."""
    secret = pyotp.random_base32() if factor else ""
    with cellar.work() as work:
        person = work.rows.get_one(Person, member.person_id)
        credentials.set_password(work, member.actor, person, PASSWORD)
        if secret:
            person.totp_secret = Vault(cellar.settings.keys).seal(secret)
    return secret


def code(cellar: Cellar, secret: str) -> str:
    """The app's code at the test's time."""
    return pyotp.TOTP(secret).at(cellar.clock())


def sign_in(browser: Walk, address: str, password: str = PASSWORD, expect: int = 303, after: str = "") -> str:
    """Fill in the sign-in page; gives where it leads."""
    page = f"/sign-in?next={after}" if after else "/sign-in"
    browser.get(page)
    return browser.post(page, expect, email=address, password=password)


def mails(cellar: Cellar) -> list[Mail]:
    """Everything the worker has sent, oldest first."""
    runner.drain(cellar, KINDS)
    folder = Path(cellar.settings.home) / "outbox"
    found = []
    for path in sorted(folder.glob("*.eml")):
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        body = message.get_body()
        assert body is not None
        found.append(Mail(str(message["To"]), str(message["Subject"]), body.get_content()))
    return found
