import pytest
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.ui.shell.shortcuts import Shortcut, Shortcuts, is_single_letter

NEXT = Shortcut(key="next_unrated", words="Next unrated criterion", keys="N", group="Desk")
PAGE = Shortcut(key="page", words="Next page", keys="Space", group="Desk")
FIND = Shortcut(key="palette", words="Command palette", keys="Ctrl+K", group="Everywhere")
PIN = Shortcut(key="pin_3", words="Pin to criterion 3", keys="E, 3", group="Desk")


class Counter(QObject):
    """Counts how often it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    @Slot()
    def add(self) -> None:
        self.count += 1


class Stage:
    """A window with a line to type in and a button."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.line = QLineEdit(self.window)
        self.button = QPushButton("Press", self.window)
        self.button.move(0, 60)
        self.window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.window.resize(300, 200)
        self.shortcuts = Shortcuts(self.window)
        self.told = Counter()
        self.window.show()
        with qtbot.waitActive(self.window):
            self.window.activateWindow()
        self.window.setFocus()

    def add(self, shortcut: Shortcut) -> None:
        self.shortcuts.add(shortcut, self.told.add, scope=self.window)


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def test_a_key_does_what_it_was_registered_for(qtbot: QtBot, stage: Stage) -> None:
    stage.add(NEXT)

    qtbot.keyClick(stage.window, Qt.Key.Key_N)

    assert stage.told.count == 1


def test_a_letter_does_nothing_while_text_is_typed(qtbot: QtBot, stage: Stage) -> None:
    stage.add(NEXT)
    stage.line.setFocus()

    qtbot.keyClick(stage.line, Qt.Key.Key_N)

    assert stage.told.count == 0
    assert stage.line.text() == "n"


def test_a_combination_works_while_text_is_typed(qtbot: QtBot, stage: Stage) -> None:
    stage.add(FIND)
    stage.line.setFocus()

    qtbot.keyClick(stage.line, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)

    assert stage.told.count == 1


def test_space_presses_the_focused_button_instead(qtbot: QtBot, stage: Stage) -> None:
    stage.add(PAGE)
    stage.button.setFocus()

    with qtbot.waitSignal(stage.button.clicked):
        qtbot.keyClick(stage.button, Qt.Key.Key_Space)

    assert stage.told.count == 0


def test_single_letters_can_be_switched_off(qtbot: QtBot, stage: Stage) -> None:
    stage.add(NEXT)
    stage.add(FIND)

    stage.shortcuts.show_single_letters(working=False)
    qtbot.keyClick(stage.window, Qt.Key.Key_N)
    assert stage.told.count == 0
    qtbot.keyClick(stage.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)

    assert stage.told.count == 1


def test_a_key_is_remapped(qtbot: QtBot, stage: Stage) -> None:
    stage.add(NEXT)

    with qtbot.waitSignal(stage.shortcuts.keys_changed):
        stage.shortcuts.remap("next_unrated", "X")
    qtbot.keyClick(stage.window, Qt.Key.Key_N)
    assert stage.told.count == 0
    qtbot.keyClick(stage.window, Qt.Key.Key_X)

    assert stage.told.count == 1
    assert stage.shortcuts.keys("next_unrated") == "X"


def test_a_letter_and_a_digit_make_one_act(qtbot: QtBot, stage: Stage) -> None:
    stage.add(PIN)

    qtbot.keyClick(stage.window, Qt.Key.Key_E)
    qtbot.keyClick(stage.window, Qt.Key.Key_3)

    assert stage.told.count == 1


def test_a_hidden_screen_has_no_keys(qtbot: QtBot, stage: Stage) -> None:
    screen = QWidget(stage.window)
    stage.shortcuts.add(NEXT, stage.told.add, scope=screen)
    screen.hide()

    qtbot.keyClick(stage.window, Qt.Key.Key_N)

    assert stage.told.count == 0


def test_the_keys_of_what_is_covered_rest(qtbot: QtBot, stage: Stage) -> None:
    stage.add(FIND)

    stage.shortcuts.show_cover(QWidget(stage.window))
    qtbot.keyClick(stage.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert stage.told.count == 0
    stage.shortcuts.show_cover(None)
    qtbot.keyClick(stage.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)

    assert stage.told.count == 1


def test_two_shortcuts_of_one_name_are_a_bug(stage: Stage) -> None:
    stage.add(NEXT)

    with pytest.raises(ValueError, match="next_unrated"):
        stage.add(NEXT)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("N", True),
        ("[", True),
        ("?", True),
        ("1", True),
        ("E, 3", True),
        ("F9", False),
        ("Ctrl+K", False),
        ("Space", False),
        ("Up", False),
        ("", False),
    ],
)
def test_single_letters_are_bare_characters(keys: str, expected: bool) -> None:  # noqa: FBT001
    assert is_single_letter(keys) is expected
