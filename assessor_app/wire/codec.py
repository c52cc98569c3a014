"""Canonical bytes for frozen values, and back: nothing unknown, nothing missing, nothing bent."""

import hashlib
import re
from typing import TypeAlias, TypeVar

import msgspec

from assessor_app.domain.ids import Sha256
from assessor_app.wire.errors import MalformedError

T = TypeVar("T")
Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | bool | None"

_QUOTED = re.compile(r" '.*'", re.DOTALL)
_AT = re.compile(r" - at `(?P<path>[^`]*)`")


def dump(value: object) -> bytes:
    """Return the canonical JSON of a frozen value: sorted keys, no blanks, UTF-8."""
    return msgspec.json.encode(value, order="sorted")


def parse(kind: type[T], untrusted: bytes | str) -> T:
    """Return the value that `untrusted` spells.

    Raises:
        MalformedError: It is not JSON, lacks something, has something more, or breaks a rule of
            the value.
    """
    try:
        value = msgspec.json.decode(untrusted, type=kind)
        told: Json = msgspec.json.decode(untrusted)
    except msgspec.ValidationError as error:
        raise MalformedError(*_place_and_rule(str(error))) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise MalformedError("", "not JSON") from None
    _refuse_more(told, msgspec.json.decode(dump(value)), "")
    return value


def sha256(content: bytes) -> Sha256:
    """Return the SHA-256 of some bytes in lower-case hexadecimal."""
    return Sha256(hashlib.sha256(content).hexdigest())


def _place_and_rule(message: str) -> tuple[str, str]:
    found = _AT.search(message)
    path = found["path"].removeprefix("$") if found else ""
    pointer = re.sub(r"\[(\d+|\.\.\.)\]", r"/\1", path.replace(".", "/")) if path else ""
    return pointer, _QUOTED.sub("", _AT.sub("", message))


def _refuse_more(told: Json, understood: Json, pointer: str) -> None:
    """Refuse fields that were told but not understood; values were converted without loss."""
    if isinstance(told, dict) and isinstance(understood, dict):
        for key, inner in told.items():
            if key not in understood:
                raise MalformedError(pointer, "an unknown field")
            _refuse_more(inner, understood[key], f"{pointer}/{key}")
        if len(understood) > len(told):
            raise MalformedError(pointer, "a field is missing")
    elif isinstance(told, list) and isinstance(understood, list):
        for place, (inner, known) in enumerate(zip(told, understood, strict=True)):
            _refuse_more(inner, known, f"{pointer}/{place}")
