"""What the journeys stand on: a platform in a process of its own, and an assessor's profile."""

import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from assessor_app.domain.ids import AssignmentId
from assessor_app.reference_platform.service import Platform
from assessor_app.store.passphrase import Cost
from assessor_app.sync.rounds import RoundProgress, RoundReport
from assessor_app.usecases.packet import open_packet
from assessor_app.usecases.profiles import Access, Clock, OpenProfile, sign_in
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import Sealed, seal
from tests.journeys.writing import revisions
from tests.reference_platform.factory import FIRST, built

ROOT = Path(__file__).parents[2]
QUICK = Cost(time_cost=1, memory_kib=8, lanes=1)


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
    """A platform folder with submissions lent to one assessor."""

    folder: Path
    token: str = ""
    submissions: tuple[str, ...] = ()

    def open(self) -> Platform:
        return Platform(self.folder, clock=lambda: datetime.now(UTC), draw=lambda: 1.0)


def found(folder: Path, seeds: tuple[str, ...] = ("north",), page_bytes: int = 200_000) -> Town:
    """Make a platform folder with one submission a seed, all lent to the first assessor."""
    town = Town(folder)
    platform = town.open()
    town.token = platform.token(FIRST)
    town.submissions = tuple(platform.take_in(built(seed, page_bytes=page_bytes)) for seed in seeds)
    for submission in town.submissions:
        platform.assign(submission, FIRST)
    platform.close()
    return town


@dataclass
class Assessor:
    """One assessor at one laptop."""

    root: Path
    vault: Vault = field(default_factory=Vault)

    def sign_in(self, url: str, token: str) -> OpenProfile:
        access = Access(typed_address=url, token=token)
        return sign_in(self.root, access, self.vault, wall_clock())


def sync(opened: OpenProfile) -> RoundReport:
    return opened.sync_round(_ignore, threading.Event())


def write_and_seal(opened: OpenProfile, assignment: AssignmentId) -> Sealed:
    """Do the whole work on one packet, one save a change."""
    bench = opened.workbench
    packet = bench.prepare(open_packet, assignment, now=datetime.now(UTC))()
    for review in revisions(packet.draft.review, packet.packet, packet.rubric):
        bench.prepare(save_draft, review, now=datetime.now(UTC))()
    return bench.prepare(seal, assignment, now=datetime.now(UTC))()


def _ignore(_progress: RoundProgress) -> None:
    pass
