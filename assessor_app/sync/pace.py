"""How many connections and how long ranges a link rewards."""

import threading
from collections.abc import Callable

STALL_S = 4.5
"""Without a byte for this long a connection is given up for a fresh one."""

MAX_CONNECTIONS = 8
FIRST_CONNECTIONS = 4
MAX_RANGE_CHUNKS = 4
WINDOW_S = 2.0
GAIN = 1.1
"""One connection more is tried as long as the last one let the link carry this much more."""


class Pace:
    """Adapts to a link by what it carried in the last seconds.

    A connection is added while that pays. On a link that carries less than a range in the stall
    limit, ranges shrink to one chunk and then connections to one.

    Threads: one.
    """

    def __init__(self, chunk_bytes: int, monotonic: Callable[[], float]) -> None:
        self.connections = FIRST_CONNECTIONS
        self.range_chunks = MAX_RANGE_CHUNKS
        self.rate_bytes_s = 0.0
        self._chunk_bytes = chunk_bytes
        self._monotonic = monotonic
        self._window_from = monotonic()
        self._window_bytes = 0
        self._best_bytes_s = 0.0
        self._climbing = True

    def arrived(self, n_bytes: int) -> None:
        """Count bytes; at the end of a window, adapt."""
        self._window_bytes += n_bytes
        self.look()

    def look(self) -> None:
        """Adapt if a window is over, bytes or none."""
        seconds = self._monotonic() - self._window_from
        if seconds < WINDOW_S:
            return
        self.rate_bytes_s = self._window_bytes / seconds
        self._window_from += seconds
        self._window_bytes = 0
        if self.rate_bytes_s:
            self._adapt()

    def _adapt(self) -> None:
        carried = self.rate_bytes_s * STALL_S
        fitting = int(carried // self._chunk_bytes)
        self.range_chunks = max(1, min(fitting, MAX_RANGE_CHUNKS))
        if not fitting:
            self.connections, self._climbing, self._best_bytes_s = 1, True, 0.0
        elif self.rate_bytes_s > GAIN * self._best_bytes_s:
            self._best_bytes_s = self.rate_bytes_s
            if self._climbing:
                self.connections = min(self.connections + 1, MAX_CONNECTIONS)
        else:
            self._climbing = False


class Bucket:
    """Lets so many bytes pass each second, over all connections; a second may be saved up.

    Threads: any.
    """

    def __init__(self, bytes_s: float, monotonic: Callable[[], float]) -> None:
        self._bytes_s = bytes_s
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._tokens = bytes_s
        self._filled_at = monotonic()

    def wait_s(self, n_bytes: int) -> float:
        """Take what passed; return how long to wait before more may pass."""
        with self._lock:
            now = self._monotonic()
            filled = self._tokens + (now - self._filled_at) * self._bytes_s
            self._tokens = min(filled, self._bytes_s) - n_bytes
            self._filled_at = now
            return max(0.0, -self._tokens / self._bytes_s)
