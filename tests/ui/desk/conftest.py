"""A window with desk and seal on a real encrypted store and a real confined worker."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.domain.errors import AppError
from assessor_app.domain.ids import AssignmentId
from assessor_app.domain.review import Review
from assessor_app.render.host import RenderHost
from assessor_app.render.profiles import ProfileName
from assessor_app.store.opening import Store
from assessor_app.ui.desk.controller import DeskController
from assessor_app.ui.seal.controller import SealController
from assessor_app.ui.services import Services
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.tasks import Lane, Tasks
from assessor_app.ui.theme.theme import Theme
from assessor_app.usecases.packet import OpenedPacket, open_packet
from assessor_app.usecases.workbench import Workbench
from tests.finding import shown
from tests.store.conftest import key, opened, store, vault
from tests.ui.desk.packet import CONTENTS, fill, keep

__all__ = ["key", "opened", "store", "vault"]

NOW = datetime(2026, 11, 25, 12, 3, 21, tzinfo=UTC)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The window, and the ways to look behind it."""

    window: MainWindow
    desk: DeskController
    seal: SealController
    services: Services
    store: Store
    assignment: AssignmentId
    qtbot: QtBot

    def stored(self) -> OpenedPacket:
        """Return what the store holds after everything queued before was written."""
        return self.run(self.services.workbench.prepare(open_packet, self.assignment, now=NOW))

    def run(self, work: Callable[[], T]) -> T:
        """Return what `work` gives on the STORE lane."""
        found: list[T] = []
        failed: list[AppError] = []
        self.services.tasks.run(
            Lane.STORE, work, owner=self.window, done=found.append, failed=failed.append
        )
        self.qtbot.waitUntil(lambda: bool(found or failed))
        if failed:
            raise failed[0]
        return found[0]

    def review(self) -> Review:
        """Return the review as it is stored."""
        return self.stored().draft.review

    def press(self, *keys: str | Qt.Key, hold: Qt.KeyboardModifier | None = None) -> None:
        """Press keys one after the other wherever the focus is."""
        for one in keys:
            target = QApplication.focusWidget() or self.window
            self.qtbot.keyClick(target, one, hold or Qt.KeyboardModifier.NoModifier)

    def named(self, name: str) -> QWidget:
        """Return a visible control by the name a screen reader says, as soon as it is there."""
        self.qtbot.waitUntil(lambda: bool(shown(self.window, QWidget, name)))
        return shown(self.window, QWidget, name)[0]

    def click(self, name: str) -> None:
        """Click a control by its name."""
        self.qtbot.mouseClick(self.named(name), Qt.MouseButton.LeftButton)

    def write(self, words: str) -> None:
        """Type into what has the focus."""
        target = QApplication.focusWidget()
        assert target is not None
        self.qtbot.keyClicks(target, words)

    def open(self) -> None:
        """Put the packet on the desk."""
        self.desk.open(self.stored())
        self.window.show_screen("desk")


@pytest.fixture(scope="session")
def render() -> Iterator[RenderHost]:
    host = RenderHost(ProfileName.VIEWER)
    host.start()
    yield host
    host.close()


@pytest.fixture
def house(qtbot: QtBot, theme: Theme, store: Store, render: RenderHost) -> Iterator[House]:
    assignment = fill(store)
    for content in CONTENTS:
        keep(store, content)
    window = MainWindow(theme)
    qtbot.addWidget(window)
    tasks = Tasks(window)
    services = Services(tasks=tasks, workbench=Workbench(store), render=render, clock=lambda: NOW)
    desk = DeskController(services, theme, window.shortcuts, window)
    seal = SealController(services, theme, window.shortcuts, window)
    window.add_screen("desk", desk.widget, with_nav=False)
    window.add_screen("seal", seal.widget, with_nav=False)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = House(
        window=window,
        desk=desk,
        seal=seal,
        services=services,
        store=store,
        assignment=assignment,
        qtbot=qtbot,
    )
    made.open()
    yield made
    tasks.close()
