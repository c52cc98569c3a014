"""The journey with SIGKILL at seeded random moments; the platform runs in its own process."""

import json
import os
import random
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assessor_app.domain.outbox import ReviewPlace
from assessor_app.reference_platform import keys
from tests.journeys.house import ROOT, Assessor, Loan, Town
from tests.journeys.plaintext import leaks
from tests.journeys.writing import GROWTH, PRAISE

SEED = 20261125
SUBMISSIONS = 18
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
        process.stdin.write(json.dumps(secrets) + "\n")
        process.stdin.close()
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


def test_kills_lose_nothing_and_count_nothing_twice(
    town: Town, assessor: Assessor, tmp_path: Path
) -> None:
    chance = random.Random(SEED)  # noqa: S311 (a plan, not a secret)
    sys.stdout.write(f"seed {SEED}\n")
    loan = town.lend(packets=SUBMISSIONS, page_bytes=70_000)
    for name in ("tmp", "run", "home"):
        (tmp_path / "private" / name).mkdir(parents=True)
    memory = Memory()
    hits = 0
    opened = assessor.sign_in(town.url, loan.token)
    opened.close()
    laptop = Laptop(opened.folder, assessor.vault.secrets, tmp_path / "private")
    for blow in blows(chance):
        last = strike(laptop.start(), blow, memory)
        hits += last == "sealed"
        sys.stdout.write(
            f"killed {blow.delay_s * 1000:.1f} ms after {blow.event}, last told: {last}\n"
        )
        assert leaks((tmp_path,), texts_of(loan)) == []
    finish(laptop, memory)

    assert hits >= 8
    live = counted(town, loan)
    assert len(live) == SUBMISSIONS
    assert memory.received == set(live)


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
