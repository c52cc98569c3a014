"""`make bench`: every measured promise beside its peer, into `build/reports/bench.json`.

Usage: python -m tests.speed.bench [store] [window] [network]; without a name all three, which
takes about a quarter of an hour. The statistics have `tests.speed.reliability_bench`.
"""

import sys
from collections.abc import Callable, Mapping

from tests.speed import network_bench, store_bench, window_bench

PARTS: Mapping[str, Callable[[], None]] = {
    "store": store_bench.main,
    "window": window_bench.main,
    "network": network_bench.main,
}


def main(names: list[str]) -> None:
    for name in names or list(PARTS):
        PARTS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
