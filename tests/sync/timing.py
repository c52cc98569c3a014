"""A clock whose hands a test moves, chance that always says the same, and no second thread."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from typing_extensions import override

from assessor_app.domain.errors import AppError
from assessor_app.sync.clock import Clock
from assessor_app.sync.meanwhile import Meanwhile, T

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


class AtOnce(Meanwhile):
    """Does what is begun before anything else goes on, so that runs are equal."""

    @override
    def begin(self, work: Callable[[], T]) -> Future[T]:
        done: Future[T] = Future()
        try:
            done.set_result(work())
        except AppError as error:
            done.set_exception(error)
        return done
