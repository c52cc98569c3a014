"""The bootstrap by patterns: equal to resampling submissions, honest when undefined."""

import numpy as np
import pytest

from assessor_app.reliability.agreement import (
    brennan_prediger,
    fleiss_kappa,
    gwet_ac2,
    percent_agreement,
)
from assessor_app.reliability.alpha import Metric, krippendorff_alpha
from assessor_app.reliability.bootstrap import (
    FAMILY,
    Figure,
    bootstrap_assessors,
    bootstrap_submissions,
    family_values,
)
from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.panel import Panel, panel_from_matrix, tally
from assessor_app.reliability.weights import Weights
from tests.reliability.cases import matrix, panel, table_panel

POINT = {
    "percent_agreement": percent_agreement,
    "brennan_prediger": brennan_prediger,
    "gwet_ac2": gwet_ac2,
    "fleiss_kappa": fleiss_kappa,
}


def point(ratings: Panel, figure: Figure) -> float:
    if figure.name == "krippendorff_alpha":
        return krippendorff_alpha(ratings, Metric(figure.variant)).value
    return POINT[figure.name](ratings, Weights(figure.variant)).value


@pytest.mark.parametrize("oracle", ["P01", "P08"])
def test_the_family_of_one_set_of_copies_is_the_coefficients(oracle: str) -> None:
    ratings = panel(oracle)
    patterns = tally(ratings)
    values = family_values(patterns, patterns.copies[None, :], ratings.values)

    for figure in FAMILY:
        assert values[figure][0] == pytest.approx(point(ratings, figure), abs=1e-12)


def test_redrawing_copies_is_resampling_submissions() -> None:
    ratings = panel("P08")
    rows = np.full((ratings.n_units, ratings.n_raters), np.nan)
    rows[ratings.unit, ratings.rater] = ratings.values[ratings.level]
    generator = np.random.default_rng(11)
    drawn = generator.integers(len(rows), size=len(rows))
    patterns = tally(ratings)
    keys = [tuple(row) for row in patterns.counts]
    counts = [tuple((rows[unit][:, None] == ratings.values).sum(axis=0)) for unit in drawn]
    copies = np.array([[counts.count(key) for key in keys]], dtype=float)

    values = family_values(patterns, copies, ratings.values)

    for figure in FAMILY:
        resampled = panel_from_matrix(rows[drawn], list(ratings.values))
        assert values[figure][0] == pytest.approx(point(resampled, figure), abs=1e-12)


def test_the_spread_is_near_the_analytic_error() -> None:
    ratings = table_panel("P09")
    replicates = bootstrap_submissions(ratings, seed=3, replicates=4000)
    exact = percent_agreement(ratings)
    figure = Figure("percent_agreement", "identity")
    interval = replicates.interval(figure)

    assert replicates.standard_error(figure) == pytest.approx(exact.standard_error, rel=0.05)
    assert interval is not None
    assert interval[0] < exact.value < interval[1]


def test_the_same_seed_gives_the_same_replicates() -> None:
    figure = Figure("krippendorff_alpha", "ordinal")
    first, again, other = (
        bootstrap_submissions(panel("P08"), seed=seed, replicates=50).values[figure]
        for seed in (1, 1, 2)
    )

    assert (first == again).all()
    assert (first != other).any()


def test_figures_without_a_value_have_no_range() -> None:
    words = table_panel("P05a")
    named = Panel(
        unit=words.unit,
        rater=words.rater,
        level=words.level,
        n_units=words.n_units,
        n_raters=2,
        n_levels=2,
        values=np.array([np.nan, np.nan]),
    )
    replicates = bootstrap_submissions(named, seed=1, replicates=20)
    undefined = Figure("krippendorff_alpha", "interval")

    assert replicates.interval(undefined) is None
    assert replicates.standard_error(undefined) is None
    assert replicates.interval(Figure("krippendorff_alpha", "nominal")) is not None


def test_negative_numbers_have_no_ratio_and_one_level_no_kappa() -> None:
    below = panel_from_matrix(matrix([[-1, -1], [2, 2], [-1, 2]]), [-1, 2])
    flat = panel_from_matrix(matrix([[1, 1], [1, 1]]), [1])

    assert (
        bootstrap_submissions(below, seed=1, replicates=9).interval(
            Figure("krippendorff_alpha", "ratio")
        )
        is None
    )
    values = bootstrap_submissions(flat, seed=1, replicates=9).values
    assert np.isnan(values[Figure("fleiss_kappa", "identity")]).all()


def test_one_submission_cannot_be_resampled() -> None:
    with pytest.raises(NotComputableError) as refusal:
        bootstrap_submissions(panel_from_matrix(matrix([[1, 2]]), [1, 2]), seed=1)
    assert refusal.value.reason is Reason.TOO_FEW_UNITS


def test_assessors_like_these_give_a_wider_range() -> None:
    generator = np.random.default_rng(2)
    rows = np.full((300, 12), np.nan)
    for unit in range(300):
        pair = generator.choice(12, size=2, replace=False)
        level = generator.integers(3)
        careless = pair >= 9
        rows[unit, pair] = np.where(careless, generator.integers(3, size=2), level)
    ratings = panel_from_matrix(rows, [0, 1, 2])
    submissions = bootstrap_submissions(ratings, seed=1, replicates=300)
    both = bootstrap_assessors(ratings, seed=1, replicates=300)

    figure = Figure("percent_agreement", "identity")
    alone = submissions.standard_error(figure)
    assert alone is not None
    assert np.nanstd(both) > 1.5 * alone
    assert np.nanmean(both) == pytest.approx(percent_agreement(ratings).value, abs=0.03)


def test_two_assessors_may_leave_a_draw_without_a_pair() -> None:
    assert np.isnan(bootstrap_assessors(table_panel("P05a"), seed=1, replicates=40)).any()


def test_assessors_who_never_met_cannot_be_resampled() -> None:
    with pytest.raises(NotComputableError) as refusal:
        bootstrap_assessors(panel_from_matrix(matrix([[1, None], [None, 1]]), [1]), seed=1)
    assert refusal.value.reason is Reason.NO_DOUBLE_READS
