"""The many-facet engine against a published engine's numbers, calculus and the truth."""

import numpy as np
import pytest

from assessor_app.reliability.arrays import Floats
from assessor_app.reliability.errors import CancelledError, NotComputableError, Reason
from assessor_app.reliability.facets.collapse import parts
from assessor_app.reliability.facets.curvature import (
    caseload_information,
    severity_information,
)
from assessor_app.reliability.facets.fit import Fit, fit
from assessor_app.reliability.facets.layout import Model
from assessor_app.reliability.facets.likelihood import (
    Parameters,
    slope,
    tables,
    uniform_grid,
)
from assessor_app.reliability.facets.reads import Reads, link_groups, linked_reads
from assessor_app.reliability.facets.severity import in_levels, level_slope, severities
from assessor_app.reliability.optimiser import minimise
from tests.reliability.cases import close, data, expected
from tests.simulate.generator import Setting, Simulated, simulate

PLAIN = Model(halo=False, shrink=False)
SMALL = Setting(assessors=8, packets=160, seeds=12, first_seeds=6)


def p15() -> Reads:
    rows = np.array(data("P15")["rows"])
    return Reads(
        packet=rows[:, 0],
        rater=rows[:, 1],
        levels=rows[:, 2:],
        n_levels=np.full(3, 4),
        rubric=np.zeros(3, dtype=np.int64),
        n_raters=6,
    )


@pytest.fixture(scope="module")
def plain() -> Fit:
    return fit(p15(), PLAIN, grid=uniform_grid(9, 0.2))


@pytest.fixture(scope="module")
def small() -> Simulated:
    return simulate(SMALL, 5)


def test_without_halo_and_shrinkage_it_is_the_published_engine(plain: Fit) -> None:
    steps = plain.parameters(0).steps
    found: dict[str, object] = {
        "severity_centered": severities(plain).logits,
        "criterion_difficulty": steps.mean(axis=1),
        "step_parameters": steps,
        "theta_variance": plain.ability_sd**2,
        "deviance": plain.deviance,
    }
    for stat, value in found.items():
        for case in expected("P15", stat):
            assert close(value, case)


def test_the_coarse_grid_is_fine_enough(plain: Fit) -> None:
    coarse = fit(p15(), PLAIN)

    assert severities(coarse).logits == pytest.approx(severities(plain).logits, abs=2e-4)


def test_slopes_and_curvature_are_those_of_the_value(small: Simulated) -> None:
    (placed,) = parts(small.reads)
    grid, n = uniform_grid(), SMALL.assessors
    rng = np.random.default_rng(0)

    def at(v: Floats) -> tuple[float, Floats, Floats]:
        p = Parameters(
            severity=np.append(v[:n], 0.0),
            steps=v[2 * n + 1 : -3].reshape(small.steps.shape),
            load_mean=np.concatenate([[0.0], v[n : 2 * n + 1]]),
            ability_sd=float(np.exp(v[-3])),
            halo_sd=float(np.exp(v[-2])),
            sharpness=float(np.exp(v[-1])),
        )
        t = tables(placed.part, grid, p)
        s = slope(placed.part, grid, p, t)
        tail = [s.log_ability_sd, s.log_halo_sd, s.log_sharpness]
        gradient = np.concatenate([s.severity[:n], s.load_mean[1:], s.steps.ravel(), tail])
        of_loads, shared = caseload_information(placed.part, grid, p, t)
        own = severity_information(placed.part, p, t, s)[:n, :n]
        across = shared[:n, 1:]
        return s.value, gradient, np.block([[own, across], [across.T, of_loads[1:, 1:]]])

    first = rng.normal(0, 0.3, 2 * n + 1)
    start = np.concatenate([first, small.steps.ravel(), [0.3, -0.7, 0.7]])
    _, gradient, information = at(start)
    for index in range(len(start)):
        step = np.zeros(len(start))
        step[index] = 1e-5
        above, below = at(start + step), at(start - step)
        assert gradient[index] == pytest.approx((above[0] - below[0]) / 2e-5, abs=2e-5)
        if index < len(first):
            second = (above[1][: len(first)] - below[1][: len(first)]) / 2e-5
            assert information[index] == pytest.approx(-second, abs=1e-5)


def test_severities_are_found_with_their_panel(small: Simulated) -> None:
    fitted = fit(small.reads)
    found = severities(fitted)
    error = found.logits - small.severity

    assert np.abs(error / found.standard_errors).max() < 3
    assert np.sqrt(np.mean(error**2)) < 0.45
    assert 0 < level_slope(fitted) < 0.6
    assert 0.1 < fitted.halo_sd < 1.2
    pool = severities(fitted, to_pool=True)
    assert pool.logits.mean() == pytest.approx(0, abs=1e-9)
    assert pool.standard_errors.mean() < found.standard_errors.mean()


def test_ignoring_the_halo_promises_too_much(small: Simulated) -> None:
    naive = severities(fit(small.reads, Model(halo=False)), to_pool=True)

    honest = severities(fit(small.reads), to_pool=True)
    assert naive.standard_errors.mean() < 0.95 * honest.standard_errors.mean()


def test_caseloads_keep_severities_free_of_who_got_the_good_work() -> None:
    setting = Setting(assessors=12, packets=900, double=0.4, seeds=0, favoured=1.5)
    truth = simulate(setting, 3)
    shared = linked_reads(truth.reads)

    def bias(model: Model) -> float:
        error = severities(fit(shared, model)).logits - truth.severity
        return float(error[truth.group].mean() - error[~truth.group].mean())

    assert abs(bias(Model(caseload=True))) < abs(bias(Model())) - 0.02


def test_few_caseloads_are_not_modelled() -> None:
    reads = simulate(Setting(assessors=3, packets=60, double=0.5, seeds=0), 3).reads

    few = fit(linked_reads(reads), Model(caseload=True))
    assert len(few.layout.loads) == 0
    assert few.reads.caseload is None


def test_a_harsh_assessor_gives_less_in_levels(small: Simulated) -> None:
    fitted = fit(small.reads)
    found = severities(fitted)
    levels = in_levels(found, level_slope(fitted), np.full(len(found.raters), 20))
    harshest = int(found.logits.argmax())

    assert levels[harshest].value == min(estimate.value for estimate in levels)
    assert all(
        estimate.interval is not None
        and estimate.interval[0] < estimate.value < estimate.interval[1]
        for estimate in levels
    )


def test_reversing_the_levels_turns_the_severities_round() -> None:
    reads = p15()
    back = Reads(
        packet=reads.packet,
        rater=reads.rater,
        levels=3 - reads.levels,
        n_levels=reads.n_levels,
        rubric=reads.rubric,
        n_raters=6,
    )

    assert severities(fit(back, PLAIN)).logits == pytest.approx(
        -severities(fit(reads, PLAIN)).logits, abs=2e-4
    )


def test_the_order_of_reads_and_packets_does_not_matter(small: Simulated) -> None:
    reads = small.reads
    order = np.random.default_rng(4).permutation(len(reads.packet))
    names = np.random.default_rng(5).permutation(int(reads.packet.max()) + 1)
    shuffled = Reads(
        packet=names[reads.packet[order]],
        rater=reads.rater[order],
        levels=reads.levels[order],
        n_levels=reads.n_levels,
        rubric=reads.rubric,
        n_raters=reads.n_raters,
        panel=reads.panel,
    )

    assert severities(fit(shuffled)).logits == pytest.approx(
        severities(fit(reads)).logits, abs=1e-6
    )


def test_rubrics_with_their_own_levels_share_their_assessors(small: Simulated) -> None:
    other = simulate(
        Setting(assessors=8, packets=25, criteria=2, levels=3, seeds=0, double=0.5), 6
    ).reads
    first = small.reads
    shift = int(first.packet.max()) + 1
    padded = np.full((len(first.packet), 2), -1)
    reads = Reads(
        packet=np.concatenate([first.packet, other.packet + shift]),
        rater=np.concatenate([first.rater, other.rater]),
        levels=np.concatenate(
            [
                np.concatenate([first.levels, padded], axis=1),
                np.concatenate([np.full((len(other.packet), 5), -1), other.levels], axis=1),
            ]
        ),
        n_levels=np.array([4] * 5 + [3] * 2),
        rubric=np.array([0] * 5 + [1] * 2),
        n_raters=9,
        panel=8,
    )
    together, alone = fit(reads), fit(first)

    assert len(together.placed) == 2
    assert together.parameters(1).steps.shape == (2, 2)
    assert severities(together).standard_errors.mean() < severities(alone).standard_errors.mean()
    assert np.corrcoef(severities(together).logits, severities(alone).logits)[0, 1] > 0.9


def test_a_level_nobody_used_stays_within_reach() -> None:
    reads = p15()
    five = Reads(
        packet=reads.packet,
        rater=reads.rater,
        levels=reads.levels,
        n_levels=np.array([5, 4, 4]),
        rubric=reads.rubric,
        n_raters=6,
    )
    steps = fit(five).parameters(0).steps

    assert 2 < steps[0, 3] < 15


def test_unlinked_assessors_are_separate_groups() -> None:
    reads = Reads(
        packet=np.array([0, 0, 1, 1, 2, 2, 3]),
        rater=np.array([0, 1, 1, 2, 3, 4, 5]),
        levels=np.array([[1], [0], [1], [2], [0], [2], [1]]),
        n_levels=np.array([3]),
        rubric=np.array([0]),
        n_raters=6,
    )

    assert link_groups(reads).tolist() == [0, 0, 0, 3, 3, -1]
    assert len(linked_reads(reads).packet) == 6
    found = severities(fit(reads))
    for group in (0, 3):
        assert found.logits[found.group == group].sum() == pytest.approx(0, abs=1e-9)


def test_two_assessors_have_an_assumed_spread() -> None:
    reads = p15()
    pair = fit(reads.only(reads.rater < 2))

    assert pair.severity_sd == 0.4


def test_a_fit_can_be_stopped(small: Simulated) -> None:
    stages: list[str] = []

    def stop(stage: str, done: int) -> None:
        stages.append(stage)
        if done == 3:
            raise CancelledError

    with pytest.raises(CancelledError):
        fit(small.reads, progress=stop)
    assert len(stages) == 3


def test_nothing_rated_is_refused() -> None:
    reads = p15()
    empty = Reads(
        packet=reads.packet,
        rater=reads.rater,
        levels=np.full_like(reads.levels, -1),
        n_levels=reads.n_levels,
        rubric=reads.rubric,
        n_raters=6,
    )
    with pytest.raises(NotComputableError) as refusal:
        fit(empty)
    assert refusal.value.reason is Reason.NO_EVIDENCE


def test_a_search_that_does_not_end_is_told() -> None:
    def zigzag(x: Floats) -> tuple[float, Floats]:
        return float(np.abs(x).sum()), np.full(len(x), np.nan)

    bounds = (np.full(1, -1.0), np.full(1, 1.0))
    with pytest.raises(NotComputableError) as refusal:
        minimise(zigzag, np.array([0.5]), bounds=bounds, tolerance=1e-9)
    assert refusal.value.reason is Reason.NOT_CONVERGED
