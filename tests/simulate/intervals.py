"""How often 95 % intervals of agreement hold the truth (S8), by number of double reads."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from assessor_app.reliability.agreement import (
    gwet_ac1,
    gwet_ac2,
    krippendorff_alpha_gwet_form,
    percent_agreement,
)
from assessor_app.reliability.arrays import Floats, Ints
from assessor_app.reliability.bootstrap import Figure, bootstrap_submissions
from assessor_app.reliability.errors import NotComputableError
from assessor_app.reliability.estimate import Estimate, Interval
from assessor_app.reliability.panel import Panel, panel_from_cross_table
from assessor_app.reliability.weights import Weights

LEVELS = 4
TRUTH = 4_000_000
STATISTICS: dict[str, tuple[Callable[[Panel], Estimate], Figure]] = {
    "exact": (percent_agreement, Figure("percent_agreement")),
    "AC1": (gwet_ac1, Figure("gwet_ac2")),
    "alpha nominal": (
        krippendorff_alpha_gwet_form,
        Figure("krippendorff_alpha", "nominal"),
    ),
    "alpha quadratic": (
        lambda panel: krippendorff_alpha_gwet_form(panel, Weights.QUADRATIC),
        Figure("krippendorff_alpha", "interval"),
    ),
    "AC2 quadratic": (
        lambda panel: gwet_ac2(panel, Weights.QUADRATIC),
        Figure("gwet_ac2", "quadratic"),
    ),
}
# coverage in per cent (analytic, bootstrap) as published in the specification, section 2.5
WANTED = {
    ("balanced", 60): ((94, 95), (95, 95), (95, 94), (95, 95), (93, 92)),
    ("balanced", 150): ((96, 95), (96, 95), (96, 95), (94, 94), (94, 93)),
    ("balanced", 400): ((95, 95), (95, 94), (95, 95), (95, 95), (94, 93)),
    ("skewed", 60): ((95, 94), (95, 95), (95, 95), (92, 92), (92, 92)),
    ("skewed", 150): ((95, 94), (95, 94), (94, 93), (94, 94), (93, 93)),
    ("skewed", 400): ((95, 94), (94, 94), (94, 94), (94, 94), (94, 94)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Coverage of one statistic in one cell, in per cent."""

    work: str
    n: int
    statistic: str
    analytic: float
    bootstrap: float
    wanted: tuple[int, int]

    @property
    def farthest(self) -> float:
        """Return the greater distance from what the specification measured, in points."""
        return max(abs(self.analytic - self.wanted[0]), abs(self.bootstrap - self.wanted[1]))


def joint_shares(work: str) -> Floats:
    """Return the probability of each pair of levels, (levels, levels), of two blind reads."""
    rng = np.random.default_rng(77)
    cuts = np.array([-1.35, 0.0, 1.35] if work == "balanced" else [-2.4, -1.5, -0.5])
    quality = rng.normal(0, 1.3, TRUTH)
    reads = [
        np.searchsorted(cuts, quality + rng.normal(0, 0.8, TRUTH)).astype(np.int64)
        for _ in range(2)
    ]
    flat = np.bincount(reads[0] * LEVELS + reads[1], minlength=LEVELS**2)
    shares = flat.reshape(LEVELS, LEVELS) / TRUTH
    symmetric: Floats = (shares + shares.T) / 2
    return symmetric


def coverage(work: str, n: int, data_sets: int, seed: int) -> list[Covered]:
    """Return the coverage of every statistic in one cell."""
    shares = joint_shares(work)
    rng = np.random.default_rng(seed)
    whole = panel_from_cross_table(np.round(shares * 100_000).astype(np.int64))
    truth = [function(whole).value for function, _ in STATISTICS.values()]
    held = np.zeros((len(STATISTICS), 2))
    for index in range(data_sets):
        table = rng.multinomial(n, shares.ravel()).reshape(LEVELS, LEVELS).astype(np.int64)
        held += _held(table, truth, index)
    return [
        Covered(
            work=work,
            n=n,
            statistic=name,
            analytic=100 * held[place, 0] / data_sets,
            bootstrap=100 * held[place, 1] / data_sets,
            wanted=WANTED[work, n][place],
        )
        for place, name in enumerate(STATISTICS)
    ]


def _held(table: Ints, truth: list[float], seed: int) -> Floats:
    panel = panel_from_cross_table(table)
    replicates = bootstrap_submissions(panel, seed=seed, replicates=600)
    found = np.zeros((len(STATISTICS), 2))
    for place, (function, figure) in enumerate(STATISTICS.values()):
        try:
            interval = function(panel).interval
        except NotComputableError:
            interval = None
        found[place] = [
            _holds(one, truth[place]) for one in (interval, replicates.interval(figure))
        ]
    return found


def _holds(interval: Interval | None, truth: float) -> bool:
    return interval is not None and interval[0] <= truth <= interval[1]
