"""Intraclass correlations and mean squares of complete submissions by assessors tables."""

from dataclasses import dataclass

import numpy as np

from assessor_app.reliability.arrays import Floats
from assessor_app.reliability.distributions import f_quantile
from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.estimate import CONFIDENCE, Estimate, Interval
from assessor_app.reliability.panel import Panel, complete_matrix

_UPPER = 0.5 + CONFIDENCE / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanSquares:
    """The two-way analysis of variance of a complete table without replication.

    Attributes:
        msr: Between submissions.
        msc: Between assessors.
        mse: Residual.
        msw: Within submissions.
        n: Submissions.
        k: Assessors.
    """

    msr: float
    msc: float
    mse: float
    msw: float
    n: int
    k: int

    @property
    def components(self) -> dict[str, float]:
        """Return the ANOVA variance components; negative ones are left as they come out."""
        return {
            "subject": (self.msr - self.mse) / self.k,
            "rater": (self.msc - self.mse) / self.n,
            "residual": self.mse,
        }


def mean_squares(panel: Panel) -> MeanSquares:
    """Return the mean squares of a complete panel with numeric levels.

    Raises:
        NotComputableError: A rating is missing, levels are words, or the table is below 2 by 2.

    Source:
        Shrout & Fleiss (1979), Psychol. Bull. 86, table 3.
    """
    table = complete_matrix(panel)
    n, k = table.shape
    grand = table.mean()
    rows, columns = table.mean(axis=1), table.mean(axis=0)
    between = float(k * ((rows - grand) ** 2).sum())
    raters = float(n * ((columns - grand) ** 2).sum())
    total = float(((table - grand) ** 2).sum())
    within = total - between
    return MeanSquares(
        msr=between / (n - 1),
        msc=raters / (k - 1),
        mse=max(0.0, within - raters) / ((n - 1) * (k - 1)),
        msw=within / (n * (k - 1)),
        n=n,
        k=k,
    )


def icc1(panel: Panel) -> Estimate:
    """Return ICC(1,1): one read, each submission by other assessors. See `mean_squares`."""
    m = mean_squares(panel)
    return _estimate(m, m.msr - m.msw, m.msr + (m.k - 1) * m.msw, _interval_one(m))


def icc2(panel: Panel) -> Estimate:
    """Return ICC(2,1): one read, absolute agreement, assessors sampled. See `mean_squares`.

    The default form: a uniformly harsh assessor lowers it.
    """
    m = mean_squares(panel)
    below = m.msr + (m.k - 1) * m.mse + m.k * (m.msc - m.mse) / m.n
    return _estimate(m, m.msr - m.mse, below, _interval_two(m))


def icc3(panel: Panel) -> Estimate:
    """Return ICC(3,1): one read, consistency. It hides severity. See `mean_squares`."""
    m = mean_squares(panel)
    return _estimate(m, m.msr - m.mse, m.msr + (m.k - 1) * m.mse, _interval_three(m))


def icc1k(panel: Panel) -> Estimate:
    """Return ICC(1,k), the mean of all reads in place of one. See `icc1`."""
    return _stepped_up(icc1(panel), panel.n_raters)


def icc2k(panel: Panel) -> Estimate:
    """Return ICC(2,k), its interval by Spearman-Brown from that of `icc2`."""
    return _stepped_up(icc2(panel), panel.n_raters)


def icc3k(panel: Panel) -> Estimate:
    """Return ICC(3,k), the mean of all reads in place of one. See `icc3`."""
    return _stepped_up(icc3(panel), panel.n_raters)


def kendall_w(panel: Panel) -> Estimate:
    """Return Kendall's W of a complete panel, ties corrected; 1 means the same order by all.

    Raises:
        NotComputableError: A rating is missing, levels are words, or all submissions tie.

    Source:
        Kendall & Gibbons (1990), Rank Correlation Methods, chapter 6.
    """
    table = complete_matrix(panel)
    n, k = table.shape
    ranks = np.empty_like(table)
    ties = 0.0
    for column in range(k):
        _, place, copies = np.unique(table[:, column], return_inverse=True, return_counts=True)
        ranks[:, column] = (np.cumsum(copies) - (copies - 1) / 2)[place]
        ties += float((copies.astype(np.float64) ** 3 - copies).sum())
    spread = float(((ranks.sum(axis=1) - k * (n + 1) / 2) ** 2).sum())
    below = k * k * (n**3 - n) - k * ties
    if below <= 0:
        raise NotComputableError(Reason.NO_VARIATION)
    return Estimate(value=12 * spread / below, n=n)


def all_raters_within_percent(panel: Panel, tolerance: float) -> Estimate:
    """Return the percentage (0 to 100) of submissions whose ratings span at most `tolerance`.

    Raises:
        NotComputableError: A rating is missing, levels are words, or the table is below 2 by 2.
    """
    table = complete_matrix(panel)
    spans: Floats = table.max(axis=1) - table.min(axis=1)
    return Estimate(value=100 * float((spans <= tolerance).mean()), n=len(spans))


def _estimate(m: MeanSquares, above: float, below: float, interval: Interval | None) -> Estimate:
    if below <= 1e-12:  # noqa: PLR2004 (rounding)
        raise NotComputableError(Reason.NO_VARIATION)
    return Estimate(value=above / below, n=m.n, interval=interval)


def _stepped_up(single: Estimate, k: int) -> Estimate:
    def step(value: float) -> float:
        return k * value / (1 + (k - 1) * value)

    least = 1e-9 - 1 / (k - 1)  # where the mean of all reads has no variance left
    if single.value <= least:
        raise NotComputableError(Reason.NO_VARIATION)
    interval = None
    if single.interval and single.interval[0] > least:
        interval = (step(single.interval[0]), step(single.interval[1]))
    return Estimate(value=step(single.value), n=single.n, interval=interval)


def _interval_one(m: MeanSquares) -> Interval | None:
    """Shrout & Fleiss (1979), confidence limits of ICC(1,1)."""
    if m.msw <= 0:
        return None
    return _by_f(m.msr / m.msw, (m.n - 1, m.n * (m.k - 1)), m.k)


def _interval_three(m: MeanSquares) -> Interval | None:
    """Shrout & Fleiss (1979), confidence limits of ICC(3,1)."""
    if m.mse <= 0:
        return None
    return _by_f(m.msr / m.mse, (m.n - 1, (m.n - 1) * (m.k - 1)), m.k)


def _by_f(ratio: float, df: tuple[int, int], k: int) -> Interval:
    low = ratio / f_quantile(_UPPER, df[0], df[1])
    high = ratio * f_quantile(_UPPER, df[1], df[0])
    return ((low - 1) / (low + k - 1), (high - 1) / (high + k - 1))


def _interval_two(m: MeanSquares) -> Interval | None:
    """McGraw & Wong (1996), Psychol. Methods 1, table 7, ICC(A,1)."""
    if m.mse <= 0 or m.msr <= 0:
        return None
    below = m.msr + (m.k - 1) * m.mse + m.k * (m.msc - m.mse) / m.n
    value = (m.msr - m.mse) / below
    a = m.k * value / (m.n * (1 - value))
    b = 1 + m.k * value * (m.n - 1) / (m.n * (1 - value))
    top = (a * m.msc + b * m.mse) ** 2
    df = top / ((a * m.msc) ** 2 / (m.k - 1) + (b * m.mse) ** 2 / ((m.n - 1) * (m.k - 1)))
    up, down = f_quantile(_UPPER, m.n - 1, df), f_quantile(_UPPER, df, m.n - 1)
    rest = m.k * m.msc + (m.k * m.n - m.k - m.n) * m.mse
    low = m.n * (m.msr - up * m.mse) / (up * rest + m.n * m.msr)
    high = m.n * (down * m.msr - m.mse) / (rest + m.n * down * m.msr)
    return (low, high)
