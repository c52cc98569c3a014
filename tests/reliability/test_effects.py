"""What the model says beyond severity, on assessors whose faults are known."""

from dataclasses import replace

import numpy as np
import pytest

from assessor_app.reliability.discovery import discoveries
from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.facets.compare import (
    both_fits,
    divergence,
    period_contrasts,
)
from assessor_app.reliability.facets.decision import (
    Rule,
    accuracy,
    award_rate,
    consistency,
    planning_table,
)
from assessor_app.reliability.facets.effects import (
    central_tendency,
    criterion_severity,
    halo_sd,
    surprise,
)
from assessor_app.reliability.facets.evidence import Expected, from_others
from assessor_app.reliability.facets.fit import Fit, fit
from assessor_app.reliability.facets.reads import Reads
from assessor_app.reliability.facets.severity import severities
from tests.simulate.generator import Setting, Simulated, simulate

FAULTS = Setting(assessors=10, packets=500, double=0.6, seeds=30, central=1, careless=1)
CENTRAL, CARELESS, SOUND = 8, 9, 3


@pytest.fixture(scope="module")
def faulty() -> Simulated:
    return simulate(FAULTS, 21)


@pytest.fixture(scope="module")
def fitted(faulty: Simulated) -> Fit:
    return fit(faulty.reads)


@pytest.fixture(scope="module")
def evidence(fitted: Fit) -> Expected:
    return from_others(fitted)


def none_of(evidence: Expected) -> Expected:
    return evidence.of(99)


def test_the_careless_assessor_surprises_most(evidence: Expected) -> None:
    found = [surprise(evidence.of(rater), seed=1) for rater in range(10)]
    worst = max(range(10), key=lambda rater: found[rater].excess.value)

    assert worst == CARELESS
    interval = found[CARELESS].excess.interval
    assert interval is not None
    assert interval[0] > 0
    assert found[CARELESS].outfit > 1.3
    assert found[SOUND].pit.sum() == len(evidence.of(SOUND).level)


def test_the_assessor_of_the_middle_has_a_flat_slope(evidence: Expected) -> None:
    found = {rater: central_tendency(evidence.of(rater)) for rater in range(CARELESS)}

    flattest = min(found, key=lambda rater: found[rater].spread_ratio)
    assert flattest == CENTRAL
    interval = found[CENTRAL].slope.interval
    assert interval is not None
    assert interval[1] < 1
    assert found[SOUND].never_used == ()


def test_a_level_that_is_avoided_is_named(evidence: Expected) -> None:
    own = evidence.of(SOUND)
    avoiding = Expected(
        read=own.read,
        rater=own.rater,
        criterion=own.criterion,
        level=np.minimum(own.level, 2),
        probability=own.probability,
    )

    assert {rank for _, rank in central_tendency(avoiding).never_used} == {3}


def test_severity_on_one_criterion_is_told_from_severity(evidence: Expected) -> None:
    own = evidence.of(SOUND)
    harsh = np.where(own.criterion == 1, np.maximum(own.level - 1, 0), own.level)
    found = criterion_severity(
        Expected(
            read=own.read,
            rater=own.rater,
            criterion=own.criterion,
            level=harsh,
            probability=own.probability,
        )
    )
    named = discoveries(np.array([one.p for one in found]))

    less = [one.criterion for one, is_named in zip(found, named, strict=True) if is_named]
    assert [one.criterion for one in found if one.extra.value < -0.2] == [1]
    assert 1 in less


def test_few_reads_have_no_criterion_severity(evidence: Expected) -> None:
    own = evidence.of(SOUND)

    assert criterion_severity(own.chosen(own.read == own.read[0])) == ()


def test_the_halo_of_one_assessor_is_near_the_truth(fitted: Fit) -> None:
    found = [halo_sd(fitted, rater) for rater in range(8)]

    assert np.mean([estimate.value for estimate in found]) == pytest.approx(0.6, abs=0.2)
    assert all(
        estimate.interval is not None
        and estimate.interval[0] <= estimate.value <= estimate.interval[1]
        for estimate in found
    )


def test_without_shared_packets_there_is_nothing_to_say(evidence: Expected, fitted: Fit) -> None:
    for refused, reason in (
        (lambda: surprise(none_of(evidence), seed=1), Reason.NO_DOUBLE_READS),
        (lambda: central_tendency(none_of(evidence)), Reason.TOO_FEW_UNITS),
        (lambda: halo_sd(fitted, 99), Reason.NO_EVIDENCE),
    ):
        with pytest.raises(NotComputableError) as refusal:
            refused()
        assert refusal.value.reason is reason


def test_equal_expectations_have_no_slope() -> None:
    flat = Expected(
        read=np.arange(4),
        rater=np.zeros(4, dtype=np.int64),
        criterion=np.zeros(4, dtype=np.int64),
        level=np.array([0, 1, 0, 1]),
        probability=np.full((4, 2), 0.5),
    )
    with pytest.raises(NotComputableError) as refusal:
        central_tendency(flat)
    assert refusal.value.reason is Reason.NO_VARIATION


def test_a_single_shared_read_has_no_range() -> None:
    one = Expected(
        read=np.zeros(1, dtype=np.int64),
        rater=np.zeros(1, dtype=np.int64),
        criterion=np.zeros(1, dtype=np.int64),
        level=np.array([1]),
        probability=np.array([[0.5, 0.5]]),
    )

    assert surprise(one, seed=1).excess.interval is None


@pytest.mark.parametrize(
    ("shift", "table"),
    [
        (1.5, {"single": (0.795, 1), "double": (0.855, 2.28), "near_cut": (0.853, 1.74)}),
        (2.5, {"single": (0.826, 1), "double": (0.880, 2.24), "near_cut": (0.875, 1.74)}),
    ],
)
def test_the_planning_table_is_the_simulated_one(
    shift: float, table: dict[str, tuple[float, float]]
) -> None:
    steps = np.linspace(-1.6, 1.6, 3)[None, :] + np.linspace(-0.4, 0.4, 5)[:, None] - shift
    rule = Rule(
        steps=steps,
        n_levels=np.full(5, 4),
        required=np.full(5, 2),
        ability_sd=1.5,
        halo_sd=0.6,
        severity_sd=0.4,
    )
    found = planning_table(rule)

    for policy, (correct, reads) in table.items():
        assert found[policy].correct == pytest.approx(correct, abs=0.004)
        assert found[policy].reads == pytest.approx(reads, abs=0.01)
    assert accuracy(rule) == pytest.approx(found["single"].correct, abs=1e-9)
    assert award_rate(rule, 0.5) < award_rate(rule) < award_rate(rule, -0.5)
    if shift == 1.5:
        assert consistency(rule) == pytest.approx(0.72, abs=0.005)
        assert award_rate(rule) == pytest.approx(0.5, abs=0.02)


def test_a_rule_that_asks_nothing_awards_everything() -> None:
    rule = Rule(
        steps=np.zeros((2, 1)),
        n_levels=np.array([2, 2]),
        required=np.array([0, 0]),
        ability_sd=1.0,
        halo_sd=0.5,
        severity_sd=0.5,
    )

    assert award_rate(rule) == pytest.approx(1)
    assert planning_table(rule)["near_cut"].reads == pytest.approx(1)


def test_random_assignment_raises_no_warning_and_favours_do() -> None:
    setting = Setting(assessors=12, packets=900)
    fair = both_fits(simulate(setting, 2).reads)
    unfair = simulate(replace(setting, favoured=1.6), 2)
    found = both_fits(unfair.reads)
    error = severities(found.linked, to_pool=True).logits - unfair.severity
    all_error = severities(found.everything, to_pool=True).logits - unfair.severity

    assert fair.divergence is not None
    assert not fair.divergence.alarm
    assert found.divergence is not None
    assert found.divergence.alarm
    bias, all_bias = (
        float(e[unfair.group].mean() - e[~unfair.group].mean()) for e in (error, all_error)
    )
    assert abs(bias) < abs(all_bias) / 2


def test_fits_of_the_same_reads_do_not_diverge(fitted: Fit) -> None:
    with pytest.raises(NotComputableError) as refusal:
        divergence(fitted, fitted)
    assert refusal.value.reason is Reason.NO_EVIDENCE


def test_shared_packets_alone_have_nothing_to_contradict(faulty: Simulated) -> None:
    reads = faulty.reads
    seeds = reads.only(reads.packet >= FAULTS.packets)

    assert both_fits(seeds).divergence is None


def test_unshared_packets_have_no_linked_fit() -> None:
    reads = Reads(
        packet=np.arange(4),
        rater=np.array([0, 1, 0, 1]),
        levels=np.array([[0], [1], [1], [0]]),
        n_levels=np.array([2]),
        rubric=np.array([0]),
        n_raters=2,
    )
    with pytest.raises(NotComputableError) as refusal:
        both_fits(reads)
    assert refusal.value.reason is Reason.NOT_LINKED


def test_a_change_of_two_thirds_of_a_level_is_seen() -> None:
    truth = simulate(Setting(assessors=8, packets=800, drift=1.5, drifting=1), 9)
    found = period_contrasts(truth.reads, truth.later)
    named = discoveries(np.array([one.p for one in found]))

    assert named[0]
    assert max(found, key=lambda one: abs(one.z)).rater == 0
    assert found[0].change.value > 0
    assert found[0].z == pytest.approx(
        found[0].change.value / (found[0].change.standard_error or 0)
    )


def test_one_period_alone_has_no_contrast(faulty: Simulated) -> None:
    reads = faulty.reads.only(faulty.reads.rater != faulty.reads.panel)
    with pytest.raises(NotComputableError) as refusal:
        period_contrasts(
            Reads(
                packet=reads.packet,
                rater=reads.rater,
                levels=reads.levels,
                n_levels=reads.n_levels,
                rubric=reads.rubric,
                n_raters=reads.n_raters,
            ),
            np.zeros(len(reads.packet), dtype=np.bool_),
        )
    assert refusal.value.reason is Reason.NO_CASES
