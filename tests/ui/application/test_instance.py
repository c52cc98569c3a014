"""One window for one folder of work, and what a window remembers."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assessor_app.ui.application.instance import FirstInstance, name_of, raise_first
from assessor_app.ui.application.memory import (
    FILE,
    WindowMemory,
    encoded,
    load_memory,
    save_memory,
)
from assessor_app.ui.application.samples import Samples
from assessor_app.ui.theme.theme import Mode

HARDENED = """
import ctypes, resource
from assessor_app.ui.application.hardening import harden
harden()
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE)[0])
"""


def test_a_second_start_raises_the_first_window(qtbot: QtBot, tmp_path: Path) -> None:
    first = FirstInstance(tmp_path)

    with qtbot.waitSignal(first.raise_wanted):
        assert raise_first(tmp_path)

    first.close()
    assert not raise_first(tmp_path)


@pytest.mark.usefixtures("qapp")
def test_another_folder_is_another_window(tmp_path: Path) -> None:
    first = FirstInstance(tmp_path / "one")

    assert not raise_first(tmp_path / "two")
    first.close()


def test_the_name_of_the_socket_tells_nothing_of_the_folder(tmp_path: Path) -> None:
    assert tmp_path.name not in name_of(tmp_path)


def test_a_window_remembers_where_it_was_and_how_it_looked(tmp_path: Path) -> None:
    memory = WindowMemory(
        geometry=encoded(b"\x01\x02"), section="sealed", mode=Mode.DARK, text_scale=1.5
    )

    save_memory(tmp_path, memory)

    assert load_memory(tmp_path) == memory
    assert load_memory(tmp_path).geometry_bytes() == b"\x01\x02"


def test_a_damaged_memory_is_a_first_time(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{", "utf-8")

    assert load_memory(tmp_path) == WindowMemory()


def test_work_of_the_samples_is_told_from_other_work(tmp_path: Path) -> None:
    samples = Samples(tmp_path, lambda: datetime.now(UTC))
    assert not samples.serves("http://127.0.0.1:8765")
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "port").write_text("8765", "utf-8")

    assert samples.serves("http://127.0.0.1:8765")
    assert not samples.serves("http://127.0.0.1:8766")
    assert not samples.serves("https://platform.example:8765")


def test_no_core_dump_and_no_look_from_outside() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HARDENED], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == (["0", "0"] if sys.platform == "linux" else done.stdout.split())
