"""What is said to the lead or the platform is checked for names before it is sealed."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.domain.outbox import ActKind
from tests.ui.application.test_controller import House, house, key, opened, store, vault
from tests.ui.application.test_notices_and_leases import says

__all__ = ["house", "key", "opened", "store", "vault"]


def ask(house: House, words: str) -> QPlainTextEdit:
    house.open()
    house.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    box = house.named("What to say")
    assert isinstance(box, QPlainTextEdit)
    house.qtbot.keyClicks(box, words)
    return box


def test_a_question_that_may_tell_who_somebody_is_says_so(house: House) -> None:
    ask(house, "Write to lead@example.org, when I taught at Hill School")

    assert says(house, "“lead@example.org”, “when I taught at Hill School”")()
    assert not house.outbox()


def test_it_goes_as_it_is_when_the_assessor_says_so(qtbot: QtBot, house: House) -> None:
    ask(house, "Write to lead@example.org")

    house.click("Send as it is")

    qtbot.waitUntil(lambda: [line.kind for line in house.outbox()] == [ActKind.ASK])


def test_a_question_without_it_is_asked_as_ever(house: House) -> None:
    box = ask(house, "Write to lead@example.org")

    box.clear()
    house.qtbot.keyClicks(box, "Does page 3 count?")

    assert not says(house, "lead@example.org")()
    assert house.named("Ask").isEnabled()


def test_the_sheet_makes_room_for_the_warning(qtbot: QtBot, house: House) -> None:
    ask(house, "Write to lead@example.org")

    send = house.named("Send as it is")
    note = house.named("It waits in the outbox and leaves with the next sync.")
    qtbot.waitUntil(lambda: bottom(note) < top(send))
    assert not note.visibleRegion().isEmpty()


def top(widget: QWidget) -> int:
    return widget.mapTo(widget.window(), QPoint(0, 0)).y()


def bottom(widget: QWidget) -> int:
    return top(widget) + widget.height()
