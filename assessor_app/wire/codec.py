"""Canonical bytes for frozen values, and back: nothing unknown, nothing missing, nothing bent."""

import hashlib
import re
from datetime import MAXYEAR, MINYEAR, datetime
from typing import TypeAlias, TypeVar

import msgspec

from assessor_app.domain.ids import Sha256
from assessor_app.wire.errors import MalformedError

T = TypeVar("T")
Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | bool | None"
Built: TypeAlias = (
    "dict[str, Built] | list[Built] | tuple[Built, ...] | str | float | bool | datetime | None"
)

_WHOLE_NUMBERS = range(-(2**63), 2**63)
_YEARS = range(MINYEAR + 1, MAXYEAR)
"""Years that are whole in every time zone."""

_QUOTED = re.compile(r" '.*'", re.DOTALL)
_AT = re.compile(r" - at `(?P<path>[^`]*)`")


def dump(value: object) -> bytes:
    """Return the canonical JSON of a frozen value: sorted keys, no blanks, UTF-8."""
    return msgspec.json.encode(value, order="sorted")


def parse(kind: type[T], untrusted: bytes | str) -> T:
    """Return the value that `untrusted` spells.

    Raises:
        MalformedError: It is not JSON, lacks something, has something more, breaks a rule of the
            value, or holds a number beyond 64 bits or a time that is no certain moment.
    """
    try:
        value = msgspec.json.decode(untrusted, type=kind)
        told: Json = msgspec.json.decode(untrusted)
    except msgspec.ValidationError as error:
        raise MalformedError(*_place_and_rule(str(error))) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise MalformedError("", "not JSON") from None
    _compare(told, msgspec.to_builtins(value, builtin_types=(datetime,)), "")
    return value


def sha256(content: bytes) -> Sha256:
    """Return the SHA-256 of some bytes in lower-case hexadecimal."""
    return Sha256(hashlib.sha256(content).hexdigest())


def _place_and_rule(message: str) -> tuple[str, str]:
    found = _AT.search(message)
    path = found["path"].removeprefix("$") if found else ""
    pointer = re.sub(r"\[(\d+|\.\.\.)\]", r"/\1", path.replace(".", "/")) if path else ""
    return pointer, _QUOTED.sub("", _AT.sub("", message))


def _compare(told: Json, understood: Built, pointer: str) -> None:
    """Refuse what was told but not understood, and what was understood but cannot be kept."""
    if isinstance(told, dict) and isinstance(understood, dict):
        for key, inner in told.items():
            if key not in understood:
                raise MalformedError(pointer, "an unknown field")
            _compare(inner, understood[key], f"{pointer}/{key}")
        if len(understood) > len(told):
            raise MalformedError(pointer, "a field is missing")
    elif isinstance(told, list) and isinstance(understood, list | tuple):
        for place, (inner, known) in enumerate(zip(told, understood, strict=True)):
            _compare(inner, known, f"{pointer}/{place}")
    else:
        _check_scalar(understood, pointer)


def _check_scalar(understood: Built, pointer: str) -> None:
    if isinstance(understood, int) and understood not in _WHOLE_NUMBERS:
        raise MalformedError(pointer, "a number beyond 64 bits")
    if isinstance(understood, datetime) and (
        understood.tzinfo is None or understood.year not in _YEARS
    ):
        raise MalformedError(pointer, "no certain moment")
