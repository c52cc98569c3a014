"""Many histories, in a few processes, and what they add up to."""

import gc
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context

from tests.faults.prove_table import say
from tests.faults.simulator import Blow, machines, play
from tests.faults.simulator_machine import Machine
from tests.faults.simulator_naive import NaiveLaptop
from tests.faults.simulator_network import Fault
from tests.faults.simulator_operator import Event
from tests.faults.simulator_rows import Row

CHUNK = 250
SHOWN_SEEDS = 20
ENOUGH_SHARE = 0.01
"""Every row of the table and every kind of fault is to be met in one of a hundred histories."""
LOSSES = ("I1", "I2", "I3", "I4")


@dataclass
class Sum:
    """What some histories came to."""

    histories: int = 0
    steps: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    broken: dict[int, str] = field(default_factory=dict)

    def add(self, other: "Sum") -> None:
        self.histories += other.histories
        self.steps += other.steps
        self.hits += other.hits
        self.broken |= other.broken


def simulate(histories: int, processes: int) -> Mapping[str, object]:
    """Return the figures of the product's histories."""
    total = Sum()
    chunks = [range(at, min(at + CHUNK, histories)) for at in range(0, histories, CHUNK)]
    with get_context("spawn").Pool(processes) as pool:
        for part in pool.imap_unordered(_play_all, chunks):
            total.add(part)
            if total.histories % 5_000 < CHUNK:
                say(f"{total.histories} histories, {len(total.broken)} broken")
    rows = {str(row): total.hits[row] for row in Row}
    faults = {str(fault): total.hits[fault] for fault in (*Fault, *Event, *Blow)}
    for seed, why in sorted(total.broken.items())[:SHOWN_SEEDS]:
        say(f"seed {seed}: {why}  (python -m tests.faults.prove --replay {seed})")
    return {
        "histories": total.histories,
        "steps": total.steps,
        "violations": len(total.broken),
        "violating_seeds": sorted(total.broken)[:SHOWN_SEEDS],
        "rule_hits": rows,
        "fault_hits": faults,
        "rare": sorted(
            name
            for name, number in (rows | faults).items()
            if number < ENOUGH_SHARE * total.histories
        ),
    }


def naive(histories: int) -> Mapping[str, object]:
    """Return in which share of the same histories a naive client loses or tells untruth."""
    at = machines()
    lost = 0
    for seed in range(histories):
        broken = play(seed, at, NaiveLaptop).broken
        lost += broken is not None and broken.invariant in LOSSES
    return {"naive_histories": histories, "naive_failures_share": round(lost / histories, 3)}


def _play_all(seeds: Iterable[int]) -> Sum:
    total = Sum()
    gc.disable()
    for seed in seeds:
        outcome = play(seed, _machines())
        total.histories += 1
        total.steps += outcome.steps
        total.hits += outcome.hits
        if outcome.broken:
            total.broken[seed] = str(outcome.broken)
        if seed % 50 == 0:
            gc.collect()
    gc.enable()
    return total


@cache
def _machines() -> tuple[Machine, ...]:
    return machines()
