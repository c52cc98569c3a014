"""Determinations under the model: award rates, consistency, accuracy, and what more reads buy.

The award rule is the usual one: every criterion must reach its own required level.
"""

from dataclasses import dataclass

import numpy as np

from assessor_app.reliability.arrays import Floats, Ints
from assessor_app.reliability.facets.likelihood import level_probabilities

_REACH = 5.0  # standard deviations
_POINTS = 201


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """One rubric under the model, with its award rule.

    Attributes:
        steps: Shape (n_criteria, n_steps), step difficulties.
        n_levels: Shape (n_criteria,).
        required: Shape (n_criteria,), least rank for an award; 0 asks nothing.
        ability_sd: Spread of packets.
        halo_sd: Spread of what a read adds to all criteria.
        severity_sd: Spread of assessors.
    """

    steps: Floats
    n_levels: Ints
    required: Ints
    ability_sd: float
    halo_sd: float
    severity_sd: float

    @property
    def read_sd(self) -> float:
        """Return the spread of a read around its packet."""
        return float(np.hypot(self.halo_sd, self.severity_sd))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """A way to decide, judged by what a panel without end would decide.

    Attributes:
        correct: Share decided as that panel would.
        false_award: Share awarded against it.
        false_denial: Share denied against it.
        reads: Mean reads per packet.
    """

    correct: float
    false_award: float
    false_denial: float
    reads: float


def award_given(rule: Rule, at: Floats) -> Floats:
    """Return the probability of an award at ability plus halo minus severity, any shape."""
    award: Floats = np.prod(_reached(rule, at, 0), axis=-1)
    return award


def award_rate(rule: Rule, severity: float = 0.0) -> float:
    """Return the share of typical packets that an assessor of this severity awards."""
    points, weights = _normal(float(np.hypot(rule.ability_sd, rule.halo_sd)))
    return float(weights @ award_given(rule, points - severity))


def consistency(rule: Rule) -> float:
    """Return the probability that two assessors decide alike on the same packet.

    Source:
        The expectation of P^2 + (1 - P)^2 over packets, P being the chance of an award.
    """
    weights, award, _, _ = _by_packet(rule)
    return float(weights @ (award**2 + (1 - award) ** 2))


def accuracy(rule: Rule) -> float:
    """Return the probability that one read decides as a panel without end would."""
    weights, award, _, _ = _by_packet(rule)
    return float(weights @ np.maximum(award, 1 - award))


def planning_table(rule: Rule) -> dict[str, Outcomes]:
    """Return what single, double and near-cut second reads achieve.

    `double` reads everything twice and adds a third read on opposite determinations. `near_cut`
    asks for a second read only if one criterion by one level would turn the determination, and for
    a third on opposite ones.
    """
    weights, award, award_far, deny_far = _by_packet(rule)
    deny = 1 - award
    split = award * deny
    award_near, deny_near = award - award_far, deny - deny_far
    twice = award**2 + 2 * split * award
    near = award_far + award_near * (award + deny * award) + deny_near * award * award
    near_reads = 1 + award_near + deny_near + award_near * deny + deny_near * award
    return {
        "single": _outcomes(weights, award, award, np.ones_like(award)),
        "double": _outcomes(weights, award, twice, 2 + 2 * split),
        "near_cut": _outcomes(weights, award, near, near_reads),
    }


def _outcomes(weights: Floats, award: Floats, decided: Floats, reads: Floats) -> Outcomes:
    deserved = award > 0.5  # noqa: PLR2004 (the majority)
    false_award = float(weights @ np.where(deserved, 0.0, decided))
    false_denial = float(weights @ np.where(deserved, 1 - decided, 0.0))
    return Outcomes(
        correct=1 - false_award - false_denial,
        false_award=false_award,
        false_denial=false_denial,
        reads=float(weights @ reads),
    )


def _by_packet(rule: Rule) -> tuple[Floats, Floats, Floats, Floats]:
    """Return weights of abilities, and there: award, award far from the cut, denial far from it."""
    ability, weights = _normal(rule.ability_sd)
    moved, chances = _normal(rule.read_sd)
    at = ability[:, None] + moved[None, :]
    met, above = _reached(rule, at, 0), _reached(rule, at, 1)
    just_below = _reached(rule, at, -1) - met
    award = np.prod(met, axis=-1)
    one_missing = sum(
        just_below[..., miss] * np.prod(np.delete(met, miss, axis=-1), axis=-1)
        for miss in range(met.shape[-1])
    )
    far = np.prod(above, axis=-1)
    return weights, award @ chances, far @ chances, (1 - award - one_missing) @ chances


def _reached(rule: Rule, at: Floats, extra: int) -> Floats:
    """Return the probability of each criterion reaching its requirement plus `extra` levels.

    A criterion that asks nothing is always met and never near. Shape (..., n_criteria).
    """
    probability = level_probabilities(rule.steps, rule.n_levels, at)
    asked = rule.required > 0
    least = np.where(asked, rule.required + extra, 0)
    ranks: Ints = np.arange(probability.shape[-1], dtype=np.int64)
    counted = np.greater_equal(ranks, least[:, None])
    reached: Floats = np.where(counted, probability, 0.0).sum(axis=-1)
    return reached


def _normal(sd: float) -> tuple[Floats, Floats]:
    """Return points and weights of a normal distribution."""
    points = np.linspace(-_REACH, _REACH, _POINTS)
    density = np.exp(-(points**2) / 2)
    return sd * points, density / density.sum()
