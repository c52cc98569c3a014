import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from assessor_app.ui.gui_thread_gc import GuiThreadGC
from assessor_app.ui.tasks import Lane, Tasks


class Cycle:
    """Refers to itself and tells on which thread it died."""

    def __init__(self, deaths: list[threading.Thread]) -> None:
        self.itself = self
        self._deaths = deaths

    def __del__(self) -> None:
        self._deaths.append(threading.current_thread())


@pytest.fixture
def guard(qtbot: QtBot) -> Iterator[GuiThreadGC]:
    parent = QObject()
    made = GuiThreadGC(parent)
    yield made
    made.stop()


def test_cycles_made_on_a_lane_die_on_the_gui_thread(qtbot: QtBot, guard: GuiThreadGC) -> None:
    deaths: list[threading.Thread] = []
    tasks = Tasks()

    def litter() -> None:
        for _ in range(20_000):
            Cycle(deaths)

    def ignore(_result: object) -> None:
        pass

    tasks.run(Lane.NETWORK, litter, owner=guard, done=ignore, failed=ignore)
    qtbot.waitUntil(lambda: len(deaths) >= 20_000)
    tasks.close()

    assert set(deaths) == {threading.main_thread()}


def test_stopping_gives_the_collector_back(qtbot: QtBot) -> None:
    parent = QObject()
    guard = GuiThreadGC(parent)
    during = gc.isenabled()

    guard.stop()

    assert not during
    assert gc.isenabled()
