from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.ui.application.first_frame import FirstFrame
from assessor_app.ui.theme.theme import Theme
from tests.ui.queue.making import LATE, READY


def section(window: QWidget, name: str) -> QAbstractButton:
    buttons = window.findChildren(QAbstractButton)
    return next(b for b in buttons if b.accessibleName() == name)


def test_the_first_page_shows_the_group_that_was_shown_last(qtbot: QtBot, theme: Theme) -> None:
    frame = FirstFrame(theme)
    qtbot.addWidget(frame.window)

    frame.show_section("attention")
    frame.show_rows((READY, LATE))

    chosen = frame.queue.table.chosen()
    assert chosen is not None
    assert chosen.submission == LATE.submission


def test_an_unknown_section_is_the_first_one(qtbot: QtBot, theme: Theme) -> None:
    frame = FirstFrame(theme)
    qtbot.addWidget(frame.window)

    frame.show_section("sync")
    frame.show_rows((READY, LATE))

    chosen = frame.queue.table.chosen()
    assert chosen is not None
    assert chosen.submission == READY.submission


def test_a_picture_taken_meanwhile_leaves_the_navigation_whole(qtbot: QtBot, theme: Theme) -> None:
    frame = FirstFrame(theme)
    qtbot.addWidget(frame.window)
    frame.window.add_screen("first_run", QWidget(), with_nav=False)
    frame.window.show_screen("first_run")
    frame.window.show()
    qtbot.waitExposed(frame.window)
    frame.window.grab()

    frame.window.show_screen("queue")
    item = section(frame.window, "To review")
    room = item.parentWidget()

    qtbot.waitUntil(item.isVisible)
    assert room is not None
    qtbot.waitUntil(lambda: 0 < item.geometry().right() < room.width())
