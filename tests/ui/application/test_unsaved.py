"""A full disk: nothing that was typed leaves the window, and every screen says so."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.application.test_controller import House, house, key, opened, store, vault
from tests.ui.desk.rubric import MIDDLE, PLAN
from tests.ui.desk.test_unsaved import Disk, disk

__all__ = ["disk", "house", "key", "opened", "store", "vault"]


def says(house: House, words: str) -> bool:
    return any(
        widget.isVisible() and words in (widget.accessibleName() or "")
        for widget in house.frame.window.findChildren(QWidget)
    )


def rate(house: House) -> None:
    house.open()
    with house.qtbot.waitSignal(house.controller._room.desk.not_saved):  # noqa: SLF001 (a signal)
        house.qtbot.keyClicks(house.frame.window, "2")


def test_leaving_a_packet_says_that_its_last_words_are_not_saved_and_keeps_them(
    house: House, disk: Disk
) -> None:
    rate(house)

    house.press(Qt.Key.Key_Escape)

    house.at("queue")
    house.qtbot.waitUntil(lambda: says(house, "What you wrote last is not saved yet"))
    disk.is_full = False
    house.open()
    assert house.controller._room.desk.review.levels() == {PLAN: MIDDLE}  # noqa: SLF001 (the desk)


def test_nothing_is_sealed_while_the_desk_holds_more_than_the_store(
    house: House, disk: Disk
) -> None:
    rate(house)
    desk = house.controller._room.desk  # noqa: SLF001 (the desk)

    with house.qtbot.waitSignal(desk.not_saved):
        house.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    house.outbox()

    assert house.frame.window.screen_key() == "desk"
    assert desk.review.levels() == {PLAN: MIDDLE}
    assert disk.is_full
