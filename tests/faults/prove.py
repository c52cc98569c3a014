"""`make prove`: everything that shows that no review is lost, and what it found.

Each part is a function that returns figures for `build/reports/prove.json`; a new proof is one more
part. The table in `docs/proof.md` is written from the report.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from tests.faults import crash_states, cuts, kills
from tests.faults.mutants.run import remove_rules
from tests.faults.prove_table import figures, say, say_table, write_table
from tests.faults.simulator import machines, play
from tests.faults.simulator_many import naive, simulate

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "build" / "reports" / "prove.json"
HISTORIES, QUICK_HISTORIES = 100_000, 2_000


@dataclass(frozen=True, slots=True)
class Options:
    """How much to do, and in how many processes."""

    histories: int
    processes: int

    def share_of(self, number: int) -> int:
        """Return so many of another proof as this one is of the whole of the histories."""
        return max(1, min(number, number * self.histories // HISTORIES))


Part = Callable[[Options], Mapping[str, object]]


def _simulate(options: Options) -> Mapping[str, object]:
    return simulate(options.histories, options.processes)


def _naive(options: Options) -> Mapping[str, object]:
    return naive(min(options.histories, 5_000))


def _mutants(options: Options) -> Mapping[str, object]:
    return remove_rules(at_once=options.processes)


def _cuts(options: Options) -> Mapping[str, object]:
    return cuts.prove(points=options.share_of(cuts.POINTS))


def _kills(options: Options) -> Mapping[str, object]:
    return kills.prove(kills=options.share_of(kills.KILLS))


def _crash_states(options: Options) -> Mapping[str, object]:
    states = options.share_of(crash_states.STATES)
    return crash_states.prove(states=states, processes=options.processes)


PARTS: Mapping[str, Part] = {
    "simulator": _simulate,
    "naive": _naive,
    "cuts": _cuts,
    "kills": _kills,
    "crash_states": _crash_states,
    "mutants": _mutants,
}
WAITING = ("cuts", "kills")
"""These mostly wait for a line or a process, so they run beside each other."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; 1 if a violation was found or a goal was not reached."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.prove", description=__doc__)
    parser.add_argument("--histories", type=int, default=HISTORIES)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_HISTORIES} histories")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", action="append", choices=sorted(PARTS), help="a part")
    parser.add_argument("--replay", type=int, metavar="SEED", help="tell one history again")
    parser.add_argument("--mutant", action="append", metavar="NAME", help="remove one rule")
    parser.add_argument("--search", type=int, metavar="N", help="end at the first violation")
    parser.add_argument("--first", type=int, default=0, metavar="SEED", help="search from here on")
    told = parser.parse_args(arguments)
    if told.replay is not None:
        return replay(told.replay)
    if told.search is not None:
        return search(range(told.first, told.first + told.search))
    if told.mutant:
        return 1 if remove_rules(told.mutant)["unnoticed"] else 0
    histories = QUICK_HISTORIES if told.quick else told.histories
    fresh: dict[str, object] = {}
    for part in prove(Options(histories, told.processes), told.only or tuple(PARTS)):
        fresh.update(part)
        _keep(part)
    found = figures(fresh, histories / HISTORIES)
    say_table(found)
    return 1 if any(one.reached is False for one in found) else 0


def _keep(fresh: Mapping[str, object]) -> None:
    """Write one part into the report and the table, beside what is known of the others."""
    known = json.loads(REPORT.read_text()) if REPORT.exists() else {}
    report = {**known, **fresh}
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=2) + "\n")
    write_table(ROOT / "docs" / "proof.md", report)


def prove(options: Options, names: Sequence[str]) -> Iterator[Mapping[str, object]]:
    """Yield the figures of each part as soon as it is done."""
    for name in names:
        if name not in WAITING:
            yield _timed(name, options)
    with ProcessPoolExecutor(len(WAITING), mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(_timed, name, options) for name in names if name in WAITING]
        for done in as_completed(waiting):
            yield done.result()


def _timed(name: str, options: Options) -> Mapping[str, object]:
    began = time.monotonic()
    found = PARTS[name](options)
    seconds = round(time.monotonic() - began)
    say(f"{name}: {seconds} s")
    return {**found, f"{name}_seconds": seconds}


def replay(seed: int) -> int:
    """Tell the history of a seed, step by step."""
    outcome = play(seed, machines(), tell=say)
    say(str(outcome.broken or "holds"))
    return 1 if outcome.broken else 0


def search(seeds: range) -> int:
    """Play histories until one breaks an invariant."""
    at = machines()
    for seed in seeds:
        outcome = play(seed, at)
        if outcome.broken:
            say(f"seed {seed}: {outcome.broken}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
