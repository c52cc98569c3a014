"""Page sets: what is decoded, selected, found and pinned."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from assessor_app.domain.ids import PinId
from assessor_app.domain.page_text import quote
from assessor_app.domain.review import BOX
from assessor_app.ui.evidence.page_geometry import Fit
from assessor_app.ui.evidence.page_marks import PageMark
from assessor_app.ui.evidence.pane import EvidencePane, Selected
from tests.ui.evidence.conftest import PAGES, Decoder, layer

LEFT = Qt.MouseButton.LeftButton


def control(pane: EvidencePane, name: str) -> QAbstractButton:
    return next(b for b in pane.findChildren(QAbstractButton) if b.accessibleName() == name)


def point_on(pane: EvidencePane, page: int, x: int, y: int) -> QPoint:
    """Return where ten-thousandths of a page are in the view."""
    view = pane.pages
    rect = view._geometry().rect(page)  # noqa: SLF001 (the one place that knows where pages lie)
    at_x = rect.left() + x / BOX * rect.width() - view.horizontalScrollBar().value()
    at_y = rect.top() + y / BOX * rect.height() - view.verticalScrollBar().value()
    return QPoint(round(at_x), round(at_y))


def drag(qtbot: QtBot, pane: EvidencePane, start: QPoint, end: QPoint) -> None:
    target = pane.pages.viewport()
    qtbot.mousePress(target, LEFT, pos=start)
    qtbot.mouseMove(target, end)
    qtbot.mouseRelease(target, LEFT, pos=end)


def test_only_pages_in_sight_are_decoded(pane: EvidencePane, decoder: Decoder) -> None:
    assert set(decoder.asked) < set(range(PAGES))
    assert 0 in decoder.asked


def test_scrolling_decodes_what_comes_into_sight(pane: EvidencePane, decoder: Decoder) -> None:
    pane.pages.go_to(4)

    assert 4 in decoder.asked
    assert pane.pages.here == 4


def test_a_page_in_sight_counts_as_seen(qtbot: QtBot, pane: EvidencePane, decoder: Decoder) -> None:
    with qtbot.waitSignal(pane.pages.page_seen) as seen:
        pane.pages.go_to(3)

    assert seen.args == [3]


def test_dragging_over_words_selects_them(
    qtbot: QtBot, pane: EvidencePane, decoder: Decoder
) -> None:
    with qtbot.waitSignal(pane.evidence_selected) as selected:
        drag(qtbot, pane, point_on(pane, 0, 2650, 1100), point_on(pane, 0, 4400, 1100))

    assert selected.args == [Selected(source="A1", page=0, start=2, end=5)]
    assert quote(layer(), 2, 5) == "teacher meet every"


def test_the_region_tool_draws_a_rectangle(
    qtbot: QtBot, pane: EvidencePane, decoder: Decoder
) -> None:
    qtbot.mouseClick(control(pane, "Select a region"), LEFT)
    with qtbot.waitSignal(pane.evidence_selected) as selected:
        drag(qtbot, pane, point_on(pane, 0, 2000, 1000), point_on(pane, 0, 6000, 3000))

    region = selected.args[0].region
    assert region.left == pytest.approx(2000, abs=30)
    assert region.bottom == pytest.approx(3000, abs=30)


def test_a_click_selects_nothing(qtbot: QtBot, pane: EvidencePane, decoder: Decoder) -> None:
    with qtbot.waitSignal(pane.evidence_selected) as selected:
        where = point_on(pane, 0, 5000, 4000)
        drag(qtbot, pane, where, where)

    assert selected.args == [None]


def test_words_are_selected_by_keyboard_alone(
    qtbot: QtBot, pane: EvidencePane, decoder: Decoder
) -> None:
    pane.take_focus()
    qtbot.keyClick(pane.pages, Qt.Key.Key_Right)
    qtbot.keyClick(pane.pages, Qt.Key.Key_Right)
    with qtbot.waitSignal(pane.evidence_selected) as selected:
        qtbot.keyClick(pane.pages, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)

    assert selected.args == [Selected(source="A1", page=0, start=1, end=3)]


def test_a_pin_in_the_margin_is_followed(
    qtbot: QtBot, pane: EvidencePane, decoder: Decoder
) -> None:
    mark = PageMark(pin=PinId("p1"), page=0, digit="3", start=12, end=15)
    pane.pages.show_marks((mark,))
    with qtbot.waitSignal(pane.pages.pin_chosen) as chosen:
        beside = point_on(pane, 0, 9999, 1450) + QPoint(20, 0)
        qtbot.mouseClick(pane.pages.viewport(), LEFT, pos=beside)

    assert chosen.args == ["p1"]


def test_typing_a_page_number_goes_there(
    qtbot: QtBot, pane: EvidencePane, decoder: Decoder
) -> None:
    box = next(b for b in pane.findChildren(QLineEdit) if b.accessibleName() == "Page number")
    box.selectAll()
    qtbot.keyClicks(box, "4")
    qtbot.keyClick(box, Qt.Key.Key_Return)

    assert pane.pages.here == 3
    assert box.text() == "4"


def test_zooming_keeps_the_page_and_asks_for_sharper_pixels(
    qtbot: QtBot, pane: EvidencePane, decoder: Decoder
) -> None:
    pane.pages.go_to(2)
    decoder.asked.clear()
    before = pane.pages.zoom
    pane.pages.zoom_in()

    assert pane.pages.zoom > before
    assert pane.pages.fit is Fit.FREE
    assert pane.pages.here == 2
    assert 2 in decoder.asked


def test_a_page_that_cannot_be_decoded_says_so_and_the_others_stay(
    pane: EvidencePane, decoder: Decoder
) -> None:
    pane.pages.show_problem(1, "This page can’t be shown.")
    pane.pages.go_to(3)

    assert pane.pages.layer(3) == layer()


def test_screen_readers_get_the_words_of_the_page(pane: EvidencePane, decoder: Decoder) -> None:
    face = QAccessible.queryAccessibleInterface(pane.pages)

    assert face.role() is QAccessible.Role.Document
    assert face.text(QAccessible.Text.Name) == "Lesson plan, A1 · PDF"
    assert face.text(QAccessible.Text.Value).startswith("Coach and teacher meet")
