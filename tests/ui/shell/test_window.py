import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.ui.parts.button import Button
from assessor_app.ui.parts.layout import Panel
from assessor_app.ui.parts.sheet import Sheet
from assessor_app.ui.parts.side_nav import NavSection, SideNav
from assessor_app.ui.shell.shortcuts import Shortcut
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.theme.theme import Mode, Theme
from tests.ui.shell.test_shortcuts import Counter

SECTIONS = (NavSection(key="review", label="To review", icon="inbox", count=9),)


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> MainWindow:
    made = MainWindow(theme)
    qtbot.addWidget(made)
    made.add_screen("queue", Panel(theme))
    made.add_screen("desk", Panel(theme), with_nav=False)
    made.show_sections(SECTIONS)
    made.show()
    return made


def nav(window: MainWindow) -> SideNav:
    found = window.findChild(SideNav)
    assert found is not None
    return found


def test_one_screen_is_in_front(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.screen_shown) as shown:
        window.show_screen("desk")

    assert shown.args == ["desk"]
    assert window.screen_key() == "desk"


def test_the_desk_takes_the_whole_width(window: MainWindow) -> None:
    assert nav(window).isVisible()

    window.show_screen("desk")

    assert not nav(window).isVisible()


def test_a_screen_gets_the_focus_where_it_wants_it(qtbot: QtBot, theme: Theme) -> None:
    window = MainWindow(theme)
    qtbot.addWidget(window)
    screen = QWidget()
    line = QLineEdit(screen)
    screen.setFocusProxy(line)
    window.add_screen("search", screen)
    window.show()

    window.show_screen("search")

    assert window.focusWidget() is line


def test_a_section_is_chosen(qtbot: QtBot, window: MainWindow) -> None:
    items = window.findChildren(QPushButton)
    item = next(b for b in items if b.accessibleName() == "To review")

    with qtbot.waitSignal(window.section_chosen) as chosen:
        qtbot.mouseClick(item, Qt.MouseButton.LeftButton)

    assert chosen.args == ["review"]


@pytest.mark.parametrize(
    ("width", "scale", "expected"), [(1366, 1.0, 216), (1024, 1.0, 56), (1366, 1.5, 80)]
)
def test_the_navigation_narrows_with_the_room(
    window: MainWindow, theme: Theme, width: int, scale: float, expected: int
) -> None:
    theme.use_text_scale(scale)
    window.resize(width, 700)

    assert nav(window).width() == expected


def test_the_assessor_can_keep_the_navigation_narrow(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1366, 700)

    nav(window).rail_toggled.emit()
    window.resize(1400, 700)

    assert nav(window).is_rail()


def test_the_title_begins_with_the_submission_id(window: MainWindow) -> None:
    window.show_submission("MC-4F2K-9", "Developing a Coaching Plan")

    assert window.windowTitle().startswith("MC-4F2K-9 · Developing a Coaching Plan")


def test_geometry_is_remembered_on_closing(qtbot: QtBot, theme: Theme) -> None:
    kept: list[bytes] = []
    first = MainWindow(theme, remember_geometry=kept.append)
    qtbot.addWidget(first)
    first.resize(800, 640)
    first.show()

    with qtbot.waitSignal(first.window_closed):
        first.close()
    second = MainWindow(theme, geometry=kept[0])
    qtbot.addWidget(second)

    assert (second.width(), second.height()) == (800, 640)


def test_keys_rest_under_a_sheet_and_work_again_after_it(
    qtbot: QtBot, theme: Theme, window: MainWindow
) -> None:
    told = Counter()
    shortcut = Shortcut(key="quit", words="Quit", keys="Ctrl+Q", group="Everywhere")
    window.shortcuts.add(shortcut, told.add, scope=window)
    with qtbot.waitActive(window):
        window.activateWindow()
    sheet = Sheet(theme, "Keys", window)
    sheet.body.addWidget(Button(theme, "Done"))
    for _ in range(2):
        window.show_sheet(sheet)
        qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
        assert told.count == 0
        sheet.shut()

    qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)

    assert told.count == 1


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_window_fits_a_small_laptop(
    window: MainWindow, theme: Theme, mode: Mode, scale: float
) -> None:
    theme.use_mode(mode)
    theme.use_text_scale(scale)
    window.resize(1366, 690)

    assert window.minimumSizeHint().width() <= 1366
    assert window.minimumSizeHint().height() <= 690
