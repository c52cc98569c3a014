"""Qualification, drift, benchmarks, compensatory cuts and many comparisons."""

import numpy as np
import pytest

from assessor_app.reliability.benchmark import (
    LANDIS_KOCH,
    band_at_95_percent,
    cumulative_membership,
)
from assessor_app.reliability.compensatory import (
    TrueBeta,
    effective_test_length,
    livingston_lewis,
)
from assessor_app.reliability.discovery import discoveries
from assessor_app.reliability.distributions import normal_quantile
from assessor_app.reliability.drift import arl, cusum
from assessor_app.reliability.qualification import (
    DEFAULT_PLAN,
    SHORT_PLAN,
    STRICT_PLAN,
    STRICTEST_PLAN,
    Outcome,
    Plan,
    Tolerance,
    bounds,
    characteristic,
    fixed_p_qualify,
    in_tolerance,
    next_chance,
    outcome,
)
from tests.reliability.cases import Expected, close, data, expected


def test_the_default_plan_to_the_last_packet() -> None:
    found = bounds(DEFAULT_PLAN)
    values = {
        "h0": DEFAULT_PLAN.h0,
        "h1": DEFAULT_PLAN.h1,
        "s": DEFAULT_PLAN.slope,
        "qualify_if_failures_le_by_n": found.qualify_at,
        "reject_if_failures_ge_by_n": found.stop_at,
    }
    for case in expected("P13", *values):
        assert close(values[case.stat], case)


@pytest.mark.parametrize("case", expected("P13", "p_qualify", "expected_packets"))
def test_the_error_rates_are_exact(case: Expected) -> None:
    found = characteristic(DEFAULT_PLAN, case.params["true_fail_rate"])

    assert close(getattr(found, case.stat), case)


@pytest.mark.parametrize(
    ("plan", "rates", "qualified"),
    [
        (DEFAULT_PLAN, (0.1, 0.2, 0.3), (0.910, 0.449, 0.109)),
        (SHORT_PLAN, (0.1, 0.25, 0.4), (0.931, 0.444, 0.094)),
        (STRICT_PLAN, (0.1, 0.2, 0.3), (0.959, 0.447, 0.059)),
        (STRICTEST_PLAN, (0.05, 0.125, 0.2), (0.928, 0.450, 0.116)),
    ],
)
def test_the_published_table_of_plans(
    plan: Plan, rates: tuple[float, ...], qualified: tuple[float, ...]
) -> None:
    found = [characteristic(plan, rate).p_qualify for rate in rates]

    assert found == pytest.approx(qualified, abs=6e-4)


def test_five_packets_prove_nothing() -> None:
    assert fixed_p_qualify(5, 1, 0.3) == pytest.approx(0.528, abs=5e-4)
    assert fixed_p_qualify(10, 2, 0.3) == pytest.approx(0.383, abs=5e-4)
    assert fixed_p_qualify(25, 4, 0.1) == pytest.approx(0.902, abs=5e-4)


@pytest.mark.parametrize(
    ("packets", "misses", "proposal", "next_at"),
    [
        (0, 0, Outcome.MORE, 9),
        (9, 0, Outcome.QUALIFY, 9),
        (10, 1, Outcome.MORE, 15),
        (2, 2, Outcome.RETRAIN, 20),
        (30, 5, Outcome.QUALIFY, 30),
        (30, 6, Outcome.RETRAIN, None),
    ],
)
def test_the_plan_proposes(
    packets: int, misses: int, proposal: Outcome, next_at: int | None
) -> None:
    assert outcome(DEFAULT_PLAN, packets=packets, misses=misses) is proposal
    assert next_chance(DEFAULT_PLAN, packets=packets, misses=misses) == next_at


@pytest.mark.parametrize(("packets", "misses"), [(2, 3), (31, 0), (3, -1)])
def test_impossible_counts_are_refused(packets: int, misses: int) -> None:
    with pytest.raises(ValueError, match="misses in"):
        outcome(DEFAULT_PLAN, packets=packets, misses=misses)


def test_a_packet_in_tolerance() -> None:
    rule = Tolerance()

    assert in_tolerance((0, -1, 0), same_decision=True, rule=rule)
    assert not in_tolerance((0, 2, 0), same_decision=True, rule=rule)
    assert not in_tolerance((1, 1, 0), same_decision=True, rule=rule)
    assert not in_tolerance((0, 0, 0), same_decision=False, rule=rule)
    assert in_tolerance((0,), same_decision=False, rule=Tolerance(same_decision=False))


@pytest.mark.parametrize("case", expected("P12", "arl"))
def test_run_lengths_of_the_chart(case: Expected) -> None:
    assert close(arl(case.params["shift"], limit=case.params["h"]), case)


def test_a_lasting_shift_raises_the_alarm_on_its_side() -> None:
    quiet = cusum(np.zeros(50))
    lower = cusum(np.concatenate([np.zeros(10), np.full(20, -1.5)]))

    assert quiet.alarm is None
    assert lower.alarm == 15
    assert lower.up.max() == 0
    assert lower.down[10] == 1.0


def test_the_honest_band_is_below_the_point() -> None:
    coefficient, error = data("P17")["coefficient"], data("P17")["se"]

    (case,) = expected("P17", "cumulative_membership")
    assert close(cumulative_membership(coefficient, error), case)
    assert band_at_95_percent(coefficient, error) == "Moderate"
    assert band_at_95_percent(-0.9, 0.5, LANDIS_KOCH[:2]) == "Substantial"


def test_a_cut_on_a_total() -> None:
    d = data("P14")
    truth = TrueBeta(low=d["l"], high=d["u"], alpha=d["alpha"], beta=d["beta"])
    found = livingston_lewis(truth, d["effective_test_length"], d["cut"])
    values = {
        "ll_accuracy": found.accuracy,
        "ll_consistency": found.consistency,
        "ll_consistency_chance": found.chance,
        "ll_consistency_kappa": found.kappa,
    }
    for case in expected("P14", *values):
        assert close(values[case.stat], case)
    (case,) = expected("P14", "effective_test_length")
    p = case.params
    length = effective_test_length(
        mean=p["mean"],
        variance=p["variance"],
        low=p["min"],
        high=p["max"],
        reliability=p["reliability"],
    )
    assert close(length, case)


def test_few_of_many_comparisons_stand() -> None:
    p_values = np.array([0.001, 0.9, np.nan, 0.04, 0.5])

    assert discoveries(p_values).tolist() == [True, False, False, True, False]
    assert not discoveries(np.array([0.2, np.nan])).any()
    assert not discoveries(np.array([])).any()
    assert normal_quantile(0.975) == pytest.approx(1.959964, abs=1e-6)
