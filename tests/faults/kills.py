"""SIGKILL at seeded points of a real run; the platform runs in a process of its own.

Two kinds of points: a certain call of a function of the product, and a moment after a told step,
which also falls into C code and waiting. After each kill the next life finds what was promised; in
the end the platform counts each review once.

Usage: python -m tests.faults.kills [KILLS] [SEED].
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path
from typing import Any

from assessor_app.usecases.profiles import open_with_keyring
from tests.faults.cuts import town
from tests.faults.cuts_laptop import Patient, demand
from tests.journeys.house import Loan, Town
from tests.journeys.laptop import Assessor, hasty_clock
from tests.journeys.lives import Laptop, nursery
from tests.journeys.plaintext import leaks
from tests.journeys.writing import GROWTH, PRAISE

SEED = 20261125
KILLS = 520
SUBMISSIONS = 4
TIMED_SHARE = 0.4
LONGEST_WAIT_S = 0.05
SEARCHED = 10
"""Every so many kills all files are searched for what was written."""


class Season:
    """A profile that is killed until all its work is done."""

    def __init__(self, here: Town, folder: Path, process: subprocess.Popen[str]) -> None:
        self._town = here
        self._folder = folder
        self._loan: Loan = here.lend(packets=SUBMISSIONS, page_bytes=70_000)
        self._assessor = Assessor(folder)
        opened = self._assessor.sign_in(here.url, self._loan.token)
        opened.close()
        self._laptop = Laptop(process, opened.folder, self._assessor.vault)
        self.where: Counter[str] = Counter()

    @property
    def is_done(self) -> bool:
        return self._laptop.memory.left == 0

    def live_on(self) -> int:
        """Let one life end by itself; return how many calls it had."""
        self._laptop.start()
        demand("a life without a kill", holds=self._laptop.hear_the_end() == 0)
        return self._laptop.memory.calls

    def strike(self, chance: random.Random, calls: int) -> bool:
        """Kill one life. Return False if it was over before."""
        if chance.random() < TIMED_SHARE:
            code = self._kill_after(chance.randint(1, 24), chance.uniform(0.0, LONGEST_WAIT_S))
        else:
            self._laptop.start(chance.randint(1, calls))
            code = self._laptop.hear_the_end()
        if code == -signal.SIGKILL:
            self.where[self._laptop.memory.last] += 1
        else:
            demand("a life without a kill", holds=code == 0, told=code)
        return code == -signal.SIGKILL

    def _kill_after(self, steps: int, wait_s: float) -> int:
        pid = self._laptop.start()
        for _ in range(steps):
            told = self._laptop.hear()
            if told["event"] == "died":
                return int(told["code"])
            if told["event"] == "done":
                return self._laptop.hear_the_end()
        threading.Event().wait(wait_s)
        os.kill(pid, signal.SIGKILL)
        return self._laptop.hear_the_end()

    def search(self) -> None:
        """I13: nothing that was written is in any file."""
        found = leaks((self._laptop.folder,), (PRAISE, GROWTH, self._loan.token))
        demand("I13", holds=not found, told=found)

    def end(self) -> None:
        """Come to rest; then each packet has one review that counts, and all is verified."""
        opened = open_with_keyring(self._laptop.folder, self._assessor.vault, hasty_clock())
        patient = Patient(self._town, self._loan, self._assessor, opened)
        try:
            patient.come_to_rest()
            held = {act.act_id for act in patient.acts() if act.kind.value == "review"}
            health = opened.health()
            demand("health", holds=health.is_sound, told=health)
        finally:
            patient.opened.close()
        rows = self._town.query("SELECT review FROM review WHERE live IS NOT NULL")
        counted = [review for (review,) in rows if review in held]
        demand("I2", holds=len(counted) == SUBMISSIONS, told=counted)
        memory = self._laptop.memory
        last = {name: review for review, name in memory.sealed.items()}
        told = set(last.values()) - memory.voided
        demand("the last one counts", holds=told <= set(counted), told=told)


def prove(*, seed: int = SEED, kills: int = KILLS) -> dict[str, Any]:
    """Kill that often. Return the figures, with `kills` and `kill_violations`."""
    chance = random.Random(seed)  # noqa: S311 (a plan, not a secret)
    where: Counter[str] = Counter()
    violations: list[str] = []
    seasons = 0
    with (
        tempfile.TemporaryDirectory() as made,
        town(Path(made) / "platform") as here,
        nursery("tests.faults.kills_walk") as process,
    ):
        while where.total() < kills:
            season = Season(here, Path(made) / f"season-{seasons}", process)
            seasons += 1
            try:
                play(season, chance, kills - where.total())
            except AssertionError as broken:
                violations.append(f"seed {seed}, season {seasons}: {broken}")
            where += season.where
    return {
        "kill_seed": seed,
        "kills": where.total(),
        "kills_after": dict(where),
        "kill_seasons": seasons,
        "kill_violations": len(violations),
        "kill_violated": violations,
    }


def play(season: Season, chance: random.Random, wanted: int) -> None:
    """Kill one profile's lives until its work is done, and let it come to rest."""
    calls = season.live_on()
    while not season.is_done and season.where.total() < wanted:
        if season.strike(chance, calls) and season.where.total() % SEARCHED == 0:
            season.search()
    season.search()
    while not season.is_done:
        season.live_on()
    season.end()


def main(arguments: list[str]) -> int:
    kills, seed = (*map(int, arguments), *(KILLS, SEED)[len(arguments) :])
    sys.stdout.write(f"seed {seed}\n")
    figures = prove(seed=seed, kills=kills)
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 1 if figures["kill_violations"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
