"""How values become columns: aware times, words of closed sets, JSON of frozen values."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

import msgspec
from sqlalchemy import DateTime, Dialect, Enum, MetaData
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

T = TypeVar("T")
_LONGEST_WORD = 32


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime. SQLite drops the zone; this puts it back and refuses naive values."""

    impl = DateTime
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC on the way in."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"naive datetime: {value}")
        return value and value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Mark as UTC on the way out."""
        return value and value.replace(tzinfo=UTC)


class Row(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Base of all mapped rows. Constraint names are fixed so that migrations can refer to them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime()}  # noqa: RUF012 (SQLAlchemy's name)


def words(kind: type[StrEnum]) -> Enum:
    """Return a column type that keeps the words of a closed set, not the names of its members."""
    return Enum(
        kind,
        values_callable=_values,
        native_enum=False,
        create_constraint=False,
        length=_LONGEST_WORD,
    )


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


def to_json(value: object) -> bytes:
    """Return a frozen value as canonical JSON, so that equal values are equal bytes."""
    return msgspec.json.encode(value, order="sorted")


def from_json(kind: type[T], content: bytes) -> T:
    """Return the frozen value that `to_json`, or a checked message, spells."""
    return msgspec.json.decode(content, type=kind)
