"""Reading ratings in long form from CSV, with every bad row told by its line."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import numpy as np

from assessor_app.reliability.arrays import Ints
from assessor_app.reliability.command.problems import BadRow, FileProblemError
from assessor_app.reliability.report.table import (
    REASONS,
    Criterion,
    Ratings,
    ReadReason,
    criterion_of,
    natural,
)

REQUIRED = ("submission", "assessor", "criterion", "level")
OPTIONAL = ("read_reason", "blind", "attempt", "rubric_version", "at")
Levels = dict[str, tuple[str, ...]]

_MISSING = {"nan", "na", "n/a", "null", "none", "inf", "-inf"}
_TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_REASON = {reason.value: place for place, reason in enumerate(REASONS)}


@dataclass(slots=True)
class _Columns:
    """Raw rows by column, as they are read; `line` is where each stood."""

    line: list[int] = field(default_factory=list)
    submission: list[str] = field(default_factory=list)
    assessor: list[str] = field(default_factory=list)
    criterion: list[str] = field(default_factory=list)
    level: list[str] = field(default_factory=list)
    reason: list[int] = field(default_factory=list)
    blind: list[bool] = field(default_factory=list)
    attempt: list[int] = field(default_factory=list)
    rubric: list[str] = field(default_factory=list)
    at: list[float] = field(default_factory=list)


def read_ratings(
    path: Path,
    levels: Levels | None,
    *,
    required: Sequence[str] = REQUIRED,
    also: Mapping[str, frozenset[str]] | None = None,
) -> tuple[Ratings, tuple[str, ...]]:
    """Return the ratings of a CSV file, and warnings.

    Args:
        path: UTF-8 with or without a byte order mark, any line ends; separated by commas,
            semicolons or tabs.
        levels: All levels of each criterion, lowest first; None takes the levels seen.
        required: Columns that must be there; a definitive file has no assessor.
        also: Further levels of a criterion, used elsewhere; they count as seen.

    Raises:
        FileProblemError: The file cannot be read or a row is bad; every bad row is listed.
    """
    rows, unknown = _rows(path, required)
    columns, bad = _Columns(), list[BadRow]()
    for line, row in rows:
        problem = _take(columns, line, row, levels)
        if problem:
            bad.append(BadRow(line=line, problem=problem))
    bad = sorted((*bad, *_duplicates(columns)), key=lambda row: row.line)
    if bad:
        raise FileProblemError(path.name, _bad_rows(len(bad)), tuple(bad))
    if not columns.line:
        raise FileProblemError(path.name, "the file has a header but no ratings")
    warnings = [
        f"The column {name!r} of {path.name} is not known and not used." for name in unknown
    ]
    ratings = _ratings(columns, levels, also or {})
    warnings += _guesses(ratings, levels)
    return ratings, tuple(warnings)


def _bad_rows(count: int) -> str:
    rows = "1 row is" if count == 1 else f"{count} rows are"
    return f"{rows} bad; nothing was computed"


def _rows(
    path: Path, required: Sequence[str]
) -> tuple[Iterator[tuple[int, dict[str, str]]], list[str]]:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileProblemError(path.name, f"byte {error.start} is not UTF-8 text") from error
    except OSError as error:
        raise FileProblemError(path.name, f"cannot be read ({error.strerror})") from error
    if not text.strip():
        raise FileProblemError(path.name, "the file is empty")
    first = text.lstrip("\r\n").splitlines()[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator)
    header: list[str] = []
    while not header:
        header = [name.strip().lower() for name in next(reader)]
    missing = [name for name in required if name not in header]
    if missing:
        raise FileProblemError(path.name, f"the header lacks {', '.join(missing)}")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise FileProblemError(path.name, f"the header names {', '.join(twice)} twice")
    unknown = [name for name in header if name not in (*REQUIRED, *OPTIONAL)]
    return _named(path, reader, header), unknown


class _Reader(Protocol):
    """What `csv.reader` gives: rows, and the line last read."""

    @property
    def line_num(self) -> int: ...

    def __iter__(self) -> Iterator[list[str]]: ...


def _named(path: Path, reader: _Reader, header: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    width = len(header)
    try:
        for row in reader:
            if len(row) == width:
                yield reader.line_num, dict(zip(header, map(str.strip, row), strict=True))
            elif any(cell.strip() for cell in row):
                yield reader.line_num, {"": f"{len(row)} fields where the header has {width}"}
    except csv.Error as error:
        raise FileProblemError(path.name, f"line {reader.line_num}: {error}") from error


def _take(columns: _Columns, line: int, row: dict[str, str], levels: Levels | None) -> str:
    """Append a row, or return what is wrong with it."""
    if "" in row:
        return row[""]
    empty = [name for name in REQUIRED if name in row and not row[name]]
    if empty:
        return f"{empty[0]} is empty"
    level, criterion = row["level"], row["criterion"]
    problem = _level_problem(level, criterion, levels)
    if problem:
        return problem
    try:
        reason = _read_reason(row.get("read_reason", ""))
        blind = _blind(row.get("blind", ""))
        attempt = _attempt(row.get("attempt", ""))
        at = _time(row.get("at", ""))
    except ValueError as error:
        return str(error)
    columns.line.append(line)
    columns.submission.append(row["submission"])
    columns.assessor.append(row.get("assessor", ""))
    columns.criterion.append(criterion)
    columns.level.append(level)
    columns.reason.append(reason)
    columns.blind.append(blind)
    columns.attempt.append(attempt)
    columns.rubric.append(row.get("rubric_version", ""))
    columns.at.append(at)
    return ""


def _level_problem(level: str, criterion: str, levels: Levels | None) -> str:
    if level.lower() in _MISSING:
        return f"{level} is not a level; leave the row out where nothing was rated"
    if levels is None:
        return ""
    if criterion not in levels:
        return f"the criterion {criterion!r} is not in the levels file"
    if level not in levels[criterion]:
        return f"{level!r} is not a level of {criterion!r} ({', '.join(levels[criterion])})"
    return ""


def _read_reason(text: str) -> int:
    if not text:
        return _REASON[ReadReason.PRIMARY]
    if text not in _REASON:
        raise ValueError(f"{text!r} is not a read_reason ({', '.join(_REASON)})")
    return _REASON[text]


def _blind(text: str) -> bool:
    if not text:
        return True
    if text.lower() not in _TRUTH:
        raise ValueError(f"blind is {text!r}, not true or false")
    return _TRUTH[text.lower()]


def _attempt(text: str) -> int:
    if not text:
        return 1
    if not text.isascii() or not text.isdigit() or not int(text):
        raise ValueError(f"attempt is {text!r}, not 1, 2, 3 …")
    return int(text)


def _time(text: str) -> float:
    if not text:
        return float("nan")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"at is {text!r}, not a date or time such as 2026-11-25") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _duplicates(columns: _Columns) -> list[BadRow]:
    first: dict[tuple[str, str, str, int, str], int] = {}
    bad: list[BadRow] = []
    keys = zip(
        columns.submission,
        columns.assessor,
        columns.criterion,
        columns.attempt,
        columns.rubric,
        strict=True,
    )
    for line, key in zip(columns.line, keys, strict=True):
        earlier = first.setdefault(key, line)
        if earlier != line:
            bad.append(BadRow(line=line, problem=f"repeats the rating of line {earlier}"))
    return bad


def _codes(values: list[str]) -> tuple[tuple[str, ...], Ints]:
    names = tuple(sorted(set(values), key=natural))
    place = {name: index for index, name in enumerate(names)}
    return names, np.array([place[value] for value in values], dtype=np.int64)


def _criteria(
    columns: _Columns, levels: Levels | None, also: Mapping[str, frozenset[str]]
) -> tuple[Criterion, ...]:
    """Return the criteria by rubric version, in the order of the levels file or of their names."""
    seen: dict[tuple[str, str], set[str]] = {}
    for rubric, name, level in zip(columns.rubric, columns.criterion, columns.level, strict=True):
        seen.setdefault((rubric, name), set()).add(level)
    order = {name: place for place, name in enumerate(levels or ())}
    names = sorted(
        seen, key=lambda pair: (natural(pair[0]), order.get(pair[1], 0), natural(pair[1]))
    )
    return tuple(
        criterion_of(
            rubric,
            name,
            levels[name] if levels else None,
            seen[rubric, name] | also.get(name, frozenset()),
        )
        for rubric, name in names
    )


def _ratings(
    columns: _Columns, levels: Levels | None, also: Mapping[str, frozenset[str]]
) -> Ratings:
    assessors, assessor = _codes(columns.assessor)
    rubrics = tuple(sorted(set(columns.rubric), key=natural))
    pairs = list(zip(columns.rubric, columns.criterion, strict=True))
    criteria = _criteria(columns, levels, also)
    place = {(one.rubric, one.name): index for index, one in enumerate(criteria)}
    ranks = [{level: rank for rank, level in enumerate(one.levels)} for one in criteria]
    criterion = [place[pair] for pair in pairs]
    keys = list(zip(columns.submission, columns.attempt, columns.rubric, strict=True))
    units = sorted(set(keys), key=lambda key: (natural(key[0]), key[1], natural(key[2])))
    unit_place = {key: index for index, key in enumerate(units)}
    rubric_place = {name: index for index, name in enumerate(rubrics)}
    return Ratings(
        unit=np.array([unit_place[key] for key in keys], dtype=np.int64),
        assessor=assessor,
        criterion=np.array(criterion, dtype=np.int64),
        level=np.array(
            [ranks[one][level] for one, level in zip(criterion, columns.level, strict=True)],
            dtype=np.int64,
        ),
        reason=np.array(columns.reason, dtype=np.int64),
        blind=np.array(columns.blind, dtype=np.bool_),
        attempt=np.array(columns.attempt, dtype=np.int64),
        at=np.array(columns.at, dtype=np.float64),
        units=tuple(key[0] for key in units),
        unit_rubric=np.array([rubric_place[key[2]] for key in units], dtype=np.int64),
        assessors=assessors,
        criteria=criteria,
        rubrics=rubrics,
    )


def _guesses(ratings: Ratings, levels: Levels | None) -> list[str]:
    found: list[str] = []
    if levels is None:
        found.append(
            "Without a levels file the levels seen are taken as all levels; figures that depend "
            "on unused levels may change with one."
        )
    words = sorted({one.name for one in ratings.criteria if not one.ordered}, key=natural)
    if words:
        found.append(
            f"The order of the levels of {', '.join(words)} is not known without a levels file: "
            f"figures that need it are not computed."
        )
    if len(ratings.rubrics) > 1:
        found.append(
            f"The file mixes {len(ratings.rubrics)} rubric versions; each is reported for itself "
            f"and no rating is compared across versions."
        )
    return found
