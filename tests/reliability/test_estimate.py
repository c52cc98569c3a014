"""Intervals of proportions against a published table."""

import pytest

from assessor_app.reliability.estimate import (
    clopper_pearson_ci95,
    proportion,
    wilson_ci95,
    with_t_interval,
)
from tests.reliability.cases import Expected, close, expected

INTERVALS = {"wilson_ci95": wilson_ci95, "clopper_pearson_ci95": clopper_pearson_ci95}


@pytest.mark.parametrize("case", expected("P11", *INTERVALS))
def test_published_intervals(case: Expected) -> None:
    assert close(INTERVALS[case.stat](case.params["x"], case.params["n"]), case)


def test_none_and_all_reach_the_end_and_leave_doubt_on_the_other_side() -> None:
    none, every = wilson_ci95(0, 5), wilson_ci95(5, 5)
    exact_none, exact_every = clopper_pearson_ci95(0, 5), clopper_pearson_ci95(5, 5)

    assert none[0] == exact_none[0] == 0
    assert every[1] == exact_every[1] == 1
    assert min(none[1], exact_none[1]) > 0.4
    assert max(every[0], exact_every[0]) < 0.6


def test_a_share_carries_its_count_and_error() -> None:
    found = proportion(47, 54)

    assert found.n == 54
    assert found.standard_error == pytest.approx(0.0457, abs=1e-4)
    assert found.interval == pytest.approx((0.756, 0.936), abs=1e-3)


def test_an_interval_stays_inside_the_scale() -> None:
    assert with_t_interval(0.9, 0.04, 10).interval == pytest.approx((0.448, 1), abs=1e-3)
    assert with_t_interval(0.9, None, 10).interval is None
