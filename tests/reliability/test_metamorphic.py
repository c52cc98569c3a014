"""What must not change, or must change in a known way, whatever the ratings (S12)."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessor_app.reliability.agreement import (
    brennan_prediger,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    krippendorff_alpha_gwet_form,
    percent_agreement,
)
from assessor_app.reliability.alpha import Metric, krippendorff_alpha
from assessor_app.reliability.arrays import Floats
from assessor_app.reliability.errors import NotComputableError
from assessor_app.reliability.icc import icc2, icc3, mean_squares
from assessor_app.reliability.panel import Panel, panel_from_matrix
from assessor_app.reliability.weights import Weights

LEVELS = [0.0, 1.0, 2.0, 3.0]
EXACT = 1e-9
Statistic = Callable[[Panel], float]


def weighted(function: Callable[..., object], weights: Weights) -> Statistic:
    return lambda panel: float(function(panel, weights).value)  # type: ignore[attr-defined]  # an Estimate


UNWEIGHTED: dict[str, Statistic] = {
    name: weighted(function, Weights.IDENTITY)
    for name, function in {
        "percent": percent_agreement,
        "brennan_prediger": brennan_prediger,
        "fleiss": fleiss_kappa,
        "conger": conger_kappa,
        "alpha_form": krippendorff_alpha_gwet_form,
    }.items()
} | {
    "ac1": lambda panel: gwet_ac1(panel).value,
    "alpha": lambda panel: krippendorff_alpha(panel).value,
}
ORDINAL: dict[str, Statistic] = {
    f"{function.__name__}_{weights}": weighted(function, weights)
    for function in (percent_agreement, brennan_prediger, fleiss_kappa, conger_kappa, gwet_ac2)
    for weights in (Weights.ORDINAL, Weights.LINEAR, Weights.QUADRATIC, Weights.RADICAL)
} | {
    "alpha_ordinal": lambda panel: krippendorff_alpha(panel, Metric.ORDINAL).value,
    "alpha_interval": lambda panel: krippendorff_alpha(panel, Metric.INTERVAL).value,
}
ALL = UNWEIGHTED | ORDINAL


@st.composite
def tables(draw: st.DrawFn, *, complete: bool = False) -> Floats:
    """Draw units in rows and raters in columns, at least one unit read twice."""
    units, raters = draw(st.integers(3, 12)), draw(st.integers(2, 4))
    cell = st.sampled_from(LEVELS) if complete else st.sampled_from([*LEVELS, float("nan")])
    rows = draw(
        st.lists(st.lists(cell, min_size=raters, max_size=raters), min_size=units, max_size=units)
    )
    table = np.array(rows)
    rated = (~np.isnan(table)).sum(axis=0)
    assume((rated > 0).all() and ((~np.isnan(table)).sum(axis=1) > 1).any())
    return table


def values(table: Floats, statistics: dict[str, Statistic]) -> dict[str, float | str]:
    panel = panel_from_matrix(table, LEVELS)
    found: dict[str, float | str] = {}
    for name, statistic in statistics.items():
        try:
            found[name] = statistic(panel)
        except NotComputableError as refusal:
            found[name] = refusal.reason
    return found


def same(first: dict[str, float | str], second: dict[str, float | str]) -> bool:
    return all(
        value == second[name]
        if isinstance(value, str)
        else value == pytest.approx(second[name], abs=EXACT)
        for name, value in first.items()
    )


@settings(max_examples=60, deadline=None)
@given(tables())
def test_the_order_of_raters_and_units_changes_nothing(table: Floats) -> None:
    rng = np.random.default_rng(len(table))
    shuffled = table[rng.permutation(len(table))][:, rng.permutation(table.shape[1])]

    assert same(values(table, ALL), values(shuffled, ALL))


@settings(max_examples=60, deadline=None)
@given(tables(), st.permutations(LEVELS))
def test_renaming_levels_changes_no_unweighted_figure(table: Floats, names: list[float]) -> None:
    renamed = np.where(np.isnan(table), np.nan, np.array(names)[np.nan_to_num(table).astype(int)])

    assert same(values(table, UNWEIGHTED), values(renamed, UNWEIGHTED))


@settings(max_examples=60, deadline=None)
@given(tables())
def test_reversing_the_levels_changes_no_ordinal_figure(table: Floats) -> None:
    assert same(values(table, ALL), values(3 - table, ALL))


@settings(max_examples=40, deadline=None)
@given(tables())
def test_every_unit_twice_changes_no_kappa_and_alpha_a_little(table: Floats) -> None:
    names = ("percent", "brennan_prediger", "fleiss", "conger", "ac1")
    kept = {name: UNWEIGHTED[name] for name in names}
    twice = np.concatenate([table, table])
    once_alpha, twice_alpha = (values(one, UNWEIGHTED)["alpha"] for one in (table, twice))

    assert same(values(table, kept), values(twice, kept))
    if not isinstance(once_alpha, str) and not isinstance(twice_alpha, str):
        reads = (~np.isnan(table)).sum(axis=1)
        paired = int(reads[reads > 1].sum())
        small = (1 - once_alpha) / (2 * (paired - 1))
        assert once_alpha - twice_alpha == pytest.approx(small, abs=EXACT)


@settings(max_examples=40, deadline=None)
@given(tables())
def test_every_unit_twice_divides_the_error_by_the_root_of_two(table: Floats) -> None:
    first = percent_agreement(panel_from_matrix(table, LEVELS)).standard_error
    twice = np.concatenate([table, table])
    second = percent_agreement(panel_from_matrix(twice, LEVELS)).standard_error
    n = int((~np.isnan(table)).any(axis=1).sum())
    assume(n > 1)

    assert first is not None
    assert second is not None
    assert second == pytest.approx(first * np.sqrt((n - 1) / (2 * n - 1)), abs=EXACT)


@settings(max_examples=40, deadline=None)
@given(tables(), st.lists(st.sampled_from(LEVELS), min_size=1, max_size=5))
def test_units_read_once_change_no_alpha(table: Floats, singles: list[float]) -> None:
    more = np.full((len(singles), table.shape[1]), np.nan)
    more[:, 0] = singles
    alphas = {name: one for name, one in ALL.items() if name.startswith("alpha")}

    assert same(values(table, alphas), values(np.concatenate([table, more]), alphas))


@settings(max_examples=60, deadline=None)
@given(tables(complete=True), st.integers(1, 3))
def test_a_harsher_rater_lowers_absolute_agreement_alone(table: Floats, shift: int) -> None:
    shifted = table.copy()
    shifted[:, 0] += shift
    levels = [float(level) for level in range(7)]
    before, after = panel_from_matrix(table, levels), panel_from_matrix(shifted, levels)
    squares, moved = mean_squares(before), mean_squares(after)
    assume(squares.msr > squares.mse + EXACT)

    assert icc3(after).value == pytest.approx(icc3(before).value, abs=EXACT)
    assume(abs(moved.msc - squares.msc) > EXACT)
    assert (icc2(after).value < icc2(before).value) == (moved.msc > squares.msc)


@settings(max_examples=60, deadline=None)
@given(tables())
def test_no_figure_leaves_its_range(table: Floats) -> None:
    for name, value in values(table, ALL).items():
        if not isinstance(value, str):
            assert value <= 1 + EXACT
            assert value >= 0 or not name.startswith("percent")
