"""The agreement figures of one criterion, from independent blind reads alone."""

from collections.abc import Callable
from itertools import combinations

import numpy as np

from assessor_app.reliability import agreement as of_many
from assessor_app.reliability import icc
from assessor_app.reliability.alpha import Metric, krippendorff_alpha
from assessor_app.reliability.arrays import Ints
from assessor_app.reliability.benchmark import (
    LANDIS_KOCH,
    band_at_95_percent,
    cumulative_membership,
)
from assessor_app.reliability.bootstrap import (
    Figure,
    Replicates,
    bootstrap_assessors,
    bootstrap_submissions,
)
from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.estimate import Estimate
from assessor_app.reliability.panel import (
    PAIR,
    Panel,
    cross_table,
    tally,
    unit_counts,
)
from assessor_app.reliability.report.figures import Collector, Ground, Value
from assessor_app.reliability.report.selection import panel_of
from assessor_app.reliability.report.table import Criterion, Ratings
from assessor_app.reliability.two_raters import (
    bhapkar,
    cohen_kappa,
    cohen_pe,
    mcnemar_exact_p,
    stuart_maxwell,
    two_by_two,
)
from assessor_app.reliability.weights import Weights, weight_matrix

NO_ORDER = "the order of the levels is not known; give it with --levels"
MOST_LISTED = 200  # submissions whose own agreement is listed
MOST_PAIRED = 10  # assessors whose every pair is compared
PLAIN_WEIGHTS = tuple(weights for weights in Weights if weights is not Weights.WITHIN_ONE)

Weighted = Callable[[Panel, Weights], Estimate]


def ground_of(ratings: Ratings, criterion: int, scope: dict[str, object]) -> Ground:
    """Return how many units of a criterion were read twice, and how skewed its levels are."""
    panel = panel_of(ratings, criterion)
    double = int((unit_counts(panel).sum(axis=1) >= PAIR).sum())
    uses = np.bincount(panel.level, minlength=panel.n_levels)
    return Ground(scope=scope, n=double, top_share=float(uses.max() / max(1, uses.sum())))


def agreement_figures(
    collector: Collector, panel: Panel, known: Criterion, ground: Ground, seed: int
) -> None:
    """Add every agreement figure of one criterion."""
    _coefficients(collector, panel, known, ground)
    _alphas(collector, panel, known, ground, seed)
    _fleiss_parts(collector, panel, ground)
    _bands(collector, panel, ground)
    _pairs(collector, panel, known, ground)
    _blocks(collector, panel, ground)


def _coefficients(collector: Collector, panel: Panel, known: Criterion, ground: Ground) -> None:
    families: dict[str, Weighted] = {
        "percent_agreement": of_many.percent_agreement,
        "brennan_prediger": of_many.brennan_prediger,
        "fleiss_kappa": of_many.fleiss_kappa,
        "conger_kappa": of_many.conger_kappa,
        "krippendorff_alpha_gwet_form": of_many.krippendorff_alpha_gwet_form,
        "gwet_ac2": of_many.gwet_ac2,
    }
    for name, function in families.items():
        for weights in PLAIN_WEIGHTS:
            if name == "gwet_ac2" and weights is Weights.IDENTITY:
                continue
            params = {"weights": weights.value}
            if weights is not Weights.IDENTITY and not known.ordered:
                collector.refuse(name, NO_ORDER, ground, params)
                continue
            collector.compute(name, _bound(function, panel, weights), ground, params)
    identity = {"weights": "identity"}
    collector.compute("gwet_ac1", lambda: of_many.gwet_ac1(panel), ground, identity)
    nominal = of_many.krippendorff_alpha_gwet_form
    collector.compute("krippendorff_alpha_nominal", lambda: nominal(panel), ground)
    if known.ordered:
        within = of_many.percent_within_one
        collector.compute("percent_within_one", lambda: within(panel), ground)
    else:
        collector.refuse("percent_within_one", NO_ORDER, ground)
    if panel.n_raters == PAIR:
        collector.compute("scott_pi", lambda: of_many.scott_pi(panel), ground, identity)


def _bound(function: Weighted, panel: Panel, weights: Weights) -> Callable[[], Estimate]:
    return lambda: function(panel, weights)


def _alphas(
    collector: Collector, panel: Panel, known: Criterion, ground: Ground, seed: int
) -> None:
    try:
        replicates = bootstrap_submissions(panel, seed=seed)
    except NotComputableError:
        replicates = None
    for metric in Metric:
        params = {"level": metric.value}
        if metric is not Metric.NOMINAL and not known.ordered:
            collector.refuse("krippendorff_alpha", NO_ORDER, ground, params)
            continue
        work = _alpha_with_range(panel, metric, replicates)
        collector.compute("krippendorff_alpha", work, ground, params)
    if panel.n_raters > PAIR and replicates is not None:
        collector.compute("percent_agreement_assessors", lambda: _pigeonhole(panel, seed), ground)


def _alpha_with_range(
    panel: Panel, metric: Metric, replicates: Replicates | None
) -> Callable[[], Estimate]:
    def work() -> Estimate:
        found = krippendorff_alpha(panel, metric)
        if replicates is None:
            return found
        figure = Figure("krippendorff_alpha", metric)
        return Estimate(
            value=found.value,
            n=found.n,
            standard_error=replicates.standard_error(figure),
            interval=replicates.interval(figure),
        )

    return work


def _pigeonhole(panel: Panel, seed: int) -> Estimate:
    found = of_many.percent_agreement(panel)
    values = bootstrap_assessors(panel, seed=seed, replicates=500)
    values = values[~np.isnan(values)]
    if len(values) < 450:  # noqa: PLR2004 (nine in ten)
        raise NotComputableError(Reason.TWO_RATERS_NEEDED)
    low, high = np.quantile(values, [0.025, 0.975])
    error = float(values.std(ddof=1))
    return Estimate(
        value=found.value, n=found.n, standard_error=error, interval=(float(low), float(high))
    )


def _fleiss_parts(collector: Collector, panel: Panel, ground: Ground) -> None:
    def shares() -> Value:
        return tuple(float(share) for share in of_many.level_shares(tally(panel)))

    def mean() -> Value:
        patterns = tally(panel)
        return of_many.observed(patterns, weight_matrix(Weights.IDENTITY, panel.n_levels)).value

    def chance() -> Value:
        return float((of_many.level_shares(tally(panel)) ** 2).sum())

    def each() -> Value:
        counts = unit_counts(panel)
        reads = counts.sum(axis=1)
        double = reads >= PAIR
        if not double.any():
            raise NotComputableError(Reason.NO_DOUBLE_READS)
        pairs = reads[double] * (reads[double] - 1)
        agreeing = (counts[double] * (counts[double] - 1)).sum(axis=1)
        return tuple(float(share) for share in agreeing / pairs)

    collector.compute("P_bar", mean, ground)
    collector.compute("Pe_bar", chance, ground)
    collector.compute("p_j", shares, ground)
    if panel.n_units <= MOST_LISTED:
        collector.compute("P_i", each, ground)


def _bands(collector: Collector, panel: Panel, ground: Ground) -> None:
    params = {"coefficient": "gwet_ac1", "bands": [[band.low, band.high] for band in LANDIS_KOCH]}

    def ac1() -> tuple[float, float]:
        found = of_many.gwet_ac1(panel)
        if not found.standard_error:
            raise NotComputableError(Reason.NO_VARIATION)
        return found.value, found.standard_error

    collector.compute(
        "cumulative_membership", lambda: cumulative_membership(*ac1()), ground, params
    )
    collector.compute("band_at_95_percent", lambda: band_at_95_percent(*ac1()), ground, params)


def _pairs(collector: Collector, panel: Panel, known: Criterion, ground: Ground) -> None:
    if panel.n_raters == PAIR:
        try:
            table = cross_table(panel)
        except NotComputableError as refusal:
            collector.refuse("cohen_kappa", refusal.reason, ground)
            return
        _cohens(collector, table, known, ground, {})
        _two_margins(collector, table, known, ground)
        return
    if panel.n_raters > MOST_PAIRED:
        return
    for first, second in combinations(range(panel.n_raters), PAIR):
        table = pair_table(panel, first, second)
        shared = int(table.sum())
        if shared and (collector.every or shared >= collector.thresholds.pair_reads):
            own = Ground(scope=ground.scope, n=shared, top_share=ground.top_share)
            _cohens(collector, table, known, own, {"raters": [first + 1, second + 1]})


def pair_table(panel: Panel, first: int, second: int) -> Ints:
    """Return the cross table of two raters out of several, (n_levels, n_levels)."""
    by_unit = np.full((panel.n_units, PAIR), -1, dtype=np.int64)
    for column, rater in enumerate((first, second)):
        own = panel.rater == rater
        by_unit[panel.unit[own], column] = panel.level[own]
    both = by_unit[(by_unit >= 0).all(axis=1)]
    size = panel.n_levels**2
    flat = np.bincount(both[:, 0] * panel.n_levels + both[:, 1], minlength=size)
    return flat.reshape(panel.n_levels, panel.n_levels).astype(np.int64)


def _cohens(
    collector: Collector,
    table: Ints,
    known: Criterion,
    ground: Ground,
    params: dict[str, object],
) -> None:
    for weights in (Weights.IDENTITY, Weights.LINEAR, Weights.QUADRATIC):
        own = {"weights": weights.value, **params}
        if weights is not Weights.IDENTITY and not known.ordered:
            collector.refuse("cohen_kappa", NO_ORDER, ground, own)
            continue
        collector.compute("cohen_kappa", _cohen(table, weights), ground, own)


def _cohen(table: Ints, weights: Weights) -> Callable[[], Estimate]:
    return lambda: cohen_kappa(table, weights)


def _two_margins(collector: Collector, table: Ints, known: Criterion, ground: Ground) -> None:
    collector.add("cohen_pe", cohen_pe(table), ground)
    df = {"df": int(((table.sum(axis=0) + table.sum(axis=1)) > 0).sum()) - 1}
    collector.compute("stuart_maxwell_chi2", lambda: stuart_maxwell(table).chi2, ground, df)
    collector.compute("stuart_maxwell_p", lambda: stuart_maxwell(table).p, ground, df)
    collector.compute("bhapkar_chi2", lambda: bhapkar(table).chi2, ground, df)
    if len(known.levels) != PAIR:
        return
    top_first = table[::-1, ::-1]
    found = two_by_two(top_first)
    collector.add("pabak", found.pabak, ground)
    collector.add("prevalence_index", found.prevalence_index, ground)
    collector.add("bias_index", found.bias_index, ground)
    collector.add("mcnemar_exact_p", mcnemar_exact_p(table), ground)
    for name, value, level in (
        ("positive_agreement", found.positive_agreement, known.levels[1]),
        ("negative_agreement", found.negative_agreement, known.levels[0]),
    ):
        if value is None:
            collector.refuse(name, Reason.NO_CASES, ground, {"of": level})
        else:
            collector.add(name, value, ground, {"of": level})


def _blocks(collector: Collector, panel: Panel, ground: Ground) -> None:
    forms = {
        "ICC1": icc.icc1,
        "ICC2": icc.icc2,
        "ICC3": icc.icc3,
        "ICC1k": icc.icc1k,
        "ICC2k": icc.icc2k,
        "ICC3k": icc.icc3k,
    }
    for name, form in forms.items():
        collector.compute(name, _of_panel(form, panel), ground)
    ties = {"tie_correction": True}
    collector.compute("kendall_W", lambda: icc.kendall_w(panel), ground, ties)
    try:
        squares = icc.mean_squares(panel)
    except NotComputableError:
        return
    for name in ("MSR", "MSC", "MSE", "MSW"):
        collector.add(name, float(getattr(squares, name.lower())), ground)
    for component, value in squares.components.items():
        collector.add("variance_component", value, ground, {"component": component})
    for tolerance in (0, 1, 2):
        found = icc.all_raters_within_percent(panel, tolerance)
        collector.add("all_raters_within_percent", found, ground, {"tolerance": tolerance})


def _of_panel(form: Callable[[Panel], Estimate], panel: Panel) -> Callable[[], Estimate]:
    return lambda: form(panel)
