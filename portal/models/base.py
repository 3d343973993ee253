"""The ground of all nouns: naming, times, public ids."""

import secrets
from datetime import UTC, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_public_id() -> str:
    """Give a random 130-bit id for URLs, in lower-case Crockford base 32 (26 characters)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(26))


def new_code() -> str:
    """Give a random 12-character code for paper (60 bits, Crockford base 32, no look-alikes)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12)).upper()


class UtcTime(sa.types.TypeDecorator[datetime]):
    """A moment in UTC; a time without a zone is refused when it is written."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Turn an aware time into UTC; ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give the stored moment as an aware UTC time."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The mother of all tables."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        datetime: UtcTime(), dict[str, Any]: sa.JSON(), list[Any]: sa.JSON(), str: sa.Text(),
    }

    id: Mapped[int] = mapped_column(primary_key=True)


class Public:
    """A noun that has an address of its own."""

    public_id: Mapped[str] = mapped_column(sa.String(26), unique=True, default=new_public_id)


class Versioned:
    """A noun that two people may change: an update of a version that is no longer there is refused."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


def one_of(column: str, values: Any) -> sa.CheckConstraint:
    """Give a CHECK that holds a text column to the given values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)
