"""How people prove who they are: password (argon2id), second factor (TOTP), single-use recovery codes."""

import secrets

import pyotp
import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.actions import letters, record
from portal.core import passwords
from portal.core.actor import Actor
from portal.core.errors import N_, Incomplete
from portal.core.passwords import normal
from portal.models import Person, RecoveryCode, StaffRole
from portal.queries.sessions import hashed
from portal.store.vault import Vault
from portal.store.work import Work

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's minimum: 19 MiB, t=2, p=1
NOBODY = HASHER.hash(secrets.token_hex(16))
CODES = 10
STEP = 30
ISSUER = "JMDP Portal"


def fits(person: Person | None, password: str) -> bool:
    """Say whether a password is the person's; an unknown person costs the same work."""
    try:
        return HASHER.verify(person.password_hash if person and person.password_hash else NOBODY, normal(password)) \
            and person is not None and person.is_active
    except (VerificationError, InvalidHashError):
        return False


def set_password(work: Work, actor: Actor, person: Person, password: str) -> None:
    """Set a password; Incomplete says what is wrong with it."""
    shortest = passwords.least(is_staff(work, person))
    wrong = passwords.problem(password, shortest, (person.email, person.name, person.name_romaji, person.name_kana))
    if wrong:
        raise Incomplete(wrong, {"password": wrong}, least=shortest)
    person.password_hash = HASHER.hash(normal(password))
    record.note(work, actor, person, "password_set")


def change_password(work: Work, actor: Actor, password: str) -> None:
    """Change the actor's own password after a step-up; they are told by mail."""
    person = _stepped_up(work, actor)
    set_password(work, actor, person, password)
    letters.notice(work, person, "password_set")


def new_secret() -> str:
    """Give a fresh TOTP secret, to be shown once."""
    return pyotp.random_base32()


def address(secret: str, email: str) -> str:
    """Give the otpauth address of a secret, for the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def enrol(work: Work, actor: Actor, person: Person, secret: str, code: str) -> list[str]:
    """Take up a second factor that the person proved to have; gives ten recovery codes, shown once.

    The first one needs no step-up: the session is a minute old and may do nothing else yet.
    """
    if person.totp_secret:
        _stepped_up(work, actor)
    step = _step(work, secret, code)
    if step is None:
        raise Incomplete("The code does not fit.", {"code": N_("Enter the six digits that the app shows now")})
    person.totp_secret, person.totp_step = Vault(work.settings.keys).seal(secret), step
    record.note(work, actor, person, "second_factor_set")
    letters.notice(work, person, "second_factor_set")
    return _make_codes(work, actor, person)


def drop_second_factor(work: Work, actor: Actor) -> None:
    """Give up the actor's own second factor after a step-up; JMDP's people must keep one."""
    person = _stepped_up(work, actor)
    if is_staff(work, person):
        raise Incomplete("JMDP's people must keep a second factor. Set up another one in its place.")
    take_second_factor(work, actor, person)


def take_second_factor(work: Work, actor: Actor, person: Person) -> None:
    """Take away a second factor with its recovery codes; the caller has seen to who may."""
    person.totp_secret, person.totp_step = "", 0
    work.rows.execute(sa.delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    record.note(work, actor, person, "second_factor_removed")
    letters.notice(work, person, "second_factor_removed")


def new_codes(work: Work, actor: Actor) -> list[str]:
    """Make ten recovery codes in place of the actor's earlier ones, after a step-up; they are told by mail."""
    person = _stepped_up(work, actor)
    letters.notice(work, person, "recovery_codes_made")
    return _make_codes(work, actor, person)


def _make_codes(work: Work, actor: Actor, person: Person) -> list[str]:
    work.rows.execute(sa.delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _ in range(CODES)]
    work.rows.add_all(RecoveryCode(person_id=person.id, code_hash=hashed(code)) for code in codes)
    record.note(work, actor, person, "recovery_codes_made", count=CODES)
    return codes


def second_factor_fits(work: Work, person: Person, code: str) -> bool:
    """Say whether a code is the person's now; a TOTP step and a recovery code each serve once."""
    plain = normal(code).strip().replace(" ", "").lower()
    if person.totp_secret and plain.isdigit():
        step = _step(work, Vault(work.settings.keys).open(person.totp_secret), plain)
        if step is None or step <= person.totp_step:
            return False
        person.totp_step = step
        return True
    used = work.rows.execute(
        sa.update(RecoveryCode).where(RecoveryCode.person_id == person.id, RecoveryCode.code_hash == hashed(plain),
                                      RecoveryCode.used_at.is_(None)).values(used_at=work.now()))
    if getattr(used, "rowcount", 0) != 1:
        return False
    record.note(work, Actor(person.id, person.name, frozenset()), person, "recovery_code_used")
    return True


def _step(work: Work, secret: str, code: str) -> int | None:
    """The time step whose code this is, one before and after allowed for slow clocks; None for none."""
    now = int(work.now().timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    plain = normal(code).strip().replace(" ", "")
    return next((step for step in (now, now - 1, now + 1)
                 if secrets.compare_digest(totp.at(step * STEP).encode(), plain.encode())), None)


def _stepped_up(work: Work, actor: Actor) -> Person:
    record.require_proof(actor, N_("Prove once more who you are before you change how you sign in."))
    return work.rows.get_one(Person, actor.person_id)


def is_staff(work: Work, person: Person) -> bool:
    """Whether a person holds any role at JMDP or as an auditor, so that the stricter rules are theirs."""
    return work.rows.scalar(sa.select(StaffRole.id).where(StaffRole.person_id == person.id).limit(1)) is not None
