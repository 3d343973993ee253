"""How people prove who they are: password (argon2id), second factor (TOTP), single-use recovery codes."""

import secrets
import unicodedata

import pyotp
import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.actions import record
from portal.core.actor import Actor
from portal.core.errors import N_, Incomplete
from portal.models import Person, RecoveryCode, StaffRole
from portal.queries.sessions import hashed
from portal.store.vault import Vault
from portal.store.work import Work

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's minimum: 19 MiB, t=2, p=1
NOBODY = HASHER.hash(secrets.token_hex(16))
LEAST, LEAST_STAFF = 12, 15
COMMON = ("password", "passw0rd", "qwerty", "123456", "letmein", "welcome", "jmdp", "kotsuzui", "骨髄バンク", "admin")
CODES = 10
STEP = 30


def normal(password: str) -> str:
    """Give a password as it is hashed: full-width letters are the same as half-width ones."""
    return unicodedata.normalize("NFKC", password)


def fits(person: Person | None, password: str) -> bool:
    """Say whether a password is the person's; an unknown person costs the same work."""
    try:
        return HASHER.verify(person.password_hash if person and person.password_hash else NOBODY, normal(password)) \
            and person is not None and person.is_active
    except (VerificationError, InvalidHashError):
        return False


def set_password(work: Work, actor: Actor, person: Person, password: str) -> None:
    """Set a password; Incomplete when it is too short or too common."""
    least = LEAST_STAFF if _is_staff(work, person) else LEAST
    plain = normal(password)
    if len(plain) < least:
        raise Incomplete("The password is too short.", {"password": N_("Choose a longer password")}, least=least)
    lowered = plain.lower()
    bare = "".join(filter(str.isalpha, lowered))
    own = (person.email.partition("@")[0].lower(), person.name.replace("　", "").replace(" ", "").lower())
    if len(set(lowered)) < 5 or bare in COMMON or any(word and lowered.startswith(word) for word in (*COMMON, *own)):
        raise Incomplete("This password is easy to guess. Choose another one.",
                         {"password": N_("Choose a password that is harder to guess")})
    person.password_hash = HASHER.hash(plain)
    record.note(work, actor, person, "password_set")


def new_secret() -> str:
    """Give a fresh TOTP secret, to be shown once."""
    return pyotp.random_base32()


def enrol(work: Work, actor: Actor, person: Person, secret: str, code: str) -> list[str]:
    """Take up a second factor that the person proved to have; gives ten recovery codes, shown once."""
    step = _step(work, secret, code)
    if step is None:
        raise Incomplete("The code does not fit.", {"code": N_("Enter the six digits that the app shows now")})
    person.totp_secret, person.totp_step = Vault(work.settings.keys).seal(secret), step
    record.note(work, actor, person, "second_factor_set")
    return new_codes(work, actor, person)


def new_codes(work: Work, actor: Actor, person: Person) -> list[str]:
    """Make ten recovery codes in place of the earlier ones; they are kept as hashes."""
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


def _is_staff(work: Work, person: Person) -> bool:
    return work.rows.scalar(sa.select(StaffRole.id).where(StaffRole.person_id == person.id).limit(1)) is not None
