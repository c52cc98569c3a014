"""The rig itself: what is synced survives in every state, what is not is missing in some."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from assessor_app.store.files import write_durably
from tests.faults.crash_states import STORIES, Found, examine_story
from tests.faults.crash_states_disk import Disk, choices
from tests.faults.crash_states_tracer import Mark, Sync, SyncFolder, Write, record

OLD, NEW = b"old" * 500, b"new" * 500
Tell = Callable[[str], None]


def after_the_mark(folder: Path, work: Callable[[Path], None]) -> Iterator[bytes | None]:
    """Yield what a file may hold after `work` said that it is done."""
    (folder / "file").write_bytes(OLD)

    def told(tell: Tell) -> None:
        work(folder / "file")
        tell("done")

    recording = record(folder, told)
    chance = random.Random(1)  # noqa: S311 (a plan, not a secret)
    disk = Disk(recording)
    for point in disk.crash_points():
        for choice in choices(point.unsynced, chance) if point.marks else ():
            yield disk.image(point, choice).get("file")


def test_every_call_is_recorded_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()

    def work(tell: Tell) -> None:
        write_durably(folder / "file", NEW)
        tell("done")

    done = record(folder, work).operations

    kinds = [type(operation) for operation in done]
    assert kinds.index(Write) < kinds.index(Sync) < kinds.index(SyncFolder) < kinds.index(Mark)
    assert any(isinstance(operation, Write) and operation.content == NEW for operation in done)


def test_a_durable_write_is_there_in_every_state(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()

    found = set(after_the_mark(folder, lambda path: write_durably(path, NEW)))

    assert found == {NEW}


def test_a_write_that_was_not_synced_is_lost_or_torn_in_some_state(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()

    def work(path: Path) -> None:
        path.with_name("beside").write_bytes(NEW)
        path.with_name("beside").replace(path)

    found = set(after_the_mark(folder, work))

    assert {OLD, NEW, b""} <= found
    assert len(found) > 3


def test_a_whole_life_holds_its_promises_in_some_of_its_states() -> None:
    found = Found()
    chance = random.Random(7)  # noqa: S311 (a plan, not a secret)

    for story in STORIES:
        examine_story(story, found, 20, chance)

    assert found.violations == []
    assert found.states.total() == 20 * len(STORIES)
