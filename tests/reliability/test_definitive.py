"""Ratings and determinations beside definitive ones."""

import numpy as np
import pytest

from assessor_app.reliability.definitive import against_definitive, decision_rates, qwk
from assessor_app.reliability.errors import NotComputableError, Reason
from tests.reliability.cases import close, data, expected

GOLD = np.array(data("P20")["gold"])
GIVEN = np.array(data("P20")["scorer"])
CUT = data("P20")["award_threshold"]


def test_levels_beside_twelve_seeds() -> None:
    found = against_definitive(GIVEN, GOLD)

    for case in expected(
        "P20", "exact", "adjacent_or_exact", "mean_signed_difference", "mean_absolute_difference"
    ):
        assert close(getattr(found, case.stat).value, case)
    (kappa,) = expected("P20", "qwk")
    assert close(qwk(GIVEN, GOLD, 4).value, kappa)


def test_determinations_beside_twelve_seeds() -> None:
    found = decision_rates(GIVEN >= CUT, GOLD >= CUT)

    assert found.sensitivity is not None
    assert found.specificity is not None
    for case in expected("P20", "sensitivity_award", "sensitivity_wilson95"):
        wilson = "wilson" in case.stat
        assert close(found.sensitivity.interval if wilson else found.sensitivity.value, case)
    for case in expected("P20", "specificity_award", "specificity_wilson95"):
        wilson = "wilson" in case.stat
        assert close(found.specificity.interval if wilson else found.specificity.value, case)
    assert (found.false_awards, found.false_denials, found.n) == (0, 1, 12)
    assert found.expected_cost(of_false_award=5, of_false_denial=3) == 3 / 12


def test_a_side_without_cases_has_no_rate() -> None:
    awards = decision_rates(np.array([True]), np.array([True]))
    denials = decision_rates(np.array([True]), np.array([False]))

    assert awards.specificity is None
    assert denials.sensitivity is None
    assert denials.false_awards == 1


def test_nothing_to_compare_is_refused() -> None:
    none = np.array([], dtype=np.int64)
    for refused in (
        lambda: against_definitive(none, none),
        lambda: qwk(none, none, 3),
        lambda: decision_rates(none.astype(bool), none.astype(bool)),
    ):
        with pytest.raises(NotComputableError) as refusal:
            refused()
        assert refusal.value.reason is Reason.NO_CASES


def test_one_submission_has_no_error_and_equal_differences_no_range() -> None:
    assert against_definitive(GIVEN[:1], GOLD[:1]).mean_signed_difference.standard_error is None
    same = against_definitive(GOLD + 1, GOLD).mean_signed_difference
    assert (same.value, same.interval) == (1, None)
