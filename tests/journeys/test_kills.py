"""The journey with SIGKILL at seeded random moments; the platform runs in its own process."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assessor_app.domain.outbox import ReviewPlace
from assessor_app.reference_platform import keys
from tests.journeys.house import ROOT, Loan, Town
from tests.journeys.laptop import (
    Assessor,
)
from tests.journeys.plaintext import leaks
from tests.journeys.writing import GROWTH, PRAISE

SEED = 20261125
SUBMISSIONS = 26
KILLS = 20
KILLS_BEFORE_THE_RECEIPT = 13
SOON = 9
"""Aimed between seal and receipt, nine of them soon after the seal; at least eight have to hit."""


@dataclass
class Memory:
    """What the killed processes had told, and what has to be true after that.

    A save that was killed between its commit and its word is known when the next process finds it.
    """

    saving: dict[str, str] = field(default_factory=dict)
    saved: dict[str, str] = field(default_factory=dict)
    sealed: dict[str, str] = field(default_factory=dict)
    received: set[str] = field(default_factory=set)
    last: str = ""

    def hear(self, told: dict[str, Any]) -> None:
        event = told["event"]
        if event == "died":
            return
        self.last = event
        if event in ("saving", "saved"):
            getattr(self, event)[told["assignment"]] = told["draft"]
        elif event == "sealed":
            self.sealed[told["review"]] = told["assignment"]
        elif event == "synced":
            self.received |= set(told["received"])
        elif event == "there":
            self.check(told)
            self.saved |= told["drafts"]
            self.received |= {
                act for act, place in told["acts"].items() if place == ReviewPlace.RECEIVED
            }

    def check(self, there: dict[str, Any]) -> None:
        """Nothing sealed is lost; every draft is as of its last save, or the one under way."""
        for assignment, draft in self.saved.items():
            assert there["drafts"].get(assignment) in (draft, self.saving[assignment])
        assert set(self.sealed) <= set(there["acts"])
        for act in self.received:
            assert there["acts"][act] == ReviewPlace.RECEIVED


@dataclass
class Laptop:
    """Walks the journey again and again on one profile, each time in a new process."""

    nursery: subprocess.Popen[str]
    folder: Path
    secrets: dict[str, bytes]
    memory: Memory = field(default_factory=Memory)

    def start(self) -> int:
        """Begin a new process and return its id."""
        assert self.nursery.stdin is not None
        secrets = {name: secret.hex() for name, secret in self.secrets.items()}
        told = {"folder": str(self.folder), "secrets": secrets}
        self.nursery.stdin.write(json.dumps(told) + "\n")
        self.nursery.stdin.flush()
        return int(self.hear()["pid"])

    def hear(self) -> dict[str, Any]:
        """Return the next whole line that a process told."""
        assert self.nursery.stdout is not None
        while line := self.nursery.stdout.readline():
            with contextlib.suppress(json.JSONDecodeError):
                told: dict[str, Any] = json.loads(line)
                self.memory.hear(told)
                return told
        raise EOFError

    def hear_the_end(self) -> int:
        """Listen until the process is dead, and return its exit code."""
        while (told := self.hear())["event"] != "died":
            pass
        return int(told["code"])


@contextmanager
def nursery(private: Path) -> Generator[subprocess.Popen[str]]:
    """Yield what begins the processes; all their folders lie below `private`."""
    folders = {"TMPDIR": "tmp", "XDG_RUNTIME_DIR": "run", "HOME": "home"}
    for name in folders.values():
        (private / name).mkdir(parents=True)
    environment = {
        **os.environ,
        **{variable: str(private / name) for variable, name in folders.items()},
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.child"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process


@dataclass(frozen=True)
class Blow:
    """Kill so long after the n-th line that tells of one kind of step."""

    event: str
    nth: int
    delay_s: float


def blows(chance: random.Random) -> list[Blow]:
    """Return the planned kills: some before a receipt, the others anywhere."""
    planned = [
        Blow("sealed", 1, chance.uniform(0.0, 0.012 if n < SOON else 0.06))
        for n in range(KILLS_BEFORE_THE_RECEIPT)
    ]
    for _ in range(KILLS - KILLS_BEFORE_THE_RECEIPT):
        event = chance.choice(("there", "synced", "saving", "saved", "sealing"))
        nth = chance.randint(1, 6) if event.startswith("sav") else 1
        planned.append(Blow(event, nth, chance.uniform(0.0, 0.02)))
    chance.shuffle(planned)
    return planned


def strike(laptop: Laptop, blow: Blow) -> str:
    """Listen until the blow is due, kill, and return the last step that was told."""
    pid = laptop.start()
    count = 0
    while count < blow.nth:
        told = laptop.hear()
        assert told["event"] != "died", "nothing is left to do, or the program failed"
        count += told["event"] == blow.event
    threading.Event().wait(blow.delay_s)
    os.kill(pid, signal.SIGKILL)
    assert laptop.hear_the_end() == -signal.SIGKILL
    return laptop.memory.last


def test_kills_lose_nothing_and_count_nothing_twice(
    town: Town, assessor: Assessor, tmp_path: Path
) -> None:
    chance = random.Random(SEED)  # noqa: S311 (a plan, not a secret)
    sys.stdout.write(f"seed {SEED}\n")
    loan = town.lend(packets=SUBMISSIONS, page_bytes=70_000)
    opened = assessor.sign_in(town.url, loan.token)
    opened.close()
    hits = 0
    with nursery(tmp_path / "private") as process:
        laptop = Laptop(process, opened.folder, assessor.vault.secrets)
        for blow in blows(chance):
            last = strike(laptop, blow)
            hits += last == "sealed"
            sys.stdout.write(
                f"killed {blow.delay_s * 1000:.1f} ms after {blow.event}, last told: {last}\n"
            )
            assert leaks((tmp_path,), texts_of(loan)) == []
        laptop.start()
        assert laptop.hear_the_end() == 0

    assert (hits >= 8, laptop.memory.last) == (True, "done")
    live = counted(town, loan)
    assert len(live) == SUBMISSIONS
    assert laptop.memory.received == set(live)


def test_a_download_that_was_killed_goes_on(town: Town, assessor: Assessor, tmp_path: Path) -> None:
    size = 20_000_000
    loan = town.lend(page_bytes=size)
    opened = assessor.sign_in(town.url, loan.token)
    opened.close()
    with nursery(tmp_path / "private") as process:
        laptop = Laptop(process, opened.folder, assessor.vault.secrets)
        strike(laptop, Blow("half", 1, 0.0))
        laptop.start()
        while (told := laptop.hear())["event"] != "synced":
            pass
        assert laptop.hear_the_end() == 0

    assert told["fetched_bytes"] < size * 0.55


def counted(town: Town, loan: Loan) -> list[str]:
    """Return the reviews the platform counts of one assessor, one for each row."""
    key = keys.token_hash(loan.token)
    rows = town.query(
        "SELECT review FROM review JOIN token USING (person_id)"
        " WHERE live IS NOT NULL AND token.sha256 = ?",
        key,
    )
    return [review for (review,) in rows]


def texts_of(loan: Loan) -> tuple[str, ...]:
    """Return what was on screen, and the token."""
    made = loan.built[0]
    return (
        PRAISE,
        GROWTH,
        loan.token,
        made.packet.microcredential.title,
        *(criterion.levels[0].descriptor for criterion in made.rubric.criteria),
        *(
            prompt.response
            for each in loan.built
            for part in each.packet.parts
            for prompt in part.prompts
        ),
    )
