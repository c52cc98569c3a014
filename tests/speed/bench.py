"""`make bench`: measured promises beside their peers, into `build/reports/bench.json`
and the table of `docs/performance.md`, and printed at the end.

Usage: python -m tests.speed.bench [store] [window] [network]; without a name all three, which
takes about a quarter of an hour. The statistics have `tests.speed.reliability_bench`; what it
found before is in the table, too.
"""

import sys
from collections.abc import Callable, Mapping

from tests.speed import network_bench, store_bench, window_bench
from tests.speed.report import say_table, write_table

PARTS: Mapping[str, Callable[[], None]] = {
    "store": store_bench.main,
    "window": window_bench.main,
    "network": network_bench.main,
}


def main(names: list[str]) -> None:
    for name in names or list(PARTS):
        PARTS[name]()
    write_table()
    say_table()


if __name__ == "__main__":
    main(sys.argv[1:])
