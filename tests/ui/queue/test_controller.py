"""The queue's controller on a real encrypted store."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from assessor_app.domain.ids import AssignmentId
from assessor_app.render.host import RenderHost
from assessor_app.render.profiles import ProfileName
from assessor_app.store.opening import Store
from assessor_app.store.search import index_packet
from assessor_app.ui.queue.controller import QueueController
from assessor_app.ui.queue.screen import QueueScreen
from assessor_app.ui.services import Services
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.tasks import Tasks
from assessor_app.ui.theme.theme import Theme
from assessor_app.usecases.queue_rows import QueueGroup
from assessor_app.usecases.workbench import Workbench
from tests.store.conftest import key, opened, store, vault
from tests.store.making import NOW
from tests.ui.desk.packet import fill

__all__ = ["key", "opened", "store", "vault"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A window with the queue of one packet."""

    window: MainWindow
    screen: QueueScreen
    queue: QueueController
    assignment: AssignmentId


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, store: Store) -> Iterator[Desk]:
    assignment = fill(store)
    with store.sessions.begin() as session:
        index_packet(session, assignment)
    window = MainWindow(theme)
    qtbot.addWidget(window)
    screen = QueueScreen(theme, window)
    window.add_screen("queue", screen)
    tasks = Tasks(window)
    services = Services(
        tasks=tasks,
        workbench=Workbench(store),
        render=RenderHost(ProfileName.VIEWER),
        clock=lambda: NOW,
    )
    queue = QueueController(screen, services, window.shortcuts, window)
    window.show()
    with qtbot.waitSignal(queue.loaded):
        queue.reload()
    yield Desk(window=window, screen=screen, queue=queue, assignment=assignment)
    tasks.close()


def test_what_the_store_holds_is_shown(desk: Desk) -> None:
    chosen = desk.screen.table.chosen()

    assert chosen is not None
    assert chosen.assignment == desk.assignment


def test_another_group_has_other_packets(desk: Desk) -> None:
    desk.queue.show_group(QueueGroup.RECEIVED)

    assert desk.screen.table.chosen() is None


def test_a_search_finds_a_response_and_says_where(qtbot: QtBot, desk: Desk) -> None:
    desk.window.activateWindow()
    qtbot.keyClick(desk.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)

    qtbot.keyClicks(focused, "exit tick")
    model = desk.screen.table.model()
    qtbot.waitUntil(
        lambda: (
            model.rowCount() == 1
            and "exit tickets" in model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
        )
    )

    assert desk.screen.table.chosen() is not None


def test_a_search_that_finds_nothing_says_so(qtbot: QtBot, desk: Desk) -> None:
    desk.screen.search_edited.emit("zebra")

    qtbot.waitUntil(lambda: desk.screen.table.chosen() is None)


def test_the_packet_beside_the_last_one_is_none(desk: Desk) -> None:
    assert desk.queue.neighbour(desk.assignment, 1) is None
