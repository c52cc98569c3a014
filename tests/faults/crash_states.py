"""Every state a crash may leave of recorded writes is opened, and has to hold what was promised.

Recorded are the system calls of real work on a real profile: journal, database, log and files. A
crash may lose, tear and reorder whatever was not synced. See `crash_states_disk`.

Usage: python -m tests.faults.crash_states [STATES] [SEED].
"""

import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assessor_app.domain.errors import AppError
from assessor_app.store import blobs
from assessor_app.store.download import Download
from assessor_app.store.errors import DamagedBlobError, NoProfileError
from assessor_app.store.export import read_drafts
from assessor_app.store.integrity import findings
from assessor_app.store.opening import Store
from tests.faults.crash_states_disk import Choice, CrashPoint, Disk, choices
from tests.faults.crash_states_tracer import Mark, Recording, Write, can_trace, record
from tests.faults.crash_states_work import (
    BLOBS,
    KEY,
    Tell,
    Walk,
    migration,
    older_database,
    short_life,
    truth_of,
    whole_life,
)
from tests.journeys.plaintext import spellings
from tests.store.making import PLAINTEXTS, blob_of, reopened, sha256

SEED = 20261125
STATES = 12_000
PAGE_BYTES = 4096
DAMAGE = b"\xa5" * PAGE_BYTES
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 (a private folder below it, made by tempfile)
EMPTY = '{"acts": {}, "drafts"'


class BrokenError(AssertionError):
    """A crash state does not hold what was promised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One recorded piece of work. `prepare` makes the folder as it was before."""

    name: str
    prepare: Callable[[Path], None]
    work: Callable[[Walk], None]
    share: float
    quarantines: bool = False


@dataclass
class Found:
    """What the states came to."""

    states: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    operations: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a state may say: the truth told last, or the one that was under way."""

    steps: tuple[str, ...]
    truths: tuple[str, ...]
    nothing_yet: bool


class Examiner:
    """Puts crash states onto a disk in memory and opens them."""

    def __init__(self, folder: Path, story: Story) -> None:
        self._folder = folder
        self._story = story
        self._ballast = folder.with_name("ballast")
        self._ballast.touch()

    def examine(self, files: dict[str, bytes], promise: Promise) -> None:
        """Open one state. Raises BrokenError."""
        self._lay_out(files)
        try:
            store = reopened(self._folder, KEY)
        except NoProfileError:
            if not promise.nothing_yet:
                raise BrokenError("the profile is gone") from None
            return
        except AppError as error:
            raise BrokenError(f"not opened: {type(error).__name__}") from None
        try:
            self._check(store, promise)
        except AppError as error:
            raise BrokenError(f"{type(error).__name__} after opening") from None
        finally:
            store.close()

    def _lay_out(self, files: dict[str, bytes]) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        for name in ("", "blobs", "journal"):
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        os.link(self._ballast, self._folder / "ballast")
        for name, content in files.items():
            path = self._folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def _check(self, store: Store, promise: Promise) -> None:
        report = store.report
        if report.quarantined and not self._story.quarantines:
            raise BrokenError("a sound database was quarantined")
        if report.unreadable_journal_files:
            raise BrokenError("a file of the journal is torn")
        truth = truth_of(store)
        is_empty = promise.nothing_yet and truth.startswith(EMPTY)
        if truth not in promise.truths and not is_empty:
            raise BrokenError(f"neither of {promise.steps}:\n {truth}\n {promise.truths}")
        for content in BLOBS:
            self._check_blob(store, content, promise)

    def _check_blob(self, store: Store, content: bytes, promise: Promise) -> None:
        """A whole one is right; one that is not can go on from where it is."""
        name = sha256(content)
        with store.sessions.begin() as session:
            if blobs.has_blob(session, name):
                try:
                    with blobs.open_reader(session, store.blob_folder, name) as reader:
                        shown = reader.read_all()
                except DamagedBlobError:
                    if "forget" in promise.steps:
                        return
                    raise BrokenError("I10: a whole file is damaged") from None
                if shown != content:
                    raise BrokenError("I10: another content is shown")
                return
            ticket = blobs.begin(session, store.blob_folder, blob_of(content))
        with Download(store.blob_folder, ticket) as download:
            for span in download.missing():
                download.write(span.offset, content[span.offset : span.offset + span.length])
            download.finish()


def promised(recording: Recording) -> list[tuple[str, str]]:
    """Return step and truth of every mark."""
    told = [op.told for op in recording.operations if isinstance(op, Mark)]
    return [(step, truth) for step, truth in (line.strip().split("\n") for line in told)]


def promise_at(point: CrashPoint, told: list[tuple[str, str]]) -> Promise:
    around = told[max(0, point.marks - 1) : point.marks + 1]
    return Promise(
        steps=tuple(step for step, _ in around),
        truths=tuple(truth for _, truth in around),
        nothing_yet=point.marks == 0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Some crash states of one recording, by crash point: work for one process."""

    story: Story
    recording: Recording = field(repr=False)
    states: dict[int, list[Choice]] = field(repr=False)
    folder: Path


def examine_story(
    story: Story, found: Found, wanted: int, chance: random.Random, processes: int = 1
) -> None:
    """Record one story and examine that many of its crash states, evenly over its length."""
    with tempfile.TemporaryDirectory(dir=SHARED_MEMORY if SHARED_MEMORY.is_dir() else None) as made:
        folder = Path(made) / "profile"
        folder.mkdir()
        story.prepare(folder)

        def work(tell: Tell) -> None:
            story.work(Walk(folder, tell))

        recording = record(folder, work)
        found.operations.update(type(op).__name__ for op in recording.operations)
        check_unreadable(recording, found)
        states = sampled(all_states(recording, chance), wanted, chance)
        jobs = [
            Job(
                story=story,
                recording=recording,
                states={at: some for at, some in states.items() if at % processes == number},
                folder=Path(made) / f"examined-{number}",
            )
            for number in range(processes)
        ]
        found.states[story.name] += sum(len(some) for some in states.values())
        if processes == 1:
            found.violations += examine_all(jobs[0])
            return
        with ProcessPoolExecutor(processes) as pool:
            for violations in pool.map(examine_all, jobs):
                found.violations += violations


def examine_all(job: Job) -> list[str]:
    """Examine the states of a job and return what was broken."""
    job.folder.mkdir()
    told = promised(job.recording)
    examiner = Examiner(job.folder / "state", job.story)
    disk = Disk(job.recording)
    violations: list[str] = []
    for point in disk.crash_points():
        promise = promise_at(point, told)
        for choice in job.states.get(point.at, ()):
            try:
                examiner.examine(disk.image(point, choice), promise)
            except BrokenError as broken:
                where = f"{job.story.name}, crash before operation {point.at}, {choice}"
                violations.append(f"{where}: {broken}")
    return violations


def all_states(recording: Recording, chance: random.Random) -> list[tuple[int, Choice]]:
    """Return every different choice at every crash point."""
    found: list[tuple[int, Choice]] = []
    for point in Disk(recording).crash_points():
        known = dict.fromkeys(choices(point.unsynced, chance))
        found += [(point.at, choice) for choice in known]
    return found


def sampled(
    states: list[tuple[int, Choice]], wanted: int, chance: random.Random
) -> dict[int, list[Choice]]:
    """Return as many of them as wanted, by crash point."""
    chosen = states if len(states) <= wanted else chance.sample(states, wanted)
    by_point: dict[int, list[Choice]] = {}
    for at, choice in chosen:
        by_point.setdefault(at, []).append(choice)
    return by_point


def check_unreadable(recording: Recording, found: Found) -> None:
    """I13: no text of anybody is in any byte that was ever written."""
    written = b"\0".join(op.content for op in recording.operations if isinstance(op, Write))
    for text in PLAINTEXTS:
        if any(needle in written for needle in spellings(text)):
            found.violations.append(f"I13: {text!r} was written")


def nothing(_folder: Path) -> None:
    """The folder is new."""


def lived(folder: Path) -> None:
    """A profile after a whole life."""
    whole_life(Walk(folder, lambda _: None))


def with_older_database(folder: Path) -> None:
    """A profile whose database is a copy made early in its life, log included."""
    live_and_take_back(folder, "seal")


def killed(folder: Path) -> None:
    """A profile whose database has much of its life in its log only."""
    live_and_take_back(folder, "forget")


def live_and_take_back(folder: Path, step: str) -> None:
    """Live a whole life, then put the database as it was after the first such step."""
    early = folder.with_name("early")

    def keep_early(told: str) -> None:
        if told.startswith(f"{step}\n") and not early.exists():
            early.mkdir()
            for suffix in ("", "-wal"):
                shutil.copyfile(folder / f"store.db{suffix}", early / f"store.db{suffix}")

    whole_life(Walk(folder, keep_early))
    for path in folder.glob("store.db*"):
        path.unlink()
    for path in early.iterdir():
        shutil.copyfile(path, folder / path.name)


def without_database(folder: Path) -> None:
    """A profile whose database is gone."""
    lived(folder)
    for path in folder.glob("store.db*"):
        path.unlink()


def with_damaged_database(folder: Path) -> None:
    """A profile whose database has pages that no key opens, but still gives its draft."""
    short_life(Walk(folder, lambda _: None))
    path = folder / "store.db"
    sound = path.read_bytes()
    path.with_name("store.db.suspect").touch()
    for page in range(len(sound) // PAGE_BYTES - 1, 0, -1):
        damaged = bytearray(sound)
        damaged[page * PAGE_BYTES : (page + 1) * PAGE_BYTES] = DAMAGE
        path.write_bytes(damaged)
        drafts = read_drafts(path, KEY)
        if len(drafts) == 2 and not any(b"\0" in draft for draft in drafts) and findings(path, KEY):
            return
    raise BrokenError("no page can be damaged without losing the draft")


STORIES = (
    Story(name="whole life", prepare=nothing, work=whole_life, share=0.76),
    Story(name="older database", prepare=with_older_database, work=older_database, share=0.06),
    Story(name="no database", prepare=without_database, work=older_database, share=0.06),
    Story(
        name="damaged database",
        prepare=with_damaged_database,
        work=older_database,
        share=0.06,
        quarantines=True,
    ),
    Story(name="migration", prepare=killed, work=migration, share=0.06),
)


def prove(*, seed: int = SEED, states: int = STATES, processes: int = 2) -> dict[str, Any]:
    """Run all stories. Return the figures, with `crash_states` and `crash_violations`."""
    if not can_trace():
        return {"crash_states": 0, "crash_states_left_out": "system calls can be traced on Linux"}
    found = Found()
    chance = random.Random(seed)  # noqa: S311 (a plan, not a secret)
    for story in STORIES:
        examine_story(story, found, round(states * story.share), chance, processes)
        broken = len(found.violations)
        sys.stdout.write(f"{story.name}: {found.states[story.name]} states, {broken} violations\n")
        sys.stdout.flush()
    return {
        "crash_seed": seed,
        "crash_states": found.states.total(),
        "crash_states_by_story": dict(found.states),
        "crash_operations": dict(found.operations),
        "crash_violations": len(found.violations),
        "crash_violated": found.violations[:20],
    }


def main(arguments: list[str]) -> int:
    states, seed = (*map(int, arguments), *(STATES, SEED)[len(arguments) :])
    sys.stdout.write(f"seed {seed}\n")
    figures = prove(seed=seed, states=states)
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 1 if figures.get("crash_violations") else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
