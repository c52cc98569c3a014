"""Cuts at sampled bytes of pull, download and push, foul weather, and odd answers in between.

Between the real client and a real platform in a process of its own. After each fault the work
goes on without any: two rounds have to reach rest, with one effect and nothing lost.

Usage: python -m tests.faults.cuts [POINTS] [SEED].
"""

import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assessor_app.domain.errors import AppError
from assessor_app.reference_platform.service import Platform
from tests.faults.cuts_laptop import BrokenError, Patient, Ward, demand, new_ward
from tests.faults.cuts_line import FAIR, Blade, Line, Way, Weather
from tests.faults.cuts_odd import Odd, odd_answers
from tests.journeys.house import Town, platform_process
from tests.journeys.proxy import Proxy, always_pass

SEED = 20261125
POINTS = 1050
SHARES = {"pull": 0.35, "download": 0.3, "push": 0.35}
CHUNK_AND_A_HALF = 150_000
SMALL_PAGE = 2_000

WEATHERS = {
    "latency 150 ms": Weather(delay_s=0.15),
    "1 Mbit/s": Weather(rate_bytes_s=125_000.0),
    "5 % loss": Weather(delay_s=0.005, lost=0.05, again_s=0.3),
    "5 % loss and resets": Weather(delay_s=0.002, lost=0.05, resets=0.02),
}


@dataclass
class Found:
    """What the faults came to."""

    hits: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    twice_bytes: int = 0

    def judge(self, kind: str, fault: object, work: Callable[[], None]) -> None:
        """Do one fault and note what it broke."""
        self.hits[kind] += 1
        try:
            work()
        except (BrokenError, AppError) as broken:
            told = f"{kind}, {fault}: {type(broken).__name__} {broken}"
            self.violations.append(told)
            sys.stdout.write(f"VIOLATION {told}\n")


@contextmanager
def town(folder: Path) -> Generator[Town]:
    """Yield a platform in a process of its own, and its operator's hand."""
    platform = Platform(folder, clock=lambda: datetime.now(UTC), draw=lambda: 1.0)
    try:
        with platform_process(folder) as url:
            yield Town(folder, platform, url)
    finally:
        platform.close()


def places(carried: int, wanted: int, chance: random.Random) -> Iterator[int]:
    """Yield bytes to cut at: evenly over all that is carried, each drawn in its own stretch."""
    for number in range(wanted):
        low, high = number * carried // wanted, (number + 1) * carried // wanted
        yield chance.randrange(low, max(high, low + 1))


def blades(way: Way, at: int, number: int) -> Blade:
    """Return the cut number so-and-so: orderly, reset, and with a line that stays dead."""
    return Blade(way=way, at=at, reset=number % 3 == 1, stays_dead=number % 5 == 4)


class Cutter:
    """Cuts one line again and again."""

    def __init__(self, found: Found, line: Line, chance: random.Random) -> None:
        self._found = found
        self._line = line
        self._chance = chance
        self.fell = 0

    def pull_and_download(self, ward: Ward, points: dict[str, int]) -> None:
        """Cut first rounds: up to the first blob, and after it."""
        with ward.patient() as patient:
            self._line.arm(None)
            patient.come_to_rest()
            whole, before = dict(self._line.carried), self._line.before_blobs
        pull = points["pull"]
        for way, share in ((Way.DOWN, pull * 2 // 3), (Way.UP, pull - pull * 2 // 3)):
            for number, at in enumerate(places(before[way], share, self._chance)):
                self._fetch(ward, blades(way, at, number), "pull")
        download = points["download"]
        for number, at in enumerate(
            places(whole[Way.DOWN] - before[Way.DOWN], download, self._chance)
        ):
            blade = blades(Way.DOWN, before[Way.DOWN] + at, number)
            self._fetch(ward, replace_dead(blade), "download")

    def _fetch(self, ward: Ward, blade: Blade, kind: str) -> None:
        def work() -> None:
            with ward.patient() as patient:
                self._cut(patient, blade)
                self._go_on(patient, blade.at)
                fetched = sum(report.fetched_bytes for report in patient.reports)
                size = sum(len(blob) for built in ward.loan.built for blob in built.blobs.values())
                self._found.twice_bytes = max(self._found.twice_bytes, fetched - size)

        self._found.judge(kind, blade, work)

    def push(self, ward: Ward, points: int) -> None:
        """Cut rounds that send a void and a review."""
        with ward.patient() as patient:
            patient.come_to_rest()
            patient.write_anew()
            patient.come_to_rest()
            patient.write_anew()
            self._line.arm(None)
            patient.round()
            whole = dict(self._line.carried)
            patient.come_to_rest()
            for way, share in ((Way.UP, points // 2), (Way.DOWN, points - points // 2)):
                for number, at in enumerate(places(whole[way], share, self._chance)):
                    self._push(patient, blades(way, at, number))

    def _push(self, patient: Patient, blade: Blade) -> None:
        def work() -> None:
            sealed = patient.write_anew()
            self._cut(patient, blade)
            self._go_on(patient, blade.at)
            patient.check_one_effect(sealed)

        self._found.judge("push", blade, work)

    def _cut(self, patient: Patient, blade: Blade) -> None:
        """Do a round that the blade cuts. A round may be over before its byte."""
        before = self._line.cuts
        self._line.arm(blade)
        patient.round()
        self.fell += self._line.cuts > before
        patient.check_now()

    def _go_on(self, patient: Patient, number: int) -> None:
        self._line.mend()
        if number % 2:
            patient.restart()
        patient.come_to_rest()


def replace_dead(blade: Blade) -> Blade:
    """A download goes on by itself: with a line that stays dead it would wait a minute."""
    return Blade(way=blade.way, at=blade.at, reset=blade.reset)


def in_weather(found: Found, line: Line, town: Town, folder: Path) -> None:
    """Fetch, seal and send in foul weather; then go on in fair."""
    for name, weather in WEATHERS.items():
        ward = new_ward(town, line.url, folder / name, packets=2, page_bytes=60_000)

        def work(weather: Weather = weather, ward: Ward = ward) -> None:
            with ward.patient() as patient:
                line.arm(None)
                line.weather = weather
                patient.round()
                patient.check_now()
                line.weather = FAIR
                patient.come_to_rest()
                sealed = patient.write_anew()
                line.weather = weather
                patient.round()
                patient.check_now()
                line.weather = FAIR
                patient.come_to_rest()
                patient.check_one_effect(sealed)

        found.judge("weather", name, work)
        line.weather = FAIR


def with_odd_answers(found: Found, proxy: Proxy, fetching: Ward, sending: Ward) -> None:
    """Let somebody else, or a broken box, answer each kind of question once."""
    with sending.patient() as writer:
        writer.come_to_rest()
        writer.write_anew()
        writer.come_to_rest()
        for odd in odd_answers():
            if odd.needs_review:
                found.judge(odd.kind, odd.name, meeting(proxy, odd, writer))
                continue
            with fetching.patient() as reader:
                found.judge(odd.kind, odd.name, meeting(proxy, odd, reader))


def meeting(proxy: Proxy, odd: Odd, patient: Patient) -> Callable[[], None]:
    """Return one round with an odd answer, and rest after it."""

    def work() -> None:
        sealed = patient.write_anew() if odd.needs_review else None
        proxy.rule = odd
        patient.round()
        proxy.rule = always_pass
        demand("the fault was met", holds=odd.met == 1)
        patient.check_now()
        patient.come_to_rest()
        if sealed:
            patient.check_one_effect(sealed)

    return work


def prove(*, seed: int = SEED, points: int = POINTS) -> dict[str, Any]:
    """Run all of it. Return the figures, with `cut_points` and `violations`."""
    chance = random.Random(seed)  # noqa: S311 (a plan, not a secret)
    found = Found()
    wanted = {kind: round(points * share) for kind, share in SHARES.items()}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with town(folder / "platform") as here, Line(here.url, chance) as line:
            cutter = Cutter(found, line, chance)
            fetching = new_ward(
                here, line.url, folder / "f", packets=1, page_bytes=CHUNK_AND_A_HALF
            )
            sending = new_ward(here, line.url, folder / "s", packets=1, page_bytes=SMALL_PAGE)
            cutter.pull_and_download(fetching, wanted)
            cutter.push(sending, wanted["push"])
            in_weather(found, line, here, folder)
            with Proxy(here.url, always_pass) as proxy:
                reader = new_ward(
                    here, proxy.url, folder / "r", packets=1, page_bytes=CHUNK_AND_A_HALF
                )
                writer = new_ward(here, proxy.url, folder / "p", packets=1, page_bytes=SMALL_PAGE)
                with_odd_answers(found, proxy, reader, writer)
    return {
        "cut_seed": seed,
        "cut_points": cutter.fell,
        "cut_faults": dict(found.hits),
        "cut_fetched_twice_bytes_max": found.twice_bytes,
        "cut_violations": len(found.violations),
        "cut_violated": found.violations,
    }


def main(arguments: list[str]) -> int:
    points, seed = (*map(int, arguments), *(POINTS, SEED)[len(arguments) :])
    sys.stdout.write(f"seed {seed}\n")
    figures = prove(seed=seed, points=points)
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 1 if figures["cut_violations"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
