"""The files beside the ratings: levels, award rule, thresholds, definitive ratings."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np

from assessor_app.reliability.arrays import Ints
from assessor_app.reliability.command.problems import FileProblemError
from assessor_app.reliability.command.ratings_file import Levels, read_ratings
from assessor_app.reliability.report.table import Criterion, Ratings, natural
from assessor_app.reliability.thresholds import ThresholdError, Thresholds, thresholds_from

EVERY = "*"
DEFINITIVE = ("submission", "criterion", "level")
_FEW = 5


def read_levels(path: Path) -> Levels:
    """Return the levels of each criterion from {"criterion": ["lowest", …, "highest"]}.

    Raises:
        FileProblemError: The file is not such an object, or a criterion names a level twice or
            none.
    """
    levels: Levels = {}
    for name, value in _object(path).items():
        if not isinstance(value, list) or not value:
            raise FileProblemError(path.name, f"{name!r} has no list of levels")
        labels = tuple(_label(level) for level in cast("list[object]", value))
        if len(set(labels)) < len(labels):
            raise FileProblemError(path.name, f"{name!r} names a level twice")
        levels[name] = labels
    if not levels:
        raise FileProblemError(path.name, "no criterion has levels")
    return levels


def read_award_rule(path: Path, criteria: tuple[Criterion, ...]) -> Ints:
    """Return the least rank each criterion must reach, from {"required": {"criterion": "level"}}.

    "*" stands for every criterion not named. A criterion without a requirement asks nothing.

    Returns:
        Shape (n_criteria,); 0 asks nothing.

    Raises:
        FileProblemError: Not such an object, an unknown criterion or level, or no requirement.
    """
    required = _object(path).get("required")
    if not isinstance(required, dict) or not required:
        raise FileProblemError(path.name, 'there is no "required": {"criterion": "level"}')
    rule = {name: _label(level) for name, level in cast("dict[str, object]", required).items()}
    names = {one.name for one in criteria}
    for name in rule:
        if name not in names | {EVERY}:
            raise FileProblemError(path.name, f"no rating is of the criterion {name!r}")
    least = np.zeros(len(criteria), dtype=np.int64)
    for place, criterion in enumerate(criteria):
        level = rule.get(criterion.name, rule.get(EVERY))
        if level is None:
            continue
        if level not in criterion.levels or not criterion.ordered:
            known = ", ".join(criterion.levels)
            raise FileProblemError(
                path.name,
                f"{level!r} is not among the ordered levels of {criterion.name!r} ({known}); give "
                f"all levels with --levels",
            )
        least[place] = criterion.levels.index(level)
    return least


def read_thresholds(path: Path) -> Thresholds:
    """Return an issuer's thresholds.

    Raises:
        FileProblemError: Not a JSON object, or an unknown name or a value out of range.
    """
    try:
        return thresholds_from(_object(path))
    except ThresholdError as error:
        raise FileProblemError(
            path.name, f"{error.name!r} cannot be {json.dumps(error.value)}"
        ) from error


def read_definitive(
    path: Path, ratings: Ratings, levels: Levels | None
) -> tuple[Ratings, tuple[str, ...]]:
    """Return definitive ratings of submissions that were rated, numbered as the ratings are.

    The file has submission, criterion and level, and may have attempt and rubric_version (which
    may be left out while the ratings have one version).

    Raises:
        FileProblemError: A bad row.
    """
    found, warnings = read_ratings(path, levels, required=DEFINITIVE)
    place = {(one.rubric, one.name): index for index, one in enumerate(ratings.criteria)}
    unit_place = {key: unit for unit, key in enumerate(_unit_keys(ratings))}
    keys = _unit_keys(found)
    only = ratings.rubrics[0] if len(ratings.rubrics) == 1 else ""
    rows: list[tuple[int, int, int]] = []
    unread: set[str] = set()
    for index, unit_number in enumerate(found.unit):
        criterion = found.criteria[int(found.criterion[index])]
        name, attempt, rubric = keys[int(unit_number)]
        unit = unit_place.get((name, attempt, rubric or only))
        own = place.get((criterion.rubric or only, criterion.name))
        if unit is None or own is None:
            unread.add(name)
            continue
        label = criterion.levels[int(found.level[index])]
        rows.append((unit, own, ratings.criteria[own].levels.index(label)))
    if unread:
        few = ", ".join(sorted(unread, key=natural)[:_FEW])
        more = f" and {len(unread) - _FEW} more" if len(unread) > _FEW else ""
        warnings = (*warnings, f"Nobody rated {few}{more} of {path.name}.")
    return _numbered(ratings, rows), tuple(one for one in warnings if "levels file" not in one)


def seen_levels(path: Path) -> dict[str, frozenset[str]]:
    """Return the levels a definitive file uses, by criterion.

    Raises:
        FileProblemError: A bad row.
    """
    found, _ = read_ratings(path, None, required=DEFINITIVE)
    seen: dict[str, frozenset[str]] = {}
    for criterion in found.criteria:
        seen[criterion.name] = seen.get(criterion.name, frozenset()) | set(criterion.levels)
    return seen


def _unit_keys(ratings: Ratings) -> list[tuple[str, int, str]]:
    attempt = np.ones(len(ratings.units), dtype=np.int64)
    attempt[ratings.unit] = ratings.attempt
    return [
        (name, int(one), ratings.rubrics[int(rubric)])
        for name, one, rubric in zip(ratings.units, attempt, ratings.unit_rubric, strict=True)
    ]


def _numbered(ratings: Ratings, rows: list[tuple[int, int, int]]) -> Ratings:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    n = len(columns)
    return replace(
        ratings,
        unit=columns[:, 0],
        assessor=np.zeros(n, dtype=np.int64),
        criterion=columns[:, 1],
        level=columns[:, 2],
        reason=np.zeros(n, dtype=np.int64),
        blind=np.ones(n, dtype=np.bool_),
        attempt=np.ones(n, dtype=np.int64),
        at=np.full(n, np.nan),
        assessors=("definitive",),
    )


def _object(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise FileProblemError(path.name, f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise FileProblemError(path.name, f"byte {error.start} is not UTF-8 text") from error
    except json.JSONDecodeError as error:
        raise FileProblemError(
            path.name, f"line {error.lineno} is not JSON: {error.msg}"
        ) from error
    if not isinstance(data, dict):
        raise FileProblemError(path.name, "is not a JSON object")
    return cast("dict[str, Any]", data)


def _label(level: object) -> str:
    return level if isinstance(level, str) else json.dumps(level)
