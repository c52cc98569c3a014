import subprocess
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.mutants.run import ROOT, list_mutants
from tests.faults.prove_table import BEGIN, END, figures, write_table
from tests.faults.simulator import History, machines, play
from tests.faults.simulator_machine import Machine
from tests.faults.simulator_naive import NaiveLaptop

SEEDS = 25
NAIVE_SEEDS = 200


@pytest.fixture(scope="module")
def laptops() -> tuple[Machine, ...]:
    return machines()


def test_every_history_keeps_the_invariants(laptops: tuple[Machine, ...]) -> None:
    for seed in range(SEEDS):
        assert play(seed, laptops).broken is None, f"seed {seed}"


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(chance=st.randoms(use_true_random=False))
def test_no_history_that_hypothesis_finds_breaks_one(
    laptops: tuple[Machine, ...], chance: Random
) -> None:
    assert History(chance, laptops).run().broken is None


def test_a_seed_tells_the_same_history_again(laptops: tuple[Machine, ...]) -> None:
    first, again = play(3, laptops), play(3, laptops)

    assert (first.steps, first.hits) == (again.steps, again.hits)


def test_a_naive_client_fails_often_enough(laptops: tuple[Machine, ...]) -> None:
    broken = [play(seed, laptops, NaiveLaptop).broken for seed in range(NAIVE_SEEDS)]
    lost = [one for one in broken if one and one.invariant in ("I1", "I2", "I3", "I4")]

    assert len(lost) >= NAIVE_SEEDS * 0.2


def test_every_mutant_says_its_rule_and_still_fits() -> None:
    mutants = list_mutants()
    patches = [str(mutant.patch) for mutant in mutants]

    assert len(mutants) >= 40
    for patch in patches:
        subprocess.run(["git", "apply", "--check", patch], cwd=ROOT, check=True)


@pytest.mark.parametrize(
    "below",
    [
        {"histories": 99_999},
        {"violations": 1},
        {"rare": ["409 voided"]},
        {"naive_failures_share": 0.199},
        {"cut_points": 999},
        {"cut_violations": 1},
        {"kills": 499},
        {"kill_violations": 1},
        {"crash_states": 9_999},
        {"crash_violations": 1},
        {"rules_removed_unnoticed": 1},
    ],
)
def test_a_figure_below_its_goal_is_not_reached(below: dict[str, object]) -> None:
    (figure,) = figures(below)

    assert figure.reached is False


def test_a_run_that_is_asked_for_less_has_to_reach_less() -> None:
    counted = {"histories": 2_000, "cut_points": 20, "rare": ["409 voided"], "kill_violations": 0}

    assert [one.reached for one in figures(counted, 0.02)] == [True, True, True]


def test_the_table_is_written_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "proof.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")

    write_table(page, {"histories": 100_000, "violations": 0, "rule_hits": {"receipt": 5_000}})

    text = page.read_text()
    assert "old" not in text
    assert "| simulated histories | `histories` | 100,000 | ≥ 100,000 | yes |" in text
    assert "| receipt | 5,000 |" in text
    assert text.startswith("before\n")
    assert text.endswith("after\n")
