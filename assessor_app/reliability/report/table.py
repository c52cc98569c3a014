"""Ratings in long form, checked, with names turned into numbers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite

import numpy as np

from assessor_app.reliability.arrays import Bools, Floats, Ints


class ReadReason(StrEnum):
    """Why a read was asked for."""

    PRIMARY = "primary"
    RANDOM_SECOND = "random_second"
    CONDITIONAL_SECOND = "conditional_second"
    ADJUDICATION = "adjudication"
    SEED = "seed"
    QUALIFICATION = "qualification"
    PRACTICE = "practice"
    BACKREAD = "backread"


REASONS = tuple(ReadReason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion of one rubric version.

    Attributes:
        rubric: The rubric version; empty when the file has none.
        name: Of the criterion.
        levels: From lowest to highest.
        values: The numbers the levels stand for; NaN for words.
        ordered: Whether the order of the levels is known.
    """

    rubric: str
    name: str
    levels: tuple[str, ...]
    values: tuple[float, ...]
    ordered: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ratings:
    """One entry per rating, each column of shape (n_ratings,).

    Attributes:
        unit: A submission at one attempt under one rubric version, from 0.
        assessor: Number of the assessor.
        criterion: Number of the criterion.
        level: Rank of the level, from 0.
        reason: Place in `REASONS`.
        blind: Whether no other rating was seen.
        attempt: 1 for the first submission.
        at: Seconds since 1970; NaN without a time.
        units: Name of the submission of each unit.
        unit_rubric: Shape (n_units,), place in `rubrics`.
        assessors: Pseudonyms in natural order.
        criteria: All criteria, by rubric version and name.
        rubrics: Rubric versions.
    """

    unit: Ints
    assessor: Ints
    criterion: Ints
    level: Ints
    reason: Ints
    blind: Bools
    attempt: Ints
    at: Floats
    units: tuple[str, ...]
    unit_rubric: Ints
    assessors: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    rubrics: tuple[str, ...]

    def chosen(self, which: Bools) -> "Ratings":
        """Return the chosen ratings; names and numbers stay."""
        return replace(
            self,
            unit=self.unit[which],
            assessor=self.assessor[which],
            criterion=self.criterion[which],
            level=self.level[which],
            reason=self.reason[which],
            blind=self.blind[which],
            attempt=self.attempt[which],
            at=self.at[which],
        )

    def has_reason(self, *reasons: ReadReason) -> Bools:
        """Return which ratings come from reads for one of the reasons."""
        return np.isin(self.reason, [REASONS.index(reason) for reason in reasons])


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key that puts A-2 before A-10."""
    pieces = re.findall(r"\d+|\D+", name)
    return tuple((0, int(p), p) if p.isdigit() else (1, 0, p) for p in pieces)


def number(label: str) -> float:
    """Return the number a level stands for; NaN for words."""
    try:
        value = float(label)
    except ValueError:
        return float("nan")
    return value if isfinite(value) else float("nan")


def criterion_of(
    rubric: str, name: str, declared: tuple[str, ...] | None, seen: Iterable[str]
) -> Criterion:
    """Return a criterion with its declared levels, or with those seen.

    The order of seen levels is known only if all are numbers.
    """
    if declared is not None:
        levels, ordered = declared, True
    else:
        levels = tuple(sorted(seen, key=lambda label: (number(label), natural(label))))
        ordered = not any(np.isnan(number(label)) for label in levels)
        if not ordered:
            levels = tuple(sorted(levels, key=natural))
    values = tuple(number(label) for label in levels)
    if any(np.isnan(value) for value in values):
        values = tuple(float("nan") for _ in levels)
    return Criterion(rubric=rubric, name=name, levels=levels, values=values, ordered=ordered)
