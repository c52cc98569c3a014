"""Variance components against published tables and lme4, and what they say of more reads."""

from collections.abc import Sequence

import numpy as np
import pytest

from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.generalizability import nested_components, reml
from tests.reliability.cases import Expected, close, data, expected, matrix

BRENNAN = matrix(data("P10")["ratings"]).reshape(10, 3, 4)


@pytest.mark.parametrize(
    "case",
    expected("P10", "variance_component", "Erho2", "Phi", "rel_error_var", "abs_error_var"),
)
def test_tasks_with_their_own_raters(case: Expected) -> None:
    found = nested_components(BRENNAN)
    if case.field:
        assert close(getattr(found, case.field), case)
    else:
        design = case.params or {"n_tasks": 3, "n_raters": 4}
        assert close(getattr(found, case.stat.lower())(**design), case)


def test_sparse_totals_as_lme4_finds_them() -> None:
    rows = np.array(data("P15")["rows"])
    found = reml(rows[:, 2:].sum(axis=1).astype(float), rows[:, 0], rows[:, 1])
    components = {
        "submission": found.submission,
        "scorer": found.rater,
        "residual": found.residual,
    }

    for case in expected("P15", "reml_variance_total_score"):
        assert close(components[case.field], case)
    for case in expected("P15", "reml_mean_total_score"):
        assert close(found.mean, case)
    for case in expected("P15", "reml_criterion"):
        assert close(found.criterion, case)
    for case in expected("P15", "scorer_blup_total_score"):
        assert close(found.effects, case)


def test_more_reads_are_more_dependable_but_never_more_than_their_order() -> None:
    rows = np.array(data("P15")["rows"])
    found = reml(rows[:, 2:].sum(axis=1).astype(float), rows[:, 0], rows[:, 1])

    assert found.phi(1) < found.phi(2) < found.erho2(2) < found.erho2(4) < 1


def test_many_submissions_are_taken_in_pieces() -> None:
    rng = np.random.default_rng(3)
    subject = np.repeat(np.arange(2500), 2)
    rater = np.stack([rng.permutation(8)[:2] for _ in range(2500)]).ravel()
    values = (
        rng.normal(0, 2, 2500)[subject] + rng.normal(0, 1, 8)[rater] + rng.normal(0, 1, len(rater))
    )
    found = reml(values, subject, rater)

    assert found.submission == pytest.approx(4, rel=0.1)
    assert found.residual == pytest.approx(1, rel=0.1)


@pytest.mark.parametrize(
    ("values", "subject", "rater", "reason"),
    [
        ([1, 2], [0, 1], [0, 0], Reason.TWO_RATERS_NEEDED),
        ([], [], [], Reason.TWO_RATERS_NEEDED),
        ([1, 2], [0, 0], [0, 1], Reason.TOO_FEW_UNITS),
        ([1, 2], [0, 1], [0, 1], Reason.NO_DOUBLE_READS),
        ([1, 1, 1], [0, 0, 1], [0, 1, 1], Reason.NO_VARIATION),
    ],
)
def test_designs_without_components(
    values: Sequence[float], subject: Sequence[int], rater: Sequence[int], reason: Reason
) -> None:
    with pytest.raises(NotComputableError) as refusal:
        reml(
            np.array(values, dtype=float),
            np.array(subject, dtype=np.int64),
            np.array(rater, dtype=np.int64),
        )
    assert refusal.value.reason is reason


def test_a_nested_design_needs_two_of_everything() -> None:
    with pytest.raises(NotComputableError) as refusal:
        nested_components(BRENNAN[:, :, :1])
    assert refusal.value.reason is Reason.TOO_FEW_UNITS
