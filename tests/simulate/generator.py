"""Simulated reads under the many-facet model, with the ways real assessors misbehave.

Packets 0 to n_packets - 1 are live work, those after them seeds. Everything follows from the seed
of the generator.
"""

from dataclasses import dataclass, field

import numpy as np

from assessor_app.reliability.arrays import Bools, Floats, Ints
from assessor_app.reliability.facets.likelihood import level_probabilities
from assessor_app.reliability.facets.reads import Reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What to simulate; the defaults are the standard set.

    Attributes:
        assessors: How many.
        packets: Live packets.
        criteria: Of the one rubric.
        levels: Of every criterion.
        shift: 1.5 gives about half awards under "all at least level 2", 2.5 three quarters.
        double: Share of live packets with a random second read.
        seeds: Packets with a definitive rating.
        first_seeds: Seeds every assessor reads to qualify, before 5 % of the own load.
        missing: Share of ratings left out.
        unreadable: Share of packets denied by the access rule and excluded.
        resubmitted: Share of packets that come back, improved, to the same assessor.
        favoured: Added ability of the packets of a third of assessors (non-random assignment).
        drift: Added severity of `drifting` assessors in the second half of their work.
        drifting: How many assessors drift.
        central: Assessors who keep to the middle (their ability is scaled by .6).
        careless: Assessors whose levels are random in a fifth of ratings.
    """

    assessors: int = 20
    packets: int = 1000
    criteria: int = 5
    levels: int = 4
    shift: float = 1.5
    ability_sd: float = 1.5
    halo_sd: float = 0.6
    severity_sd: float = 0.4
    double: float = 0.15
    seeds: int = 30
    first_seeds: int = 10
    missing: float = 0.03
    unreadable: float = 0.05
    resubmitted: float = 0.0
    favoured: float = 0.0
    drift: float = 0.0
    drifting: int = 0
    central: int = 0
    careless: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Simulated:
    """Reads and the truth behind them.

    Attributes:
        reads: With the definitive panel as the last rater when there are seeds.
        severity: Shape (n_assessors,).
        steps: Shape (n_criteria, n_levels - 1).
        ability: Shape (n_packets_and_seeds,).
        later: Shape (n_reads,), reads in the second half of an assessor's work.
        attempt: Shape (n_reads,), 1 for the first submission.
        second: Shape (n_reads,), random second reads.
        group: Shape (n_assessors,), the third of assessors with favoured packets.
    """

    reads: Reads
    severity: Floats
    steps: Floats
    ability: Floats
    later: Bools
    attempt: Ints
    second: Bools
    group: Bools = field(repr=False)


def simulate(setting: Setting, seed: int) -> Simulated:
    """Return one simulated set of reads."""
    rng = np.random.default_rng(seed)
    s = setting
    severity = rng.normal(0, s.severity_sd, s.assessors)
    steps = (
        np.linspace(-1.6, 1.6, s.levels - 1)[None, :]
        + np.linspace(-0.4, 0.4, s.criteria)[:, None]
        - s.shift
    )
    primary = rng.permutation(s.packets) % s.assessors
    group = np.arange(s.assessors) < s.assessors // 3
    ability = rng.normal(0, s.ability_sd, s.packets + s.seeds)
    ability[: s.packets] += s.favoured * group[primary]
    readable = rng.random(s.packets) >= s.unreadable
    live = np.flatnonzero(readable)
    twice = live[rng.random(len(live)) < s.double]
    other = (primary[twice] + rng.integers(1, s.assessors, len(twice))) % s.assessors
    seed_packet, seed_rater = _seed_reads(s, rng)
    packet = np.concatenate([live, twice, seed_packet])
    rater = np.concatenate([primary[live], other, seed_rater])
    second = np.zeros(len(packet), dtype=np.bool_)
    second[len(live) : len(live) + len(twice)] = True
    attempt = np.ones(len(packet), dtype=np.int64)
    again = live[rng.random(len(live)) < s.resubmitted] if s.resubmitted else live[:0]
    ability = np.concatenate([ability, ability[again] + 0.8])
    packet = np.concatenate([packet, np.arange(len(again)) + s.packets + s.seeds])
    rater = np.concatenate([rater, primary[again]])
    second = np.concatenate([second, np.zeros(len(again), dtype=np.bool_)])
    attempt = np.concatenate([attempt, np.full(len(again), 2)])
    later = rng.random(len(packet)) < 0.5
    levels = _levels(s, rng, (ability[packet], rater, later), severity, steps)
    reads = _reads(s, (packet, rater, levels), primary)
    return Simulated(
        reads=reads,
        severity=severity,
        steps=steps,
        ability=ability,
        later=later,
        attempt=attempt,
        second=second,
        group=group,
    )


def _reads(s: Setting, columns: tuple[Ints, Ints, Ints], primary: Ints) -> Reads:
    packet, rater, levels = columns
    return Reads(
        packet=packet,
        rater=rater,
        levels=levels,
        n_levels=np.full(s.criteria, s.levels),
        rubric=np.zeros(s.criteria, dtype=np.int64),
        n_raters=s.assessors + bool(s.seeds),
        panel=s.assessors if s.seeds else None,
        caseload=np.where(packet < s.packets, primary[packet % s.packets], -1),
    )


def _seed_reads(s: Setting, rng: np.random.Generator) -> tuple[Ints, Ints]:
    if not s.seeds:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    each = min(s.seeds, s.first_seeds + round(0.05 * s.packets / s.assessors))
    packets = [rng.choice(s.seeds, each, replace=False) for _ in range(s.assessors)]
    raters = np.repeat(np.arange(s.assessors), each)
    panel = np.arange(s.seeds)
    packet = np.concatenate([*packets, panel]) + s.packets
    return packet, np.concatenate([raters, np.full(s.seeds, s.assessors)])


def _levels(
    s: Setting,
    rng: np.random.Generator,
    who: tuple[Floats, Ints, Bools],
    severity: Floats,
    steps: Floats,
) -> Ints:
    ability, rater, later = who
    panel = rater == s.assessors
    own = np.append(severity, 0.0)[rater] + s.drift * (later & (rater < s.drifting))
    halo = np.where(panel, 0.0, rng.normal(0, s.halo_sd, len(rater)))
    eta = ability + halo - own
    last = s.assessors - s.careless
    central = (rater >= last - s.central) & (rater < last)
    eta = np.where(central, 0.6 * eta, eta)
    chances = level_probabilities(steps, np.full(s.criteria, s.levels), eta)
    draw = rng.random((len(rater), s.criteria))
    levels = (np.cumsum(chances, axis=-1)[..., :-1] < draw[..., None]).sum(axis=-1)
    best = chances.argmax(axis=-1)
    noise = rng.random(levels.shape) < 0.1  # what is left of three experts' differences
    levels = np.where(panel[:, None], np.where(noise, levels, best), levels)
    random = rng.integers(s.levels, size=levels.shape)
    careless = ((rater >= last) & ~panel)[:, None] & (rng.random(levels.shape) < 0.2)
    levels = np.where(careless, random, levels)
    missing = (rng.random(levels.shape) < s.missing) & ~panel[:, None]
    found: Ints = np.where(missing, -1, levels).astype(np.int64)
    return found
