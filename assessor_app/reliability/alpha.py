"""Krippendorff's alpha with its own metrics, from the coincidence matrix."""

from enum import StrEnum

import numpy as np

from assessor_app.reliability.arrays import Floats
from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.estimate import Estimate
from assessor_app.reliability.panel import Panel, Tally, tally


class Metric(StrEnum):
    """What a difference between two levels means."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def krippendorff_alpha(panel: Panel, level: Metric = Metric.NOMINAL) -> Estimate:
    """Return alpha = 1 - observed / expected disagreement, without an error.

    Ordinal distances depend on how often the levels between are used. Submissions read once do
    not count. For a range use `bootstrap`.

    Raises:
        NotComputableError: No submission was read twice, everyone used one level, or the metric
            needs numbers the levels do not have.

    Source:
        Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, sections C to E.
    """
    level = Metric(level)
    patterns = tally(panel)
    coincidences = coincidence_rows(patterns)
    n = round(float(patterns.copies[patterns.paired].sum()))
    used = (patterns.counts[patterns.paired] > 0).any(axis=0)
    check_values(panel.values[used], level)
    value = alphas(coincidences, patterns.copies[None, :], panel.values, level)[0]
    if np.isnan(value):
        raise NotComputableError(Reason.ONE_LEVEL)
    return Estimate(value=float(value), n=n)


def coincidence_rows(patterns: Tally) -> Floats:
    """Return what one copy of each pattern adds to the coincidence matrix.

    Returns:
        Shape (n_patterns, n_levels, n_levels); zero for patterns with a single read.
    """
    counts, reads = patterns.counts, patterns.reads
    pairs = counts[:, :, None] * counts[:, None, :]
    pairs -= counts[:, :, None] * np.eye(counts.shape[1])
    rows: Floats = pairs / np.where(patterns.paired, reads - 1, 1)[:, None, None]
    return rows


def alphas(rows: Floats, copies: Floats, values: Floats, level: Metric) -> Floats:
    """Return alpha for several choices of copies at once.

    Args:
        rows: Shape (n_patterns, n_levels, n_levels), from `coincidence_rows`.
        copies: Shape (n_sets, n_patterns).
        values: Shape (n_levels,).
        level: The metric.

    Returns:
        Shape (n_sets,); NaN where all paired reads of a set are at one level.
    """
    flat = rows.reshape(rows.shape[0], -1)
    matrices = (copies @ flat).reshape(len(copies), *rows.shape[1:])
    used = matrices.sum(axis=2)
    total = used.sum(axis=1)
    distance = _distances(used, values, level)
    expected = np.einsum("sc,sk,sck->s", used, used, distance)
    seen = (matrices * distance).sum(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        result: Floats = 1 - (total - 1) * seen / expected
    return np.where(expected > 0, result, np.nan)


def check_values(values: Floats, level: Metric) -> None:
    """Raise unless the metric is defined for these values of the levels in use.

    Raises:
        NotComputableError: A level is not a number, or is negative for the ratio metric.
    """
    if level in {Metric.INTERVAL, Metric.RATIO} and np.isnan(values).any():
        raise NotComputableError(Reason.NO_NUMBERS)
    if level is Metric.RATIO and (values < 0).any():
        raise NotComputableError(Reason.NEGATIVE_NUMBERS)


def _distances(used: Floats, values: Floats, level: Metric) -> Floats:
    """Return squared distances, shape (n_sets or 1, n_levels, n_levels)."""
    n_levels = used.shape[1]
    if level is Metric.NOMINAL:
        return (1 - np.eye(n_levels))[None]
    if level is Metric.ORDINAL:
        upto = np.cumsum(used, axis=1)
        middle = upto - used / 2
        gaps: Floats = middle[:, :, None] - middle[:, None, :]
        return gaps**2
    numbers = np.nan_to_num(values)
    gaps = (numbers[:, None] - numbers[None, :])[None]
    if level is Metric.RATIO:
        sums = (numbers[:, None] + numbers[None, :])[None]
        gaps = np.divide(gaps, sums, out=np.zeros_like(gaps), where=sums > 0)
    squared: Floats = gaps**2
    return squared
