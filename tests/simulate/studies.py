"""Recovery studies: does the engine find what was put in, and do its ranges keep their promise?"""

from dataclasses import dataclass

import numpy as np

from assessor_app.reliability.arrays import Floats
from assessor_app.reliability.drift import arl
from assessor_app.reliability.facets.compare import both_fits, period_contrasts
from assessor_app.reliability.facets.decision import Rule, consistency
from assessor_app.reliability.facets.fit import Fit, fit
from assessor_app.reliability.facets.layout import Model
from assessor_app.reliability.facets.likelihood import level_probabilities
from assessor_app.reliability.facets.severity import severities
from assessor_app.reliability.qualification import DEFAULT_PLAN, bounds, characteristic
from tests.simulate.generator import Setting, Simulated, simulate
from tests.simulate.intervals import WANTED, coverage

STANDARD = Setting()
Z95 = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: a criterion of the specification and what came out."""

    id: str
    what: str
    wanted: str
    found: str
    holds: bool

    def __post_init__(self) -> None:
        """Keep a plain bool: numpy's is not JSON."""
        object.__setattr__(self, "holds", bool(self.holds))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """How severities of one data set came out, centred on the pool."""

    covered: float
    rmse: float
    r: float
    error: float


def recovered(truth: Simulated, fitted: Fit) -> Recovery:
    """Return how a fit found the severities that were put in."""
    found = severities(fitted, to_pool=True)
    wanted = truth.severity[found.raters] - truth.severity[found.raters].mean()
    difference = found.logits - wanted
    return Recovery(
        covered=float((np.abs(difference) <= Z95 * found.standard_errors).mean()),
        rmse=float(np.sqrt((difference**2).mean())),
        r=float(np.corrcoef(found.logits, wanted)[0, 1]),
        error=float(found.standard_errors.mean()),
    )


def standard_set(data_sets: int) -> list[Row]:
    """S3 and S4 at 20 assessors and 1,000 packets."""
    found = [
        recovered(truth, fit(truth.reads))
        for truth in (simulate(STANDARD, 5000 + seed) for seed in range(data_sets))
    ]
    covered = float(np.mean([one.covered for one in found]))
    spread = float(np.std([one.covered for one in found]) / np.sqrt(data_sets))
    rmse, r = (float(np.mean([getattr(one, name) for one in found])) for name in ("rmse", "r"))
    error = float(np.mean([one.error for one in found]))
    return [
        Row(
            id="S3",
            what=f"95 % coverage of centred severities, {data_sets} data sets of 20 x 1,000",
            wanted="93 to 97 %",
            found=f"{100 * covered:.1f} % (± {100 * spread:.1f})",
            holds=0.93 <= covered <= 0.97,
        ),
        Row(
            id="S4",
            what="mean RMSE and correlation, 20 x 1,000",
            wanted="≤ .17 and ≥ .90",
            found=f"{rmse:.3f} and {r:.3f} (mean error {error:.3f})",
            holds=rmse <= 0.17 and r >= 0.90,
        ),
    ]


def full_scale(data_sets: int) -> list[Row]:
    """S4 at 200 assessors and 20,000 packets."""
    setting = Setting(assessors=200, packets=20_000)
    found = [
        recovered(truth, fit(truth.reads))
        for truth in (simulate(setting, 6000 + seed) for seed in range(data_sets))
    ]
    rmse, r = (float(np.mean([getattr(one, name) for one in found])) for name in ("rmse", "r"))
    return [
        Row(
            id="S4",
            what=f"mean RMSE and correlation, {data_sets} data sets of 200 x 20,000",
            wanted="≤ .135 and ≥ .94",
            found=f"{rmse:.3f} and {r:.3f}",
            holds=rmse <= 0.135 and r >= 0.94,
        )
    ]


def naive(data_sets: int) -> list[Row]:
    """S5: ignoring the halo must be seen to promise too much."""
    setting = Setting(assessors=12, packets=360)
    covered = float(
        np.mean(
            [
                recovered(truth, fit(truth.reads, Model(halo=False))).covered
                for truth in (simulate(setting, 7000 + seed) for seed in range(data_sets))
            ]
        )
    )
    return [
        Row(
            id="S5",
            what=f"coverage without halo, {data_sets} data sets of 12 x 360",
            wanted="< 91 %",
            found=f"{100 * covered:.1f} %",
            holds=covered < 0.91,
        )
    ]


def favoured(data_sets: int) -> list[Row]:
    """S6: work that is not assigned at random, and the warning."""
    biases: list[float] = []
    alarms = {0.0: 0, 0.8: 0}
    for lift in alarms:
        for seed in range(data_sets):
            truth = simulate(Setting(assessors=30, packets=3000, favoured=lift), 8000 + seed)
            found = both_fits(truth.reads)
            alarms[lift] += bool(found.divergence and found.divergence.alarm)
            if lift:
                biases.append(_group_bias(truth, found.linked))
    bias = abs(float(np.mean(biases)))
    return [
        Row(
            id="S6",
            what=f"group bias of the default fit, +.8 for a third of 30, {data_sets} data sets",
            wanted="≤ .05",
            found=f"{bias:.3f}",
            holds=bias <= 0.05,
        ),
        Row(
            id="S6",
            what="warning raised: favoured, and at random",
            wanted="≥ 90 % and ≤ 5 %",
            found=f"{100 * alarms[0.8] / data_sets:.0f} % and "
            f"{100 * alarms[0.0] / data_sets:.0f} %",
            holds=alarms[0.8] >= 0.9 * data_sets and alarms[0.0] <= 0.05 * data_sets,
        ),
    ]


def _group_bias(truth: Simulated, fitted: Fit) -> float:
    difference = severities(fitted, to_pool=True).logits - truth.severity
    return float(difference[truth.group].mean() - difference[~truth.group].mean())


def intervals(data_sets: int) -> list[Row]:
    """S8: coverage of agreement intervals beside the published table."""
    rows: list[Row] = []
    for work, n in WANTED:
        cells = coverage(work, n, data_sets, 9000 + n)
        worst = max(cells, key=lambda cell: cell.farthest)
        listed = ", ".join(
            f"{cell.statistic} {cell.analytic:.1f}/{cell.bootstrap:.1f}" for cell in cells
        )
        rows.append(
            Row(
                id="S8",
                what=f"coverage (analytic/bootstrap), {work}, {n} double reads",
                wanted="within 2 points of section 2.5",
                found=f"{listed}; farthest {worst.farthest:.1f} ({worst.statistic})",
                holds=worst.farthest <= 2.0,
            )
        )
    return rows


def decisions(data_sets: int) -> list[Row]:
    """S9: decision consistency beside brute force."""
    rows: list[Row] = []
    for shift in (1.5, 2.5):
        setting = Setting(assessors=30, packets=2000, shift=shift)
        found = [
            _estimated_consistency(fit(simulate(setting, 9500 + seed).reads))
            for seed in range(data_sets)
        ]
        truth = _true_consistency(setting)
        farthest = max(abs(one - truth) for one in found)
        rows.append(
            Row(
                id="S9",
                what=f"decision consistency, shift {shift}, {data_sets} data sets",
                wanted=f"within .03 of {truth:.3f}",
                found=f"{np.mean(found):.3f}, farthest {farthest:.3f}",
                holds=farthest <= 0.03,
            )
        )
    return rows


def _estimated_consistency(fitted: Fit) -> float:
    p = fitted.parameters(0)
    return consistency(
        Rule(
            steps=p.steps,
            n_levels=fitted.layout.parts[0].n_levels,
            required=np.full(len(p.steps), 2),
            ability_sd=p.ability_sd,
            halo_sd=p.halo_sd,
            severity_sd=fitted.severity_sd,
        )
    )


def _true_consistency(s: Setting, packets: int = 400_000) -> float:
    """Return the share of like determinations of two simulated reads of each packet."""
    rng = np.random.default_rng(1)
    steps = simulate(Setting(assessors=2, packets=2, shift=s.shift), 1).steps
    ability = rng.normal(0, s.ability_sd, packets)

    def read() -> Floats:
        eta = ability + rng.normal(0, s.halo_sd, packets) - rng.normal(0, s.severity_sd, packets)
        chances = level_probabilities(steps, np.full(s.criteria, s.levels), eta)
        reached = rng.random((packets, s.criteria)) >= np.cumsum(chances, axis=-1)[..., 1]
        return np.where(reached.all(axis=1), 1.0, 0.0)

    return float((read() == read()).mean())


def qualification(paths: int) -> list[Row]:
    """S10: simulated error rates of the default plan beside the exact ones."""
    tables, rng = bounds(DEFAULT_PLAN), np.random.default_rng(2)
    farthest = 0.0
    for rate in (0.1, 0.2, 0.3):
        misses = np.cumsum(rng.random((paths, DEFAULT_PLAN.n_max)) < rate, axis=1)
        qualify, stop = misses <= tables.qualify_at, misses >= tables.stop_at
        ended = (qualify | stop).argmax(axis=1)
        share = float(qualify[np.arange(paths), ended].mean())
        farthest = max(farthest, abs(share - characteristic(DEFAULT_PLAN, rate).p_qualify))
    return [
        Row(
            id="S10",
            what=f"probability of qualifying, {paths} simulated tests at three miss rates",
            wanted="within .01 of the exact table",
            found=f"farthest {farthest:.4f}",
            holds=farthest <= 0.01,
        )
    ]


def drift(data_sets: int) -> list[Row]:
    """S11: the contrast of two periods, .8 logit for a third of 30 assessors."""
    setting = Setting(assessors=30, packets=3000, drift=0.8, drifting=10)
    found: list[int] = []
    false: list[int] = []
    errors: list[float] = []
    for seed in range(data_sets):
        truth = simulate(setting, 9800 + seed)
        for one in period_contrasts(truth.reads, truth.later):
            drifted = one.rater < setting.drifting
            (found if drifted else false).append(int(abs(one.z) > Z95))
            errors.append(one.change.standard_error or 0.0)
    power, alarms = float(np.mean(found)), float(np.mean(false))
    return [
        Row(
            id="S11",
            what=f"change between periods, {data_sets} data sets of 30 x 3,000",
            wanted="power ≥ .75, false alarms ≤ .05",
            found=f"{power:.2f} and {alarms:.3f} (mean error {np.mean(errors):.2f})",
            holds=power >= 0.75 and alarms <= 0.05,
        )
    ]


def charts(runs: int) -> list[Row]:
    """P12: simulated run lengths of the drift chart beside the Markov chain."""
    rng = np.random.default_rng(3)
    farthest = 0.0
    for limit, shift in ((4.0, 0.0), (4.0, 1.0), (5.0, 0.0), (5.0, 1.0)):
        mean = _mean_run_length(rng, runs, limit, shift)
        farthest = max(farthest, abs(mean / arl(shift, limit=limit) - 1))
    return [
        Row(
            id="P12",
            what=f"run lengths of the drift chart, {runs} runs each",
            wanted="within 3 %",
            found=f"farthest {100 * farthest:.1f} %",
            holds=farthest <= 0.03,
        )
    ]


def _mean_run_length(rng: np.random.Generator, runs: int, limit: float, shift: float) -> float:
    up, down, length = np.zeros(runs), np.zeros(runs), np.zeros(runs)
    alive = np.ones(runs, dtype=np.bool_)
    while alive.any():
        step = rng.normal(shift, 1, int(alive.sum()))
        up[alive] = np.maximum(0, up[alive] + step - 0.5)
        down[alive] = np.maximum(0, down[alive] - step - 0.5)
        length[alive] += 1
        alive &= np.maximum(up, down) <= limit
    return float(length.mean())
