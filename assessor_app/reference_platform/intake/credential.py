"""Finds and checks the folder of one version of a micro-credential."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from assessor_app.domain.packet import Microcredential
from assessor_app.domain.policy import PolicyPack, SecondReads
from assessor_app.domain.rubric import Rubric
from assessor_app.reference_platform.intake.calendars import calendar_of, calendar_problems
from assessor_app.reference_platform.intake.errors import Problem
from assessor_app.reference_platform.intake.forms import inner, objects, read_form, text, texts
from assessor_app.reference_platform.intake.schemas import Json

FORM = "microcredential.json"
_CARD = (
    "id",
    "version",
    "title",
    "issuer",
    "competency",
    "key_method",
    "components",
    "research",
    "resources",
    "required_evidence",
)
_ONLY_HERE = frozenset({"second_read", "unreadable", "calendar"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPrompt:
    """A prompt before anyone responded to it."""

    id: str
    text: str
    word_limit: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPart:
    """A part before anyone responded to it."""

    id: str
    number: int
    title: str
    prompts: tuple[AskedPrompt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """Everything that one version of a micro-credential says."""

    card: Microcredential
    parts: tuple[AskedPart, ...]
    rubric: Rubric
    second_reads: SecondReads
    refuses_unreadable: bool
    raw_policy: dict[str, Json] = field(repr=False)

    def policy(self, submitted_at: datetime) -> PolicyPack:
        """Return the pack that travels, with the closed days that matter for a submission."""
        plain = {k: v for k, v in self.raw_policy.items() if k not in _ONLY_HERE}
        calendar = calendar_of(inner(self.raw_policy, "calendar"), submitted_at)
        return msgspec.convert({**plain, "calendar": calendar}, PolicyPack)


def find_credential(
    root: Path, wanted: dict[str, Json], problems: list[Problem]
) -> dict[str, Json]:
    """Return the form of the micro-credential that a submission names, empty if there is none.

    Args:
        root: A folder with one folder for each version of each micro-credential.
        wanted: What the submission says: id and version.
        problems: Gets every problem.
    """
    found = [folder for folder in _folders(root) if _is_it(folder, wanted)]
    if len(found) != 1:
        problems.append(_not_one(root, len(found)))
        return {}
    raw = read_form(found[0] / FORM, "microcredential", problems)
    problems.extend(_credential_problems(raw))
    return raw


def credential_of(raw: dict[str, Json]) -> Credential:
    """Return what a form without problems says."""
    policy = inner(raw, "policy")
    return Credential(
        card=msgspec.convert({key: raw[key] for key in _CARD}, Microcredential),
        parts=msgspec.convert(raw["parts"], tuple[AskedPart, ...]),
        rubric=msgspec.convert({**raw["rubric"], "award_rule": raw["award_rule"]}, Rubric),
        second_reads=msgspec.convert(inner(policy, "second_read"), SecondReads),
        refuses_unreadable=policy.get("unreadable") == "refuse",
        raw_policy=policy,
    )


def _folders(root: Path) -> list[Path]:
    return sorted(path.parent for path in root.glob(f"*/{FORM}"))


def _is_it(folder: Path, wanted: dict[str, Json]) -> bool:
    raw = read_form(folder / FORM, "microcredential", [])
    return bool(raw) and all(raw.get(key) == wanted.get(key) for key in ("id", "version"))


def _not_one(root: Path, count: int) -> Problem:
    if count:
        what = f"{count} folders hold this version of this micro-credential"
        return Problem(path=root.name, what=what, how="Keep one of them.")
    return Problem(
        path="submission.json#/microcredential",
        what="no folder holds this version of this micro-credential",
        how=f"Correct id or version, or add a folder with a valid {FORM}.",
    )


def _credential_problems(raw: dict[str, Json]) -> Iterator[Problem]:
    parts = [(f"/parts/{place}", part) for place, part in objects(raw, "parts")]
    prompts = [
        (f"{path}/prompts/{place}", prompt)
        for path, part in parts
        for place, prompt in objects(part, "prompts")
    ]
    evidence = [(f"/required_evidence/{n}", item) for n, item in objects(raw, "required_evidence")]
    for found in (parts, prompts, evidence):
        yield from _repeated(found)
    numbers = [number for _, part in parts if isinstance(number := part.get("number"), int)]
    if numbers != sorted(set(numbers)):
        yield _problem("/parts", "the numbers of the parts do not rise", "Number them in order.")
    yield from calendar_problems(
        inner(inner(raw, "policy"), "calendar"), f"{FORM}#/policy/calendar"
    )
    yield from _rubric_problems(raw, {text(part, "id") for _, part in parts})


def _rubric_problems(raw: dict[str, Json], parts: set[str]) -> Iterator[Problem]:
    criteria = [(f"/rubric/criteria/{n}", c) for n, c in objects(inner(raw, "rubric"), "criteria")]
    yield from _repeated(criteria)
    for path, criterion in criteria:
        if (part := text(criterion, "part")) and part not in parts:
            yield _problem(f"{path}/part", "names no part", _one_of(parts))
        levels = [
            (f"{path}/levels/{place}", level) for place, level in objects(criterion, "levels")
        ]
        yield from _repeated(levels)
        ids = {text(level, "id") for _, level in levels}
        if (required := text(criterion, "required")) and required not in ids:
            yield _problem(f"{path}/required", "is no level of the criterion", _one_of(ids))
    known = {text(criterion, "id") for _, criterion in criteria}
    for place, essential in enumerate(texts(inner(raw, "award_rule"), "essential")):
        if essential not in known:
            yield _problem(f"/award_rule/essential/{place}", "names no criterion", _one_of(known))


def _repeated(found: list[tuple[str, dict[str, Json]]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for path, item in found:
        key = text(item, "id")
        if key in seen:
            yield _problem(f"{path}/id", "the id was used before", "Give it an id of its own.")
        if key:
            seen.add(key)


def _one_of(known: set[str]) -> str:
    return f"Write one of: {', '.join(sorted(known))}."


def _problem(pointer: str, what: str, how: str) -> Problem:
    return Problem(path=f"{FORM}#{pointer}", what=what, how=how)
