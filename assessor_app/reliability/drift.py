"""Has an assessor changed? A two-sided cumulative sum of standardised residuals."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from assessor_app.reliability.arrays import Floats
from assessor_app.reliability.distributions import normal_cdf

SLACK = 0.5
LIMIT = 5.0  # a false alarm every 465 reads; 4 gives one every 168


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chart:
    """The sums after every residual, and where they first passed the limit (None: nowhere)."""

    up: Floats
    down: Floats
    alarm: int | None


def cusum(residuals: Floats, *, slack: float = SLACK, limit: float = LIMIT) -> Chart:
    """Return the two-sided tabular CUSUM.

    Args:
        residuals: Shape (n,), standardised, in time order; positive means more lenient.
        slack: Shift per residual that is forgiven, in standard deviations.
        limit: Alarm when a sum exceeds it.

    Source:
        Montgomery, Introduction to Statistical Quality Control, section 9.1.
    """
    up, down = np.empty(len(residuals)), np.empty(len(residuals))
    above = below = 0.0
    alarm: int | None = None
    for index, residual in enumerate(residuals):
        above = max(0.0, above + float(residual) - slack)
        below = max(0.0, below - float(residual) - slack)
        up[index], down[index] = above, below
        if alarm is None and max(above, below) > limit:
            alarm = index
    return Chart(up=up, down=down, alarm=alarm)


@cache
def arl(shift: float, *, slack: float = SLACK, limit: float = LIMIT, states: int = 200) -> float:
    """Return the average run length of the two-sided chart until an alarm.

    Args:
        shift: True mean of the residuals in standard deviations; 0 gives the reads between
            false alarms.
        slack: As in `cusum`.
        limit: As in `cusum`.
        states: Cells of the Markov chain; the error falls with its square.

    Source:
        Brook & Evans (1972), Biometrika 59; both sides by van Dobben de Bruyn (1968).
    """
    up = _one_sided(shift, slack, limit, states)
    down = _one_sided(-shift, slack, limit, states)
    return 1 / (1 / up + 1 / down)


def _one_sided(shift: float, slack: float, limit: float, states: int) -> float:
    width = 2 * limit / (2 * states - 1)
    edges = (np.arange(-states + 1, states + 1) - 0.5) * width + slack - shift
    reached = np.array([normal_cdf(edge) for edge in edges])
    step = np.arange(states)
    above = reached[step[None, :] - step[:, None] + states]
    below = reached[step[None, :] - step[:, None] + states - 1]
    moves = above - below
    moves[:, 0] = above[:, 0]
    return float(np.linalg.solve(np.eye(states) - moves, np.ones(states))[0])
