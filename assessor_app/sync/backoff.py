"""When to try again: full jitter for one act, `Retry-After` for the whole queue.

Kept in memory only: a restarted program may try at once.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from assessor_app.domain.ids import ActId
from assessor_app.sync.clock import Clock

FIRST_S = 2.0
LAST_S = 15 * 60.0


def full_jitter_s(tries: int, clock: Clock) -> float:
    """Return a random wait below a ceiling that doubles from 2 s to 15 min with every try."""
    ceiling = min(FIRST_S * 2.0 ** min(tries - 1, 16), LAST_S)
    return clock.uniform(0.0, ceiling)


@dataclass(frozen=True, slots=True)
class _Wait:
    tries: int
    until: float


class Backoff:
    """Remembers which acts wait and until when, and whether everything waits.

    Threads: one round at a time; `answered` on any.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._acts: dict[ActId, _Wait] = {}
        self._paused_until = -math.inf
        self._pauses = 0

    def failed(self, act: ActId) -> None:
        """Let one act wait longer than the last time."""
        known = self._acts.get(act)
        tries = known.tries + 1 if known else 1
        until = self._clock.monotonic() + full_jitter_s(tries, self._clock)
        self._acts[act] = _Wait(tries, until)

    def answered(self, act: ActId) -> None:
        """Forget an act that got its answer."""
        self._acts.pop(act, None)

    def waiting(self) -> frozenset[ActId]:
        """Return the acts whose time has not come."""
        return frozenset(self.waits())

    def waits(self) -> Mapping[ActId, float]:
        """Return how many seconds each waiting act has to wait yet."""
        now = self._clock.monotonic()
        known = tuple(self._acts.items())
        return {act: wait.until - now for act, wait in known if wait.until > now}

    def pause(self, retry_after_s: float | None) -> None:
        """Let everything wait for as long as the platform asked, or with full jitter."""
        self._pauses += 1
        wait_s = (
            full_jitter_s(self._pauses, self._clock) if retry_after_s is None else retry_after_s
        )
        self._paused_until = self._clock.monotonic() + wait_s

    def resume(self) -> None:
        """End the pause: a whole round was answered."""
        self._pauses = 0
        self._paused_until = -math.inf

    def paused_s(self) -> float:
        """Return the seconds until anything may be sent again, 0 when now."""
        return max(0.0, self._paused_until - self._clock.monotonic())

    def next_s(self) -> float | None:
        """Return the seconds until the first waiting act may go; None when none waits."""
        return min(self.waits().values(), default=None)
