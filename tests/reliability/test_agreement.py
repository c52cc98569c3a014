"""Coefficients for any number of raters against published numbers, and their refusals."""

import numpy as np
import pytest

from assessor_app.reliability.agreement import (
    brennan_prediger,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    krippendorff_alpha_gwet_form,
    level_shares,
    observed,
    percent_agreement,
    percent_within_one,
    scott_pi,
)
from assessor_app.reliability.alpha import Metric, krippendorff_alpha
from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.estimate import Estimate
from assessor_app.reliability.panel import Panel, panel_from_matrix, tally
from assessor_app.reliability.weights import Weights, weight_matrix
from tests.reliability.cases import (
    Expected,
    close,
    data,
    expected,
    matrix,
    panel,
    table_panel,
)

WEIGHTED = {
    "percent_agreement": percent_agreement,
    "brennan_prediger": brennan_prediger,
    "gwet_ac2": gwet_ac2,
    "fleiss_kappa": fleiss_kappa,
    "conger_kappa": conger_kappa,
    "krippendorff_alpha_gwet_form": krippendorff_alpha_gwet_form,
}
PERFECT = panel_from_matrix(matrix([[2, 2]] * 4), [0, 1, 2, 3])


def figure(ratings: Panel, case: Expected) -> Estimate:
    if case.stat == "gwet_ac1":
        return gwet_ac1(ratings)
    if case.stat == "scott_pi":
        return scott_pi(ratings)
    if case.stat == "krippendorff_alpha_nominal":
        return krippendorff_alpha_gwet_form(ratings)
    return WEIGHTED[case.stat](ratings, Weights(case.params.get("weights", "identity")))


def value(estimate: Estimate, field: str) -> object:
    return {
        "": estimate.value,
        "se": estimate.standard_error,
        "ci95": estimate.interval,
    }[field]


@pytest.mark.parametrize("case", expected("P02", "gwet_ac1", *WEIGHTED))
def test_four_raters_with_gaps(case: Expected) -> None:
    assert close(value(figure(panel("P02"), case), case.field), case)


@pytest.mark.parametrize(
    "case",
    expected(
        "P09",
        "percent_agreement",
        "gwet_ac1",
        "scott_pi",
        "brennan_prediger",
        "krippendorff_alpha_nominal",
    ),
)
def test_two_abstractors(case: Expected) -> None:
    assert close(value(figure(table_panel("P09"), case), case.field), case)


@pytest.mark.parametrize("oracle", ["P05a", "P05b", "P05c", "P06a", "P06b"])
def test_the_same_agreement_has_different_chance_corrections(oracle: str) -> None:
    for case in expected(oracle, "percent_agreement", "gwet_ac1"):
        assert close(figure(table_panel(oracle), case).value, case)


@pytest.mark.parametrize("case", expected("P08", "fleiss_kappa", "conger_kappa"))
def test_three_raters(case: Expected) -> None:
    assert close(figure(panel("P08"), case).value, case)


@pytest.mark.parametrize("oracle", ["P01", "P08"])
def test_krippendorff_with_every_metric(oracle: str) -> None:
    for case in expected(oracle, "krippendorff_alpha"):
        found = krippendorff_alpha(panel(oracle), Metric(case.params["level"]))
        assert close(found.value, case)


def test_fourteen_raters_of_ten_subjects() -> None:
    counts = data("P04")["counts"]
    rows = [[level for level, count in enumerate(row) for _ in range(count)] for row in counts]
    ratings = panel_from_matrix(np.array(rows, dtype=float), [0, 1, 2, 3, 4])
    patterns = tally(ratings)
    seen = observed(patterns, weight_matrix(Weights.IDENTITY, 5))

    found = {
        "fleiss_kappa": fleiss_kappa(ratings).value,
        "P_bar": seen.value,
        "p_j": level_shares(patterns),
        "Pe_bar": float((level_shares(patterns) ** 2).sum()),
    }
    for case in expected("P04", "fleiss_kappa", "P_bar", "p_j", "Pe_bar"):
        assert close(found[case.stat], case)
    (each,) = expected("P04", "P_i")
    of_units = np.sort(seen.per_pattern.repeat(patterns.copies.astype(int)))
    assert np.allclose(of_units, np.sort(each.value), atol=each.tolerance)


def test_no_double_read_is_not_computable() -> None:
    single = panel_from_matrix(matrix([[1, None], [None, 2], [3, None]]), [1, 2, 3])

    for refused in (percent_agreement, fleiss_kappa, conger_kappa, krippendorff_alpha):
        with pytest.raises(NotComputableError) as refusal:
            refused(single)
        assert refusal.value.reason is Reason.NO_DOUBLE_READS


def test_one_level_only_is_neither_zero_nor_one() -> None:
    assert percent_agreement(PERFECT).value == 1
    assert gwet_ac1(PERFECT).value == 1
    assert gwet_ac1(PERFECT).interval is None
    for refused in (
        fleiss_kappa,
        scott_pi,
        conger_kappa,
        krippendorff_alpha,
        krippendorff_alpha_gwet_form,
    ):
        with pytest.raises(NotComputableError) as refusal:
            refused(PERFECT)
        assert refusal.value.reason is Reason.ONE_LEVEL


def test_a_rubric_of_one_level_has_no_chance_correction() -> None:
    flat = panel_from_matrix(matrix([[1, 1], [1, 1]]), [1])

    assert percent_agreement(flat, Weights.LINEAR).value == 1
    for refused in (brennan_prediger, gwet_ac1):
        with pytest.raises(NotComputableError) as refusal:
            refused(flat)
        assert refusal.value.reason is Reason.ONE_LEVEL_RUBRIC


def test_one_constant_rater_leaves_half_the_agreement() -> None:
    ratings = panel_from_matrix(matrix([[3, 2], [3, 3], [3, 3], [3, 4]]), [2, 3, 4])

    assert percent_agreement(ratings).value == 0.5
    assert percent_within_one(ratings).value == 1


def test_a_single_submission_has_a_range_but_no_error() -> None:
    alone = percent_agreement(panel_from_matrix(matrix([[1, 1]]), [0, 1]))

    assert alone.value == 1
    assert alone.standard_error is None
    assert alone.interval is not None
    assert alone.interval == pytest.approx((0.206549, 1), abs=1e-6)


def test_a_submission_read_once_is_inert_for_alpha() -> None:
    ratings = panel_from_matrix(matrix([[1, 1], [2, 2], [1, 2], [3, None]]), [1, 2, 3])

    assert krippendorff_alpha(ratings).value == pytest.approx(0.44444444, abs=1e-8)


@pytest.mark.parametrize(
    ("levels", "even", "ac1"), [([0, 1], 0.6, 0.6), ([0, 1, 2, 3], 0.73333333, 0.76)]
)
def test_an_unused_level_changes_the_even_chance_alone(
    levels: list[float], even: float, ac1: float
) -> None:
    ratings = panel_from_matrix(matrix([[0, 0], [1, 1], [0, 1], [1, 1], [0, 0]]), levels)

    assert brennan_prediger(ratings).value == pytest.approx(even, abs=1e-8)
    assert gwet_ac1(ratings).value == pytest.approx(ac1, abs=1e-8)
    assert conger_kappa(ratings).value == pytest.approx(0.61538462, abs=1e-8)


def test_scott_needs_two_raters() -> None:
    with pytest.raises(NotComputableError) as refusal:
        scott_pi(panel("P08"))
    assert refusal.value.reason is Reason.TWO_RATERS_ONLY


def test_metrics_of_numbers_refuse_words_and_negatives() -> None:
    words = panel_from_matrix(matrix([[1, 2], [1, 1]]), [1, 2])
    named = Panel(
        unit=words.unit,
        rater=words.rater,
        level=words.level,
        n_units=2,
        n_raters=2,
        n_levels=2,
        values=np.array([np.nan, np.nan]),
    )
    below = panel_from_matrix(matrix([[-1, 2], [-1, -1]]), [-1, 2])

    for ratings, metric, reason in (
        (named, Metric.INTERVAL, Reason.NO_NUMBERS),
        (named, Metric.RATIO, Reason.NO_NUMBERS),
        (below, Metric.RATIO, Reason.NEGATIVE_NUMBERS),
    ):
        with pytest.raises(NotComputableError) as refusal:
            krippendorff_alpha(ratings, metric)
        assert refusal.value.reason is reason


def test_weights_and_metrics_may_be_plain_words() -> None:
    ratings = panel("P02")

    assert percent_agreement(ratings, Weights("within_one")).value == pytest.approx(
        percent_agreement(ratings, "within_one").value  # type: ignore[arg-type]  # as users write it
    )
    assert krippendorff_alpha(ratings, "ordinal").value == pytest.approx(  # type: ignore[arg-type]  # as users write it
        krippendorff_alpha(ratings, Metric.ORDINAL).value
    )
    with pytest.raises(ValueError, match="cubic"):
        percent_agreement(ratings, "cubic")  # type: ignore[arg-type]  # no such weights


def test_very_many_levels_are_counted_too() -> None:
    generator = np.random.default_rng(5)
    ratings = generator.integers(0, 80, size=(40, 2)).astype(float)

    found = percent_agreement(panel_from_matrix(ratings, [float(level) for level in range(80)]))

    assert found.value == (ratings[:, 0] == ratings[:, 1]).mean()
