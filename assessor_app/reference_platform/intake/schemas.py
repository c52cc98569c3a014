"""Holds a form against its JSON Schema and says in plain words which rules it breaks."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Protocol

from jsonschema import Draft202012Validator, ValidationError

from assessor_app.reference_platform.intake.errors import Problem
from assessor_app.resources import resource

Json = Any
"""What a JSON file holds: nothing is known of it yet."""

_KINDS = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}
_LIMITS = {
    "minLength": ("is too short", "Write at least {} characters."),
    "maxLength": ("is too long", "Write at most {} characters."),
    "minItems": ("has too few entries", "Add some; at least {}."),
    "maxItems": ("has too many entries", "Keep at most {}."),
    "uniqueItems": ("has an entry twice", "Remove one of them."),
    "minimum": ("is too small", "Write {} or more."),
    "maximum": ("is too large", "Write {} or less."),
    "oneOf": ("is neither a file nor a link, or both", 'Keep either "file" or "link".'),
}


class _Schema(Protocol):
    """What is used of a validator; the library's own annotations are incomplete."""

    def iter_errors(self, instance: Json) -> Iterator[ValidationError]: ...


def broken_rules(raw: Json, schema: str, name: str) -> Iterator[Problem]:
    """Yield every rule of a schema that a form breaks, each once.

    Args:
        raw: What the form holds.
        schema: `submission` or `microcredential`.
        name: How problems name the form.
    """
    seen: set[Problem] = set()
    for error in _schema(schema).iter_errors(raw):
        pointer = "".join(f"/{step}" for step in error.absolute_path)
        for what, how in _in_words(error):
            problem = Problem(path=f"{name}#{pointer}" if pointer else name, what=what, how=how)
            if problem not in seen:
                seen.add(problem)
                yield problem


@cache
def _schema(schema: str) -> _Schema:
    path = resource("schemas", f"{schema}.schema.json")
    return Draft202012Validator(json.loads(path.read_text("utf-8")))


def _in_words(error: ValidationError) -> Iterator[tuple[str, str]]:
    rule: Json = error.validator_value
    own: Json = error.schema
    match str(error.validator):
        case "required":
            yield from _missing(rule, error.instance)
        case "additionalProperties":
            yield from _unknown(own["properties"], error.instance)
        case "dependentRequired":
            yield from _alone(rule, error.instance)
        case "type":
            kinds = " or ".join(
                _KINDS[kind] for kind in ([rule] if isinstance(rule, str) else rule)
            )
            yield f"is not {kinds}", f"Write {kinds}."
        case "enum":
            yield "is none of the allowed values", f"Write one of: {', '.join(rule)}."
        case limit if limit in _LIMITS:
            what, how = _LIMITS[limit]
            yield what, how.format(rule)
        case _:
            yield "is not in the right form", own.get("description", "See docs/intake.md.")


def _missing(needed: Json, found: Json) -> Iterator[tuple[str, str]]:
    for key in needed:
        if key not in found:
            yield f'"{key}" is missing', f'Add "{key}".'


def _unknown(known: Json, found: Json) -> Iterator[tuple[str, str]]:
    for key in found:
        if key not in known:
            yield f'"{key}" is unknown here', "Remove it, or correct its name."


def _alone(rule: Json, found: Json) -> Iterator[tuple[str, str]]:
    for key, needed in rule.items():
        missing = [other for other in needed if other not in found]
        if key in found and missing:
            yield f'"{key}" stands alone', f'Add "{missing[0]}", or remove "{key}".'
