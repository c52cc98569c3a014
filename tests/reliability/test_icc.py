"""Intraclass correlations against published numbers, and when they are refused."""

import numpy as np
import pytest

from assessor_app.reliability import icc
from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.panel import Panel, panel_from_matrix
from tests.reliability.cases import Expected, close, expected, matrix, panel

FORMS = {
    "ICC1": icc.icc1,
    "ICC2": icc.icc2,
    "ICC3": icc.icc3,
    "ICC1k": icc.icc1k,
    "ICC2k": icc.icc2k,
    "ICC3k": icc.icc3k,
}


@pytest.mark.parametrize("oracle", ["P03", "P08"])
def test_six_forms(oracle: str) -> None:
    for case in expected(oracle, *FORMS):
        found = FORMS[case.stat](panel(oracle))
        assert close(found.interval if case.field else found.value, case)


@pytest.mark.parametrize("case", expected("P03", "MSR", "MSC", "MSE", "MSW", "variance_component"))
def test_mean_squares(case: Expected) -> None:
    found = icc.mean_squares(panel("P03"))
    value = found.components[case.field] if case.field else getattr(found, case.stat.lower())

    assert close(value, case)


def test_order_and_spans_of_three_raters() -> None:
    ratings = panel("P08")
    (concordance,) = expected("P08", "kendall_W")
    assert close(icc.kendall_w(ratings).value, concordance)
    for case in expected("P08", "all_raters_within_percent"):
        found = icc.all_raters_within_percent(ratings, case.params["tolerance"])
        assert close(found.value, case)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[1, 2], [None, 3]], Reason.INCOMPLETE),
        ([[1], [2]], Reason.TWO_RATERS_NEEDED),
        ([[1, 2]], Reason.TOO_FEW_UNITS),
        ([[1, 1], [1, 1]], Reason.NO_VARIATION),
    ],
)
def test_incomplete_blocks_are_refused(rows: list[list[float | None]], reason: Reason) -> None:
    with pytest.raises(NotComputableError) as refusal:
        icc.icc2(panel_from_matrix(matrix(rows), [1, 2, 3]))
    assert refusal.value.reason is reason


def test_words_have_no_icc() -> None:
    numbers = panel("P03")
    words = Panel(
        unit=numbers.unit,
        rater=numbers.rater,
        level=numbers.level,
        n_units=numbers.n_units,
        n_raters=numbers.n_raters,
        n_levels=numbers.n_levels,
        values=np.full(numbers.n_levels, np.nan),
    )
    with pytest.raises(NotComputableError) as refusal:
        icc.icc3(words)
    assert refusal.value.reason is Reason.NO_NUMBERS


def test_perfect_raters_have_a_value_without_a_range() -> None:
    same = panel_from_matrix(matrix([[1, 1], [2, 2], [3, 3]]), [1, 2, 3])
    shifted = panel_from_matrix(matrix([[1, 2], [2, 3], [3, 4]]), [1, 2, 3, 4])

    for form in FORMS.values():
        assert form(same).value == 1
        assert form(same).interval is None
    assert icc.icc3(shifted).value == 1
    assert icc.icc2(shifted).value < 1


def test_perfect_disagreement_has_no_mean_to_rely_on() -> None:
    opposite = panel_from_matrix(matrix([[1, 2], [2, 1], [1, 2], [2, 1]]), [1, 2])

    assert icc.icc1(opposite).value == -1
    assert icc.icc2(opposite).interval is None
    with pytest.raises(NotComputableError) as refusal:
        icc.icc1k(opposite)
    assert refusal.value.reason is Reason.NO_VARIATION


def test_no_order_among_equal_submissions() -> None:
    with pytest.raises(NotComputableError) as refusal:
        icc.kendall_w(panel_from_matrix(matrix([[1, 2], [1, 2]]), [1, 2]))
    assert refusal.value.reason is Reason.NO_VARIATION
