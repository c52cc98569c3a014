"""Time, chance and stopping, as the sync needs them; all are passed in."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The times of this computer. `monotonic` counts seconds from anywhere."""

    now: Callable[[], datetime]
    monotonic: Callable[[], float] = time.monotonic
    uniform: Callable[[float, float], float] = random.SystemRandom().uniform


class Stop(Protocol):
    """Tells work to end early. A `threading.Event` is one."""

    def is_set(self) -> bool:
        """Return whether to stop now."""
        ...

    def wait(self, timeout: float | None = None, /) -> bool:
        """Wait, but no longer than until told to stop; return whether to stop."""
        ...
