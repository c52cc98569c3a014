"""Reads the JSON files of intake folders, and looks into them whatever is wrong with them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

from assessor_app.reference_platform.intake.errors import Problem
from assessor_app.reference_platform.intake.schemas import Json, broken_rules

MAX_FORM_BYTES = 16 * 1024 * 1024
MAX_DIGITS = 18
"""Of a whole number: what fits into 64 bits wherever it goes from here."""


class _UnreadableError(Exception):
    """The file holds no JSON that could be checked."""


def read_form(path: Path, schema: str, problems: list[Problem]) -> dict[str, Json]:
    """Return what a JSON file holds, as far as it is an object; add what breaks its schema.

    Args:
        path: The file. Problems name it by its last part.
        schema: `submission` or `microcredential`.
        problems: Gets every problem.
    """
    try:
        raw = _load(path)
    except _UnreadableError as error:
        what, how = error.args
        problems.append(Problem(path=path.name, what=what, how=how))
        return {}
    problems.extend(broken_rules(raw, schema, path.name))
    return _object(raw)


def objects(raw: dict[str, Json], key: str) -> Iterator[tuple[int, dict[str, Json]]]:
    """Yield the objects of a list with their places, and nothing where there is no such list."""
    for place, item in enumerate(_list(raw.get(key))):
        if isinstance(item, dict):
            yield place, item


def inner(raw: dict[str, Json], key: str) -> dict[str, Json]:
    """Return the object under a key, an empty one where there is none."""
    return _object(raw.get(key))


def texts(raw: dict[str, Json], key: str) -> tuple[str, ...]:
    """Return the texts of a list, none where there is no such list."""
    return tuple(item for item in _list(raw.get(key)) if isinstance(item, str))


def text(raw: dict[str, Json], key: str) -> str:
    """Return the text under a key, an empty one where there is none."""
    found: Json = raw.get(key)
    return found if isinstance(found, str) else ""


def _list(value: Json) -> list[Json]:
    return value if _is_list(value) else []


def _object(value: Json) -> dict[str, Json]:
    return value if _is_object(value) else {}


def _is_list(value: Json) -> TypeGuard[list[Json]]:
    return isinstance(value, list)


def _is_object(value: Json) -> TypeGuard[dict[str, Json]]:
    return isinstance(value, dict)


def _load(path: Path) -> Json:
    if path.is_symlink() or not path.is_file():
        raise _UnreadableError("the file is missing", "Add it as a plain file.")
    if path.stat().st_size > MAX_FORM_BYTES:
        raise _UnreadableError("the file is too large", "Keep it under 16 MiB.")
    try:
        told = path.read_bytes().decode("utf-8")
        raw: Json = json.loads(
            told,
            object_pairs_hook=_once,
            parse_constant=_no_number,
            parse_int=_whole,
            parse_float=_broken,
        )
        json.dumps(raw, ensure_ascii=False).encode("utf-8")
    except UnicodeError:
        raise _UnreadableError("is not UTF-8", "Save it as UTF-8.") from None
    except json.JSONDecodeError as error:
        what = f"is not JSON from line {error.lineno}, column {error.colno} on"
        raise _UnreadableError(what, "Mend the JSON at that place.") from None
    except RecursionError:
        raise _UnreadableError("is nested too deeply", "Follow the schema.") from None
    return raw


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _UnreadableError(f'has the key "{twice}" twice in one object', "Keep one of them.")
    return found


def _whole(spelled: str) -> Json:
    if len(spelled.lstrip("-")) > MAX_DIGITS:
        raise _UnreadableError("holds a number that is too large", "Write a smaller number.")
    return int(spelled)


def _broken(spelled: str) -> Json:
    """Return a number with a point; 2.0 is whole, as the schemas say."""
    number = float(spelled)
    if abs(number) >= 10**MAX_DIGITS:
        raise _UnreadableError("holds a number that is too large", "Write a smaller number.")
    return int(number) if number.is_integer() else number


def _no_number(spelled: str) -> Json:
    raise _UnreadableError(f"holds {spelled}, which is no number", "Write a number.")
