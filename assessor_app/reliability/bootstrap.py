"""Bootstrap of the agreement family: over submissions, or over submissions and assessors.

A replicate is not a resampled table but a redrawn number of copies of each pattern of ratings, so
1,000 replicates of 100,000 double-read submissions cost about as much as one pass over them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from assessor_app.reliability.alpha import Metric, alphas, coincidence_rows
from assessor_app.reliability.arrays import Floats, Ints
from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.estimate import CONFIDENCE, Interval
from assessor_app.reliability.panel import PAIR, Panel, Tally, tally
from assessor_app.reliability.weights import Weights, weight_matrix

REPLICATES = 1000
_CHUNK = 4_000_000  # numbers held at once


@dataclass(frozen=True, slots=True)
class Figure:
    """One member of the family: a coefficient and its weights or metric."""

    name: str
    variant: str = "identity"


FAMILY = (
    *(
        Figure(name, weights)
        for name in ("percent_agreement", "brennan_prediger", "gwet_ac2", "fleiss_kappa")
        for weights in Weights
        if weights is not Weights.WITHIN_ONE or name == "percent_agreement"
    ),
    *(Figure("krippendorff_alpha", metric) for metric in Metric),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Replicates:
    """The redrawn values of the family, and the seed that made them."""

    values: Mapping[Figure, Floats]
    seed: int

    def interval(self, figure: Figure) -> Interval | None:
        """Return the percentile interval; None if a twentieth of the replicates have no value."""
        values = self.values[figure]
        usable = values[~np.isnan(values)]
        if len(usable) < CONFIDENCE * len(values):
            return None
        tail = (1 - CONFIDENCE) / 2
        low, high = np.quantile(usable, [tail, 1 - tail])
        return (float(low), float(high))

    def standard_error(self, figure: Figure) -> float | None:
        """Return the spread of the replicates; None if a twentieth have no value."""
        values = self.values[figure]
        usable = values[~np.isnan(values)]
        if len(usable) < CONFIDENCE * len(values):
            return None
        return float(usable.std(ddof=1))


def bootstrap_submissions(panel: Panel, *, seed: int, replicates: int = REPLICATES) -> Replicates:
    """Return replicates of the whole family, submissions resampled with all their reads.

    The ranges speak of *these* assessors on other submissions.

    Raises:
        NotComputableError: No submission was read twice, or there is a single submission.
    """
    patterns = tally(panel)
    units = round(float(patterns.copies.sum()))
    if units < PAIR:
        raise NotComputableError(Reason.TOO_FEW_UNITS)
    rng = np.random.default_rng(seed)
    shares = patterns.copies / units
    step = max(1, _CHUNK // len(shares))
    parts = [
        family_values(
            patterns,
            rng.multinomial(units, shares, size=min(step, replicates - done)).astype(np.float64),
            panel.values,
        )
        for done in range(0, replicates, step)
    ]
    values = {figure: np.concatenate([part[figure] for part in parts]) for figure in FAMILY}
    return Replicates(values=MappingProxyType(values), seed=seed)


def family_values(patterns: Tally, copies: Floats, values: Floats) -> dict[Figure, Floats]:
    """Return every figure of the family for several choices of copies.

    Args:
        patterns: The distinct patterns; its own copies are not used.
        copies: Shape (n_sets, n_patterns).
        values: Shape (n_levels,), the numbers behind the levels; NaN for words.

    Returns:
        Shape (n_sets,) each; NaN where a set does not define the figure.
    """
    units, paired = copies.sum(axis=1), copies @ patterns.paired.astype(np.float64)
    shares = copies @ (patterns.counts / patterns.reads[:, None]) / units[:, None]
    result = _corrected_family(patterns, copies @ _per_weights(patterns), paired, shares)
    rows = coincidence_rows(patterns)
    words = bool(np.isnan(values).any())
    for metric in Metric:
        undefined = (words and metric in {Metric.INTERVAL, Metric.RATIO}) or (
            metric is Metric.RATIO and (values < 0).any()
        )
        result[Figure("krippendorff_alpha", metric)] = (
            np.full(len(copies), np.nan) if undefined else alphas(rows, copies, values, metric)
        )
    return result


def _per_weights(patterns: Tally) -> Floats:
    """Return the observed agreement of one copy, shape (n_patterns, n_weight_families)."""
    counts, reads = patterns.counts, patterns.reads
    pairs = np.where(patterns.paired, reads * (reads - 1), 1.0)
    columns = [
        (counts * (counts @ weight_matrix(weights, counts.shape[1]) - 1)).sum(axis=1) / pairs
        for weights in Weights
    ]
    return np.stack(columns, axis=1) * patterns.paired[:, None]


def _corrected_family(
    patterns: Tally, sums: Floats, paired: Floats, shares: Floats
) -> dict[Figure, Floats]:
    n_levels = patterns.counts.shape[1]
    result: dict[Figure, Floats] = {}
    for column, weights in enumerate(Weights):
        matrix = weight_matrix(weights, n_levels)
        with np.errstate(divide="ignore", invalid="ignore"):
            seen: Floats = sums[:, column] / paired
        result[Figure("percent_agreement", weights)] = seen
        if weights is Weights.WITHIN_ONE:
            continue
        even = np.full(len(paired), matrix.mean())
        scale = matrix.sum() / (n_levels * max(1, n_levels - 1))
        chances = {
            "brennan_prediger": even,
            "gwet_ac2": scale * (shares * (1 - shares)).sum(axis=1),
            "fleiss_kappa": ((shares @ matrix) * shares).sum(axis=1),
        }
        for name, chance in chances.items():
            usable = 1 - chance > 1e-12  # noqa: PLR2004 (rounding)
            corrected = (seen - chance) / np.where(usable, 1 - chance, 1.0)
            result[Figure(name, weights)] = np.where(usable, corrected, np.nan)
    return result


def bootstrap_assessors(
    panel: Panel, weights: Weights = Weights.IDENTITY, *, seed: int, replicates: int = REPLICATES
) -> Floats:
    """Return replicates of percent agreement with submissions *and* assessors resampled.

    The range speaks of assessors like these; it is wider than with submissions alone. A pair of
    reads counts as often as its submission and both its assessors were drawn.

    Returns:
        Shape (replicates,); NaN where no pair was drawn.

    Raises:
        NotComputableError: No submission was read twice.

    Source:
        Owen (2007), Ann. Appl. Stat. 1, the pigeonhole bootstrap.
    """
    first, second, unit = _pairs(panel)
    matrix = weight_matrix(weights, panel.n_levels)
    agreeing = matrix[panel.level[first], panel.level[second]]
    reads = np.bincount(panel.unit, minlength=panel.n_units)
    share = 1 / (reads[unit] * (reads[unit] - 1) / 2)
    rng = np.random.default_rng(seed)
    result = np.empty(replicates)
    for index in range(replicates):
        of_unit = np.bincount(
            rng.integers(panel.n_units, size=panel.n_units), minlength=panel.n_units
        )
        of_rater = np.bincount(
            rng.integers(panel.n_raters, size=panel.n_raters), minlength=panel.n_raters
        )
        drawn = of_rater[panel.rater[first]] * of_rater[panel.rater[second]]
        weight = share * of_unit[unit] * drawn
        total = float(weight.sum())
        result[index] = float(weight @ agreeing) / total if total else np.nan
    return result


def _pairs(panel: Panel) -> tuple[Ints, Ints, Ints]:
    """Return the rating indices of every pair of reads of a unit, and the unit."""
    order = np.argsort(panel.unit, kind="stable")
    units = panel.unit[order]
    firsts: list[Ints] = []
    seconds: list[Ints] = []
    for gap in range(1, int(np.bincount(panel.unit).max())):
        same = units[gap:] == units[:-gap]
        firsts.append(order[:-gap][same])
        seconds.append(order[gap:][same])
    if not firsts:
        raise NotComputableError(Reason.NO_DOUBLE_READS)
    first, second = np.concatenate(firsts), np.concatenate(seconds)
    return first, second, panel.unit[first]
