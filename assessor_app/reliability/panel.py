"""Ratings of one criterion in the forms the coefficients need. No coefficient lives here."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assessor_app.reliability.arrays import Bools, Floats, Ints
from assessor_app.reliability.errors import NotComputableError, Reason

PAIR = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Panel:
    """Who put which submission at which level of one criterion, one entry per rating.

    `unit`, `rater`, `level`: shape (n_ratings,), each from 0. Every unit has at least one rating,
    no rater rates a unit twice. `level` is the rank among all levels of the rubric, used or not.
    `values`: shape (n_levels,), the numbers the levels stand for; NaN when they are words.
    """

    unit: Ints
    rater: Ints
    level: Ints
    n_units: int
    n_raters: int
    n_levels: int
    values: Floats


def panel_from_matrix(ratings: Floats, levels: Sequence[float]) -> Panel:
    """Return the panel of a units by raters table.

    Args:
        ratings: Shape (n_units, n_raters). NaN where a rater did not rate; rows without any
            rating are dropped.
        levels: All levels of the rubric in order, as numbers; every rating is one of them.
    """
    table = np.asarray(ratings, dtype=np.float64)
    table = table[~np.isnan(table).all(axis=1)]
    unit, rater = np.nonzero(~np.isnan(table))
    values = np.asarray(levels, dtype=np.float64)
    return Panel(
        unit=unit.astype(np.int64),
        rater=rater.astype(np.int64),
        level=np.searchsorted(values, table[unit, rater]).astype(np.int64),
        n_units=table.shape[0],
        n_raters=table.shape[1],
        n_levels=len(values),
        values=values,
    )


def panel_from_cross_table(table: Ints) -> Panel:
    """Return the panel of two raters behind a cross table.

    Args:
        table: Shape (n_levels, n_levels); counts with the first rater's level in rows.
    """
    n_levels = table.shape[0]
    first, second = (np.repeat(index.ravel(), table.ravel()) for index in np.indices(table.shape))
    levels = np.stack([first, second], axis=1).astype(np.float64)
    return panel_from_matrix(levels, [float(rank) for rank in range(n_levels)])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tally:
    """Submissions by what was said of them: equal ones are one pattern with a number of copies.

    `counts`: shape (n_patterns, n_levels), how often each level was given. `copies`: shape
    (n_patterns,). Everything symmetric in the raters can be computed from this, which is what
    makes a bootstrap of 100,000 submissions instant: it redraws copies, not submissions.
    """

    counts: Floats
    copies: Floats

    @property
    def reads(self) -> Floats:
        """Return the number of ratings in each pattern, shape (n_patterns,)."""
        total: Floats = self.counts.sum(axis=1)
        return total

    @property
    def paired(self) -> Bools:
        """Return which patterns have two ratings or more, shape (n_patterns,)."""
        several: Bools = self.reads >= PAIR
        return several


def unit_counts(panel: Panel) -> Ints:
    """Return how often each level was given to each unit, shape (n_units, n_levels)."""
    size = panel.n_units * panel.n_levels
    flat = np.bincount(panel.unit * panel.n_levels + panel.level, minlength=size)
    return flat.reshape(panel.n_units, panel.n_levels).astype(np.int64)


def tally(panel: Panel) -> Tally:
    """Return the patterns of a panel.

    Raises:
        NotComputableError: No submission has two ratings.
    """
    counts = unit_counts(panel)
    if not (counts.sum(axis=1) >= PAIR).any():
        raise NotComputableError(Reason.NO_DOUBLE_READS)
    patterns, copies = _distinct_rows(counts)
    return Tally(counts=patterns.astype(np.float64), copies=copies.astype(np.float64))


def _distinct_rows(rows: Ints) -> tuple[Ints, Ints]:
    """Return the distinct rows in a fixed order and how often each occurs."""
    base = int(rows.max()) + 1
    if rows.shape[1] * np.log2(base) < 62:  # noqa: PLR2004 (bits of an int64 key)
        keys = rows @ (base ** np.arange(rows.shape[1], dtype=np.int64))
        _, first, copies = np.unique(keys, return_index=True, return_counts=True)
        return rows[first], copies.astype(np.int64)
    patterns, copies = np.unique(rows, axis=0, return_counts=True)
    return patterns, copies.astype(np.int64)


def cross_table(panel: Panel) -> Ints:
    """Return first by second rater counts over the units both rated, (n_levels, n_levels).

    Raises:
        NotComputableError: There are not exactly two raters, or no unit was rated by both.
    """
    if panel.n_raters != PAIR:
        raise NotComputableError(Reason.TWO_RATERS_ONLY)
    by_unit = np.full((panel.n_units, PAIR), -1, dtype=np.int64)
    by_unit[panel.unit, panel.rater] = panel.level
    both = by_unit[(by_unit >= 0).all(axis=1)]
    if not len(both):
        raise NotComputableError(Reason.NO_DOUBLE_READS)
    size = panel.n_levels**2
    flat = np.bincount(both[:, 0] * panel.n_levels + both[:, 1], minlength=size)
    return flat.reshape(panel.n_levels, panel.n_levels).astype(np.int64)


def complete_matrix(panel: Panel) -> Floats:
    """Return the values as a units by raters table without gaps, shape (n_units, n_raters).

    Raises:
        NotComputableError: The levels are words, or a rating is missing, or the table is smaller
            than 2 by 2.
    """
    if np.isnan(panel.values).any():
        raise NotComputableError(Reason.NO_NUMBERS)
    if panel.n_raters < PAIR:
        raise NotComputableError(Reason.TWO_RATERS_NEEDED)
    if panel.n_units < PAIR:
        raise NotComputableError(Reason.TOO_FEW_UNITS)
    if len(panel.unit) != panel.n_units * panel.n_raters:
        raise NotComputableError(Reason.INCOMPLETE)
    table = np.empty((panel.n_units, panel.n_raters))
    table[panel.unit, panel.rater] = panel.values[panel.level]
    return table
