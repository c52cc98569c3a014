"""Sequential qualification: as few packets as the wanted error rates allow (truncated SPRT).

The trial is a packet, in tolerance or missed. Outcomes are proposals to a lead.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor, log

import numpy as np

_SLACK = 1e-9  # the bounds are whole numbers at exact fractions, which a bare float misses


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A test of a miss rate.

    Attributes:
        good_fail_rate: Miss rate that should qualify.
        bad_fail_rate: Miss rate that should not.
        alpha: Accepted probability of stopping a good assessor.
        beta: Accepted probability of qualifying a bad one.
        n_max: Packets after which a decision falls.
    """

    good_fail_rate: float
    bad_fail_rate: float
    alpha: float
    beta: float
    n_max: int

    @property
    def slope(self) -> float:
        """Return the misses per packet between the bounds."""
        return log((1 - self.good_fail_rate) / (1 - self.bad_fail_rate)) / self._log_odds

    @property
    def h0(self) -> float:
        """Return the intercept of the qualifying bound, below 0 misses."""
        return log((1 - self.alpha) / self.beta) / self._log_odds

    @property
    def h1(self) -> float:
        """Return the intercept of the stopping bound."""
        return log((1 - self.beta) / self.alpha) / self._log_odds

    @property
    def _log_odds(self) -> float:
        good, bad = self.good_fail_rate, self.bad_fail_rate
        return log(bad * (1 - good) / (good * (1 - bad)))


DEFAULT_PLAN = Plan(good_fail_rate=0.1, bad_fail_rate=0.3, alpha=0.1, beta=0.1, n_max=30)
SHORT_PLAN = Plan(good_fail_rate=0.1, bad_fail_rate=0.4, alpha=0.1, beta=0.1, n_max=20)
STRICT_PLAN = Plan(good_fail_rate=0.1, bad_fail_rate=0.3, alpha=0.05, beta=0.05, n_max=50)
STRICTEST_PLAN = Plan(good_fail_rate=0.05, bad_fail_rate=0.2, alpha=0.1, beta=0.1, n_max=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The plan as two tables by number of packets, from the first packet on.

    Attributes:
        qualify_at: Qualify with at most so many misses; negative means not yet possible.
        stop_at: Stop with at least so many misses.
    """

    qualify_at: tuple[int, ...]
    stop_at: tuple[int, ...]


def bounds(plan: Plan) -> Bounds:
    """Return the decision tables of a plan; at the last packet one of the two always holds.

    Source:
        Wald (1947), Sequential Analysis, section 5.3; truncation at slope * n_max.
    """
    packets = range(1, plan.n_max)
    last = floor(plan.slope * plan.n_max + _SLACK)
    qualify = [floor(plan.slope * n - plan.h0 + _SLACK) for n in packets]
    stop = [ceil(plan.slope * n + plan.h1 - _SLACK) for n in packets]
    return Bounds(qualify_at=(*qualify, last), stop_at=(*stop, last + 1))


class Outcome(StrEnum):
    """What the plan proposes to the lead."""

    QUALIFY = "qualify"
    MORE = "more packets"
    RETRAIN = "retrain"


def outcome(plan: Plan, *, packets: int, misses: int) -> Outcome:
    """Return the proposal after `packets` packets with `misses` of them out of tolerance.

    Raises:
        ValueError: More misses than packets, or more packets than the plan has.
    """
    if not 0 <= misses <= packets <= plan.n_max:
        raise ValueError(f"{misses} misses in {packets} packets of {plan.n_max}")
    if not packets:
        return Outcome.MORE
    tables = bounds(plan)
    if misses >= tables.stop_at[packets - 1]:
        return Outcome.RETRAIN
    return Outcome.QUALIFY if misses <= tables.qualify_at[packets - 1] else Outcome.MORE


def next_chance(plan: Plan, *, packets: int, misses: int) -> int | None:
    """Return after how many packets the assessor can qualify without a further miss.

    None when that is out of reach.
    """
    tables = bounds(plan)
    return next(
        (n for n in range(packets, plan.n_max + 1) if n and misses <= tables.qualify_at[n - 1]),
        None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Characteristic:
    """What a plan does to an assessor with a known miss rate."""

    p_qualify: float
    expected_packets: float


def characteristic(plan: Plan, true_fail_rate: float) -> Characteristic:
    """Return the exact probability of qualifying and the mean number of packets.

    Source:
        Exact dynamic programming over packets and misses.
    """
    tables = bounds(plan)
    alive = np.zeros(plan.n_max + 2)
    alive[0] = 1.0
    misses = np.arange(plan.n_max + 2)
    qualified = packets = 0.0
    for qualify, stop in zip(tables.qualify_at, tables.stop_at, strict=True):
        packets += float(alive.sum())
        alive = alive * (1 - true_fail_rate) + np.roll(alive, 1) * true_fail_rate
        qualified += float(alive[misses <= qualify].sum())
        alive[(misses <= qualify) | (misses >= stop)] = 0.0
    return Characteristic(p_qualify=qualified, expected_packets=packets)


def fixed_p_qualify(n: int, allowed: int, true_fail_rate: float) -> float:
    """Return the probability of qualifying in a fixed test of `n` packets, `allowed` misses."""
    from_none = np.zeros(n + 1)
    from_none[0] = 1.0
    for _ in range(n):
        from_none = from_none * (1 - true_fail_rate) + np.roll(from_none, 1) * true_fail_rate
    return float(from_none[: allowed + 1].sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """When a packet counts as in tolerance; the issuer edits this.

    Attributes:
        same_decision: The determination must be the definitive one.
        farthest: Greatest distance of any criterion, in levels.
        most_off: Criteria that may be off at all.
    """

    same_decision: bool = True
    farthest: int = 1
    most_off: int = 1


def in_tolerance(distances: tuple[int, ...], *, same_decision: bool, rule: Tolerance) -> bool:
    """Tell whether a packet is in tolerance, from the distance of each criterion in levels."""
    far = any(abs(distance) > rule.farthest for distance in distances)
    off = sum(1 for distance in distances if distance)
    return not far and off <= rule.most_off and (same_decision or not rule.same_decision)
