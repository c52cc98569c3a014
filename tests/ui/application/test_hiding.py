import pytest
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.ui.application.hiding import HidingCover
from assessor_app.ui.parts.sheet import Sheet
from assessor_app.ui.shell.shortcuts import Shortcut
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.theme.theme import Theme


class Counter(QObject):
    """Counts how often it was asked."""

    count = 0

    @Slot()
    def add(self) -> None:
        self.count += 1


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> MainWindow:
    made = MainWindow(theme)
    qtbot.addWidget(made)
    screen = QWidget()
    line = QLineEdit(screen)
    screen.setFocusProxy(line)
    made.add_screen("screen", screen)
    made.show_submission("MC-4F2K-9", "Coaching plan")
    HidingCover(theme, made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_screen("screen")
    return made


def cover(window: MainWindow) -> HidingCover:
    return window.findChildren(HidingCover)[0]


def press_f9(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F9)


def test_one_key_covers_the_whole_window_and_its_title(qtbot: QtBot, window: MainWindow) -> None:
    press_f9(qtbot, window)

    assert cover(window).isVisible()
    assert cover(window).geometry() == window.rect()
    assert "MC-4F2K-9" not in window.windowTitle()


def test_the_same_key_shows_it_again_where_it_was(qtbot: QtBot, window: MainWindow) -> None:
    before = QApplication.focusWidget()
    press_f9(qtbot, window)

    press_f9(qtbot, window)

    assert not cover(window).isVisible()
    assert "MC-4F2K-9" in window.windowTitle()
    assert QApplication.focusWidget() is before


def test_nothing_can_be_done_while_everything_is_hidden(qtbot: QtBot, window: MainWindow) -> None:
    told = Counter()
    shortcut = Shortcut(key="rate", words="Rate", keys="Ctrl+1", group="Desk")
    window.shortcuts.add(shortcut, told.add, scope=window)
    press_f9(qtbot, window)

    target = QApplication.focusWidget()
    assert target is not None
    qtbot.keyClick(target, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert told.count == 0
    press_f9(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)

    assert told.count == 1


def test_a_sheet_is_covered_too_and_keeps_its_keys(
    qtbot: QtBot, theme: Theme, window: MainWindow
) -> None:
    told = Counter()
    below = Shortcut(key="below", words="Below", keys="Ctrl+1", group="Desk")
    window.shortcuts.add(below, told.add, scope=window)
    sheet = Sheet(theme, "A sheet", window)
    window.show_sheet(sheet)
    press_f9(qtbot, window)
    assert cover(window).isVisible()

    press_f9(qtbot, window)
    qtbot.keyClick(sheet, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)

    assert told.count == 0
