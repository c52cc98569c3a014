"""What an operator asks of clients and allows the database: the causes of 426, 429 and 507."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from threading import Lock

from assessor_app.reference_platform.errors import RefusedError
from assessor_app.wire.messages import PROTOCOL, ProblemKind

FULL_WAIT_S = 300
"""Until the operator may have made room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demands:
    """`oldest_protocol` is the oldest that reviews may still come in; reading and voids stay open.

    `database_bytes` is the most the database may take, `requests_a_minute` the most that one token
    may ask; 0: no limit.
    """

    oldest_protocol: int = PROTOCOL
    database_bytes: int = 0
    requests_a_minute: int = 0

    def check_protocol(self, spoken: int) -> None:
        """Refuse a review in a protocol that is too old."""
        if spoken < self.oldest_protocol:
            raise RefusedError(ProblemKind.TOO_OLD, upgrade=self.oldest_protocol)


NO_DEMANDS = Demands()


class Rates:
    """How much each token may still ask: a minute's worth can be saved up. Threads: any."""

    def __init__(self, requests_a_minute: int, clock: Callable[[], datetime]) -> None:
        self._limit, self._clock = requests_a_minute, clock
        self._left: dict[str, tuple[float, datetime]] = {}
        self._lock = Lock()

    def take(self, token: str) -> None:
        """Take one request of a token. Raises RefusedError with the seconds until the next one."""
        if not self._limit:
            return
        with self._lock:
            now = self._clock()
            left, at = self._left.get(token, (float(self._limit), now))
            a_second = self._limit / 60
            passed_s = max((now - at).total_seconds(), 0.0)  # a clock may be set back
            left = min(left + passed_s * a_second, float(self._limit))
            may = left >= 1.0
            self._left[token] = (left - may, now)
        if not may:
            wait_s = ceil((1.0 - left) / a_second)
            raise RefusedError(ProblemKind.TOO_MANY, retry_after_s=wait_s)
