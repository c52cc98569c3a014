"""A clock whose hands a test moves, and chance that always says the same."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from assessor_app.sync.clock import Clock

MORNING = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


@dataclass
class Hands:
    """Seconds since the morning. `share` is where in its range every random number lies."""

    seconds: float = 0.0
    share: float = 1.0

    def clock(self) -> Clock:
        return Clock(now=self.now, monotonic=self.monotonic, uniform=self.uniform)

    def now(self) -> datetime:
        return MORNING + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    def uniform(self, low: float, high: float) -> float:
        return low + (high - low) * self.share
