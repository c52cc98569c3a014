"""What the journeys stand on: a platform in a process of its own, and its operator's hand."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from assessor_app.reference_platform.intake.built import BuiltSubmission
from assessor_app.reference_platform.service import Platform
from tests.reference_platform.factory import built

ROOT = Path(__file__).parents[2]


def private_to(folder: Path) -> dict[str, str]:
    """Return an environment without a display whose folders of a user all lie below `folder`."""
    names = {"TMPDIR": "tmp", "XDG_RUNTIME_DIR": "run", "HOME": "home"}
    own = {variable: folder / name for variable, name in names.items()}
    for each in own.values():
        each.mkdir(mode=0o700, parents=True)
    environment = {variable: str(each) for variable, each in own.items()}
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment}


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
