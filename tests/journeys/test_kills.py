"""The journey with SIGKILL at seeded random moments; the platform runs in its own process."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from assessor_app.domain.outbox import ReviewPlace
from tests.journeys.house import ROOT, Assessor, Town, found, platform_process
from tests.journeys.plaintext import leaks
from tests.journeys.writing import GROWTH, PRAISE
from tests.reference_platform.factory import built

SEED = 20261125
SUBMISSIONS = 24
KILLS = 20
KILLS_BEFORE_THE_RECEIPT = 13
"""Aimed between seal and receipt; at least eight have to hit."""


@dataclass
class Memory:
    """What the killed processes had told, and what has to be true after that."""

    saving: dict[str, str] = field(default_factory=dict)
    saved: dict[str, str] = field(default_factory=dict)
    sealed: dict[str, str] = field(default_factory=dict)
    received: set[str] = field(default_factory=set)
    last: str = ""

    def hear(self, told: dict[str, Any]) -> None:
        self.last = told["event"]
        if self.last in ("saving", "saved"):
            getattr(self, self.last)[told["assignment"]] = told["draft"]
        elif self.last == "sealed":
            self.sealed[told["review"]] = told["assignment"]
        elif self.last == "synced":
            self.received |= set(told["received"])

    def check(self, there: dict[str, Any]) -> None:
        """Nothing sealed is lost; every draft is as of its last save, or the one under way."""
        for assignment, draft in self.saved.items():
            assert there["drafts"].get(assignment) in (draft, self.saving[assignment])
        assert set(self.sealed) <= set(there["acts"])
        for act in self.received:
            assert there["acts"][act] == ReviewPlace.RECEIVED


@dataclass
class Laptop:
    """Runs the journey's process again and again on one profile."""

    folder: Path
    secrets: dict[str, bytes]
    private: Path

    def start(self) -> subprocess.Popen[str]:
        environment = {
            **os.environ,
            "TMPDIR": str(self.private / "tmp"),
            "XDG_RUNTIME_DIR": str(self.private / "run"),
            "HOME": str(self.private / "home"),
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.child", str(self.folder)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin is not None
        secrets = {name: secret.hex() for name, secret in self.secrets.items()}
        print(json.dumps(secrets), file=process.stdin, flush=True)
        return process


@dataclass(frozen=True)
class Blow:
    """Kill so long after the n-th line that tells of one kind of step."""

    event: str
    nth: int
    delay_s: float


def blows(chance: random.Random) -> list[Blow]:
    """Return the planned kills: some before a receipt, the others anywhere."""
    planned = [
        Blow("sealed", 1, chance.uniform(0.0, 0.02)) for _ in range(KILLS_BEFORE_THE_RECEIPT)
    ]
    for _ in range(KILLS - KILLS_BEFORE_THE_RECEIPT):
        event = chance.choice(("there", "synced", "saving", "saved", "sealing"))
        nth = chance.randint(1, 6) if event.startswith("sav") else 1
        planned.append(Blow(event, nth, chance.uniform(0.0, 0.02)))
    chance.shuffle(planned)
    return planned


def strike(process: subprocess.Popen[str], blow: Blow, memory: Memory) -> str:
    """Listen until the blow is due, kill, and return the last step that was told."""
    assert process.stdout is not None
    count = 0
    for line in process.stdout:
        listen(line, memory)
        count += memory.last == blow.event
        if count == blow.nth:
            break
    try:
        process.wait(blow.delay_s)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    for line in process.stdout:
        if line.endswith("\n"):
            listen(line, memory)
    assert process.wait(20) == -signal.SIGKILL
    process.stdout.close()
    return memory.last


def listen(line: str, memory: Memory) -> None:
    told = json.loads(line)
    if told["event"] == "there":
        memory.check(told)
    memory.hear(told)


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return found(
        tmp_path / "platform", tuple(f"class {n}" for n in range(SUBMISSIONS)), page_bytes=70_000
    )


def test_kills_lose_nothing_and_count_nothing_twice(town: Town, tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 (a plan, not a secret)
    sys.stdout.write(f"seed {SEED}\n")
    assessor = Assessor(tmp_path / "laptop")
    for name in ("tmp", "run", "home"):
        (tmp_path / "private" / name).mkdir(parents=True)
    memory = Memory()
    hits = 0
    with platform_process(town.folder) as url:
        opened = assessor.sign_in(url, town.token)
        folder = opened.folder
        opened.close()
        laptop = Laptop(folder, assessor.vault.secrets, tmp_path / "private")
        for blow in blows(chance):
            last = strike(laptop.start(), blow, memory)
            hits += last == "sealed"
            sys.stdout.write(
                f"killed {blow.delay_s * 1000:.1f} ms after {blow.event}, last told: {last}\n"
            )
            assert no_leaks(tmp_path, town) == []
        finish(laptop, memory)

    assert hits >= 8
    assert memory.received == set(acts_of(town))
    assert len(acts_of(town)) == SUBMISSIONS


def finish(laptop: Laptop, memory: Memory) -> None:
    """Let the journey come to its end."""
    process = laptop.start()
    assert process.stdout is not None
    for line in process.stdout:
        told = json.loads(line)
        if told["event"] == "there":
            memory.check(told)
            memory.received |= {
                act for act, place in told["acts"].items() if place == ReviewPlace.RECEIVED
            }
        memory.hear(told)
    assert (process.wait(60), memory.last) == (0, "done")
    process.stdout.close()


def acts_of(town: Town) -> list[str]:
    """Return the reviews the platform counts, one a row."""
    with sqlite3.connect(town.folder / "platform.db") as database:
        rows = database.execute("SELECT review FROM review WHERE live IS NOT NULL").fetchall()
    database.close()
    return [review for (review,) in rows]


def no_leaks(tmp_path: Path, town: Town) -> list[str]:
    """Return where a text that was on screen lies in clear on the laptop."""
    made = built("class 0")
    texts = (
        PRAISE,
        GROWTH,
        town.token,
        *(criterion.levels[0].descriptor for criterion in made.rubric.criteria),
        *(prompt.response for part in made.packet.parts for prompt in part.prompts),
        made.packet.microcredential.title,
    )
    return leaks((tmp_path / "laptop", tmp_path / "private"), texts)
