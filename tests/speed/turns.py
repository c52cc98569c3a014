"""Two cases measured in turns, and what came of it."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

PAIRS = 9


@dataclass
class Pairs:
    """Two cases measured in turns; seconds of each turn."""

    ours: list[float]
    theirs: list[float]

    @property
    def ratio(self) -> float:
        """The median over pairs of ours by theirs."""
        return statistics.median(a / b for a, b in zip(self.ours, self.theirs, strict=True))

    def told(self) -> tuple[float, float]:
        """Return the medians in milliseconds."""
        ours, theirs = statistics.median(self.ours), statistics.median(self.theirs)
        return round(ours * 1000, 4), round(theirs * 1000, 4)


def in_turns(
    ours: Callable[[], None], theirs: Callable[[], None], times: int = 1, pairs: int = PAIRS
) -> Pairs:
    """Measure both, in turns, after one turn that does not count."""
    found = Pairs([], [])
    for pair in range(pairs + 1):
        for work, seconds in ((ours, found.ours), (theirs, found.theirs)):
            began = time.perf_counter()
            for _ in range(times):
                work()
            if pair:
                seconds.append((time.perf_counter() - began) / times)
    return found
