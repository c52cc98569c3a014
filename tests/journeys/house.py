"""What the journeys stand on: a platform in a process of its own, and an assessor's profile."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from assessor_app.domain.ids import AssignmentId
from assessor_app.reference_platform.intake.built import BuiltSubmission
from assessor_app.reference_platform.service import Platform
from assessor_app.sync.rounds import RoundProgress, RoundReport
from assessor_app.usecases.packet import open_packet
from assessor_app.usecases.profiles import (
    Access,
    Clock,
    OpenProfile,
    open_with_keyring,
    sign_in,
)
from assessor_app.usecases.queue import Queue, QueueRow, list_queue
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import Sealed, seal
from tests.journeys.writing import revisions
from tests.reference_platform.factory import built

ROOT = Path(__file__).parents[2]


class Vault:
    """A keyring that lives as long as the test."""

    def __init__(self) -> None:
        self.secrets: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self.secrets.get(name)

    def put(self, name: str, secret: bytes) -> None:
        self.secrets[name] = secret

    def drop(self, name: str) -> None:
        self.secrets.pop(name, None)


def wall_clock() -> Clock:
    return Clock(now=lambda: datetime.now(UTC))


@contextmanager
def platform_process(folder: Path, port: int = 0) -> Generator[str]:
    """Yield the address of a platform that runs in a process of its own."""
    command = [sys.executable, "-m", "tests.journeys.serve", str(folder), str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
            process.wait(20)


@dataclass
class Town:
    """A platform that runs, its folder, and its operator's hand."""

    folder: Path
    platform: Platform
    url: str
    _people: Iterator[int] = field(default_factory=count)

    def lend(self, *, packets: int = 1, page_bytes: int = 200_000) -> "Loan":
        """Lend new submissions to a new assessor."""
        key = f"assessor-{next(self._people)}"
        token = self.platform.token(key)
        made = tuple(built(f"{key} class {n}", page_bytes=page_bytes) for n in range(packets))
        submissions = tuple(self.platform.take_in(one) for one in made)
        for submission in submissions:
            self.platform.assign(submission, key)
        return Loan(token, made, submissions)

    def query(self, statement: str, *told: str) -> list[tuple[Any, ...]]:
        """Read what the platform holds."""
        database = sqlite3.connect(self.folder / "platform.db")
        try:
            return database.execute(statement, told).fetchall()
        finally:
            database.close()

    def live_reviews(self, assignment: str) -> list[str]:
        """Return the reviews that count for one assignment."""
        rows = self.query("SELECT review FROM review WHERE live = ?", assignment)
        return [review for (review,) in rows]


@dataclass(frozen=True)
class Loan:
    """What one assessor got: a token and submissions under the earners' ids."""

    token: str
    built: tuple[BuiltSubmission, ...]
    submissions: tuple[str, ...]


@dataclass
class Assessor:
    """One assessor at one laptop."""

    root: Path
    vault: Vault = field(default_factory=Vault)

    def sign_in(self, url: str, token: str) -> OpenProfile:
        access = Access(typed_address=url, token=token)
        return sign_in(self.root, access, self.vault, wall_clock())

    def reopen(self, opened: OpenProfile) -> OpenProfile:
        """Restart the program."""
        folder = opened.folder
        opened.close()
        return open_with_keyring(folder, self.vault, wall_clock())


def now() -> datetime:
    return datetime.now(UTC)


def queue_of(opened: OpenProfile) -> Queue:
    return opened.workbench.prepare(list_queue, now=now())()


def first_row(opened: OpenProfile) -> QueueRow:
    return queue_of(opened).rows[0]


def sync(opened: OpenProfile) -> RoundReport:
    return opened.sync_round(_ignore, threading.Event())


def write_and_seal(opened: OpenProfile, assignment: AssignmentId) -> Sealed:
    """Do the whole work on one packet, one save a change."""
    bench = opened.workbench
    packet = bench.prepare(open_packet, assignment, now=now())()
    for review in revisions(packet.draft.review, packet.packet, packet.rubric):
        bench.prepare(save_draft, review, now=now())()
    return bench.prepare(seal, assignment, now=now())()


def _ignore(_progress: RoundProgress) -> None:
    pass
