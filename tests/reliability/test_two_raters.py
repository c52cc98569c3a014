"""Figures of one cross table against published numbers."""

import numpy as np
import pytest

from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.panel import cross_table, panel_from_matrix
from assessor_app.reliability.two_raters import (
    bhapkar,
    cohen_kappa,
    cohen_pe,
    mcnemar_exact_p,
    stuart_maxwell,
    two_by_two,
)
from assessor_app.reliability.weights import Weights
from tests.reliability.cases import close, expected, matrix, panel, table

TWO_BY_TWO = (
    "pabak",
    "positive_agreement",
    "negative_agreement",
    "prevalence_index",
    "bias_index",
)


@pytest.mark.parametrize("oracle", ["P05a", "P05b", "P05c", "P06a", "P06b", "P07a", "P07b", "P09"])
def test_cohen_and_its_error(oracle: str) -> None:
    for case in expected(oracle, "cohen_kappa"):
        found = cohen_kappa(table(oracle), Weights(case.params.get("weights", "identity")))
        assert close(found.standard_error if case.field else found.value, case)


@pytest.mark.parametrize("oracle", ["P05a", "P05b", "P05c", "P06a", "P06b"])
def test_two_by_two_tables(oracle: str) -> None:
    counts = table(oracle)
    for case in expected(oracle, *TWO_BY_TWO):
        assert close(getattr(two_by_two(counts), case.stat), case)
    (chance,) = expected(oracle, "cohen_pe")
    assert close(cohen_pe(counts), chance)
    (p,) = expected(oracle, "mcnemar_exact_p")
    assert close(mcnemar_exact_p(counts), p)


def test_pairs_out_of_three_raters() -> None:
    full = panel("P08")
    first_two = full.rater < 2
    ratings = np.full((full.n_units, 2), np.nan)
    ratings[full.unit[first_two], full.rater[first_two]] = full.values[full.level[first_two]]
    pair = cross_table(panel_from_matrix(ratings, list(full.values)))

    for case in expected("P08", "cohen_kappa"):
        assert close(cohen_kappa(pair, Weights(case.params["weights"])).value, case)


def test_margins_of_seven_thousand_eyes() -> None:
    found = stuart_maxwell(table("P18"))

    for case in expected("P18", "stuart_maxwell_chi2", "stuart_maxwell_p"):
        assert close(found.p if case.stat.endswith("_p") else found.chi2, case)
    (case,) = expected("P18", "bhapkar_chi2")
    assert close(bhapkar(table("P18")).chi2, case)
    assert found.df == 3


def test_kappa_of_a_constant_rater_is_zero() -> None:
    found = cohen_kappa(np.array([[0, 0, 0], [1, 2, 1], [0, 0, 0]]))

    assert found.value == 0
    assert found.interval is None


def test_kappa_of_one_level_is_not_computable() -> None:
    with pytest.raises(NotComputableError) as refusal:
        cohen_kappa(np.array([[4, 0], [0, 0]]))
    assert refusal.value.reason is Reason.ONE_LEVEL


def test_a_kind_that_never_occurs_has_no_agreement() -> None:
    assert two_by_two(np.array([[4, 0], [0, 0]])).negative_agreement is None
    assert two_by_two(np.array([[0, 0], [0, 4]])).positive_agreement is None
    assert mcnemar_exact_p(np.array([[4, 0], [0, 3]])) == 1


def test_margins_need_changes_and_an_inverse() -> None:
    for counts, reason in (
        ([[4, 0], [0, 3]], Reason.NO_CHANGES),
        ([[4, 1, 0, 0], [1, 3, 0, 0], [0, 0, 2, 1], [0, 0, 1, 2]], Reason.SINGULAR),
    ):
        with pytest.raises(NotComputableError) as refusal:
            stuart_maxwell(np.array(counts))
        assert refusal.value.reason is reason


def test_a_cross_table_needs_exactly_two_raters_who_met() -> None:
    for ratings, reason in (
        ([[1, 1, 1]], Reason.TWO_RATERS_ONLY),
        ([[1, None], [None, 1]], Reason.NO_DOUBLE_READS),
    ):
        with pytest.raises(NotComputableError) as refusal:
            cross_table(panel_from_matrix(matrix(ratings), [1, 2]))  # type: ignore[arg-type]  # lists are invariant
        assert refusal.value.reason is reason
