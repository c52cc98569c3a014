import gc
import weakref
from types import MappingProxyType

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from assessor_app.ui.queue.cells import Column
from assessor_app.ui.queue.model import QueueList
from assessor_app.ui.queue.said import Contact, empty_of, summary_of, title_of
from assessor_app.ui.queue.screen import QueueScreen, QueueState
from assessor_app.ui.theme.theme import Mode, Theme
from assessor_app.usecases.queue_rows import QueueGroup, QueueRow
from tests.ui.queue.making import COMING, LATE, NOW, READY

LEFT = Qt.MouseButton.LeftButton
GROUP = QueueGroup.TO_REVIEW


def state_of(*rows: QueueRow, contact: Contact | None = None) -> QueueState:
    return QueueState(
        title=title_of(GROUP),
        summary=summary_of(GROUP, rows),
        shown=QueueList(rows=rows),
        empty=empty_of(GROUP, 0, contact or Contact()),
    )


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme) -> QueueScreen:
    made = QueueScreen(theme)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show_queue(state_of(READY, COMING, LATE))
    made.show()
    qtbot.waitExposed(made)
    return made


def table(screen: QueueScreen) -> QTableView:
    return next(t for t in screen.findChildren(QTableView) if t.accessibleName() == "Packets")


def search(screen: QueueScreen) -> QLineEdit:
    name = "Search packets, evidence, my feedback"
    return next(f for f in screen.findChildren(QLineEdit) if f.accessibleName() == name)


def row_place(screen: QueueScreen, row: int) -> QPoint:
    view = table(screen)
    return view.visualRect(view.model().index(row, Column.TITLE)).center()


def test_a_double_click_opens_a_packet(qtbot: QtBot, screen: QueueScreen) -> None:
    place = row_place(screen, 1)
    qtbot.mouseClick(table(screen).viewport(), LEFT, pos=place)

    with qtbot.waitSignal(screen.packet_opened) as opened:
        qtbot.mouseDClick(table(screen).viewport(), LEFT, pos=place)

    assert opened.args == [READY.assignment]


def test_enter_opens_the_chosen_packet(qtbot: QtBot, screen: QueueScreen) -> None:
    table(screen).setFocus()
    qtbot.keyClick(table(screen), Qt.Key.Key_Down)

    with qtbot.waitSignal(screen.packet_opened) as opened:
        qtbot.keyClick(table(screen), Qt.Key.Key_Return)

    assert opened.args == [READY.assignment]


def test_showing_the_queue_is_not_opening(qtbot: QtBot, screen: QueueScreen) -> None:
    with qtbot.assertNotEmitted(screen.packet_opened):
        screen.show_queue(state_of(READY))


def test_the_chosen_packet_stays_chosen_when_rows_come(qtbot: QtBot, screen: QueueScreen) -> None:
    screen.show_queue(state_of(COMING))
    screen.table.choose_packet(COMING.assignment)

    screen.show_queue(state_of(READY, COMING, LATE))

    chosen = screen.table.chosen()
    assert chosen is not None
    assert chosen.submission == COMING.submission


def test_until_one_is_chosen_the_first_due_is(screen: QueueScreen) -> None:
    screen.show_queue(state_of(COMING))

    screen.show_queue(state_of(READY, COMING, LATE))

    chosen = screen.table.chosen()
    assert chosen is not None
    assert chosen.submission == LATE.submission


def test_the_focus_goes_to_the_rows_when_they_come(qtbot: QtBot, screen: QueueScreen) -> None:
    screen.show_queue(state_of())
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.setFocus()
    assert not table(screen).hasFocus()

    screen.show_queue(state_of(READY))

    assert table(screen).hasFocus()


def test_typing_is_told_at_once(qtbot: QtBot, screen: QueueScreen) -> None:
    told: list[str] = []
    screen.search_edited.connect(told.append)

    qtbot.keyClicks(search(screen), "co")

    assert told == ["c", "co"]


def test_down_leaves_the_search_for_the_rows(qtbot: QtBot, screen: QueueScreen) -> None:
    screen.activateWindow()
    search(screen).setFocus()

    qtbot.keyClick(search(screen), Qt.Key.Key_Down)

    assert table(screen).hasFocus()


def test_a_column_head_asks_for_its_order(qtbot: QtBot, screen: QueueScreen) -> None:
    header = table(screen).horizontalHeader()
    place = QPoint(header.sectionViewportPosition(Column.REVIEW) + 5, 10)

    with qtbot.waitSignal(screen.sort_chosen) as chosen:
        qtbot.mouseClick(header.viewport(), LEFT, pos=place)

    assert chosen.args == [Column.REVIEW]


def test_no_column_sorts_what_a_search_ranked(screen: QueueScreen) -> None:
    found = MappingProxyType({COMING.assignment: "…said…"})

    screen.table.show_list(QueueList(rows=(COMING, READY), found=found))

    assert table(screen).horizontalHeader().sortIndicatorSection() == -1
    assert not screen.table.is_first_due(0)


def test_the_summary_counts_what_can_be_read_offline() -> None:
    said = summary_of(GROUP, (READY, COMING))

    assert said == "2 packets. 1 is ready on this laptop. The next is due in 3 business days."


def test_an_empty_queue_says_why_and_what_to_do(qtbot: QtBot, screen: QueueScreen) -> None:
    screen.show_queue(state_of(contact=Contact(offline_since=NOW, next_try=NOW)))

    button = next(b for b in screen.findChildren(QPushButton) if b.text() == "Try to connect")
    with qtbot.waitSignal(screen.sync_wanted):
        qtbot.mouseClick(button, LEFT)

    assert not table(screen).isVisible()


def test_a_queue_that_is_not_read_yet_says_nothing(screen: QueueScreen) -> None:
    blank = state_of()
    screen.show_queue(
        QueueState(
            title=blank.title,
            summary="",
            shown=QueueList(),
            empty=type(blank.empty)(icon="", title="", text=""),
        )
    )

    assert table(screen).isVisible()


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize(("scale", "width"), [(1.0, 1150), (1.0, 968), (2.0, 1260)])
def test_every_column_is_painted_within_the_window(
    screen: QueueScreen, theme: Theme, mode: Mode, scale: float, width: int
) -> None:
    theme.use_mode(mode)
    theme.use_text_scale(scale)
    screen.resize(width, 700)

    assert screen.minimumSizeHint().width() <= width
    view = table(screen)
    assert sum(view.columnWidth(column) for column in Column) == view.viewport().width()
    assert view.columnWidth(Column.TITLE) > 200 * scale / 2
    assert not screen.grab().isNull()


def test_the_date_gives_way_before_the_segments(screen: QueueScreen) -> None:
    due = screen.table.cell_at(table(screen).model().index(0, Column.DUE))

    screen.resize(960, 700)
    assert not screen.table.shows_details(due)
    assert screen.table.shows_segments()
    screen.resize(880, 700)

    assert not screen.table.shows_segments()


def test_a_closed_screen_is_freed(theme: Theme) -> None:
    made = QueueScreen(theme)
    made.show_queue(state_of(READY))
    alive = weakref.ref(made)
    del made
    gc.collect()

    assert alive() is None
