"""That nobody is there is noticed by the clock, and by a sleep of the computer."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.ui.application.idle import TICK_S, IdleWatch


@dataclass
class Watched:
    """A watch whose clock a test moves; it looks when it is told."""

    app: QApplication
    seconds: float = 1000.0
    left: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.watch = IdleWatch(self.app, lambda: self.seconds)
        self.watch.left.connect(lambda: self.left.append(self.seconds))

    def wait(self, seconds: float) -> None:
        """Let time pass, a tick at a time."""
        end = self.seconds + seconds
        while self.seconds < end:
            self.seconds += TICK_S
            self.watch.look()


@pytest.fixture
def watched(qapp: QApplication) -> Watched:
    return Watched(qapp)


def test_it_is_noticed_after_as_long_as_was_said(watched: Watched) -> None:
    watched.watch.show_after(10)

    watched.wait(595)
    before = list(watched.left)
    watched.wait(5)

    assert before == []
    assert watched.left == [1600.0]


def press(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.keyClick(widget, Qt.Key.Key_A)


def move(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("sign", [press, move])
def test_a_key_and_a_click_are_signs_of_somebody(
    qtbot: QtBot, watched: Watched, sign: Callable[[QtBot, QWidget], None]
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    watched.watch.show_after(1)
    watched.wait(55)

    sign(qtbot, widget)
    watched.wait(55)

    assert watched.left == []


def test_a_sleep_of_the_computer_is_noticed_at_once(watched: Watched) -> None:
    watched.watch.show_after(60)
    watched.seconds += 120

    watched.watch.look()

    assert len(watched.left) == 1


def test_never_is_never(watched: Watched) -> None:
    watched.watch.show_after(0)
    watched.seconds += 1e6

    watched.watch.look()

    assert watched.left == []
