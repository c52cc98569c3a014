"""What must be on the disk before what: seen by watching the calls into the system."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from assessor_app.store import outbox
from assessor_app.store.blobs import begin
from assessor_app.store.download import Download
from assessor_app.store.files import write_durably
from assessor_app.store.opening import Store
from tests.store.making import IMAGE, blob_of, review, sealing

FILE_THEN_NAME_THEN_FOLDER = ["fsync", "replace", "fsync"]


def steps_of(work: Callable[[], object]) -> list[str]:
    """Return the calls of `work` that order what is on the disk."""
    steps: list[str] = []

    def watch(_: FrameType, happening: str, called: Any) -> None:
        if happening != "c_call":
            return
        if called in (os.fsync, os.replace) or called.__name__ == "commit":
            steps.append(called.__name__)

    sys.setprofile(watch)
    try:
        work()
    finally:
        sys.setprofile(None)
    return steps


def test_a_file_is_durable_before_its_name_and_the_name_before_anything_else(
    tmp_path: Path,
) -> None:
    path = tmp_path / "file"

    assert steps_of(lambda: write_durably(path, b"content")) == FILE_THEN_NAME_THEN_FOLDER


def test_a_fetched_file_is_durable_before_its_row_can_say_so(store: Store) -> None:
    with store.sessions.begin() as session:
        ticket = begin(session, store.blob_folder, blob_of(IMAGE))
    download = Download(store.blob_folder, ticket)
    download.write(0, IMAGE)

    assert steps_of(download.finish) == FILE_THEN_NAME_THEN_FOLDER


def test_the_journal_is_durable_before_the_database_commits(store: Store) -> None:
    def seal() -> None:
        with store.sessions.begin() as session:
            outbox.seal(session, store.journal, review(), sealing())

    assert steps_of(seal) == [*FILE_THEN_NAME_THEN_FOLDER, "commit"]
