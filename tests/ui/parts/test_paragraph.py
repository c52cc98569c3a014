from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assessor_app.ui.parts.offsets import Offsets
from assessor_app.ui.parts.paragraph import Mark, Paragraph, Span
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

TEXT = "Weeks two to four. Coach and teacher meet every Tuesday."
SHIFT = Qt.KeyboardModifier.ShiftModifier


def selectable(qtbot: QtBot, theme: Theme, text: str = TEXT) -> Paragraph:
    paragraph = Paragraph(theme, text, selectable=True)
    qtbot.addWidget(paragraph)
    paragraph.resize(500, paragraph.heightForWidth(500))
    return paragraph


def test_lines_have_the_leading_of_their_style(qtbot: QtBot, theme: Theme) -> None:
    paragraph = Paragraph(theme, "one\ntwo\nthree", style=Style.READING)
    qtbot.addWidget(paragraph)

    assert paragraph.heightForWidth(300) == 3 * theme.line(Style.READING)


def test_a_narrower_paragraph_is_higher(qtbot: QtBot, theme: Theme) -> None:
    paragraph = Paragraph(theme, TEXT)
    qtbot.addWidget(paragraph)

    assert paragraph.heightForWidth(100) > paragraph.heightForWidth(500)


def test_markup_is_shown_as_it_is_written(qtbot: QtBot, theme: Theme) -> None:
    paragraph = Paragraph(theme, "<b>bold</b>")
    qtbot.addWidget(paragraph)

    assert paragraph.textFormat() is Qt.TextFormat.PlainText
    assert paragraph.text() == "<b>bold</b>"


def test_dragging_selects_a_passage(qtbot: QtBot, theme: Theme) -> None:
    paragraph = selectable(qtbot, theme)
    start = paragraph.span_rect(0, 5).topLeft().toPoint() + QPoint(0, 5)
    end = paragraph.span_rect(0, 5).topRight().toPoint() + QPoint(0, 5)

    with qtbot.waitSignal(paragraph.text_selected) as selected:
        QTest.mousePress(paragraph, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(paragraph, end)
        QTest.mouseRelease(paragraph, Qt.MouseButton.LeftButton, pos=end)

    assert selected.args == [0, 5]
    assert paragraph.selection() == Span(0, 5)


def test_shift_and_arrows_select_by_keyboard(qtbot: QtBot, theme: Theme) -> None:
    paragraph = selectable(qtbot, theme)

    for _ in range(5):
        qtbot.keyClick(paragraph, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(paragraph, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert paragraph.selection() == Span(0, 5)
    assert QGuiApplication.clipboard().text() == "Weeks"


def test_moving_without_shift_drops_the_selection_and_tells(qtbot: QtBot, theme: Theme) -> None:
    paragraph = selectable(qtbot, theme)
    qtbot.keyClick(paragraph, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

    with qtbot.waitSignal(paragraph.text_selected) as selected:
        qtbot.keyClick(paragraph, Qt.Key.Key_Home)

    assert selected.args == [0, 0]
    assert paragraph.selection() is None


def test_positions_count_characters_not_utf16_units(qtbot: QtBot, theme: Theme) -> None:
    paragraph = selectable(qtbot, theme, "a😀b plan")

    for _ in range(2):
        qtbot.keyClick(paragraph, Qt.Key.Key_Right)
    for _ in range(3):
        qtbot.keyClick(paragraph, Qt.Key.Key_Right, SHIFT)

    assert paragraph.selection() == Span(2, 5)


def test_offsets_lead_there_and_back() -> None:
    text = "😀a😀😀b"
    offsets = Offsets(text)

    assert offsets.length == len(text.encode("utf-16-le")) // 2
    for index in range(len(text) + 1):
        expected = len(text[:index].encode("utf-16-le")) // 2
        assert offsets.to_qt(index) == expected
        assert offsets.to_python(expected) == index


def test_a_click_on_a_mark_tells_which(qtbot: QtBot, theme: Theme) -> None:
    paragraph = selectable(qtbot, theme)
    paragraph.show_marks((Mark(start=19, end=24, fill=Color.PIN_FILL),))

    with qtbot.waitSignal(paragraph.mark_chosen) as chosen:
        middle = paragraph.span_rect(19, 24).center().toPoint()
        qtbot.mouseClick(paragraph, Qt.MouseButton.LeftButton, pos=middle)

    assert chosen.args == [0]


def test_showing_another_text_selects_nothing(qtbot: QtBot, theme: Theme) -> None:
    paragraph = selectable(qtbot, theme)
    qtbot.keyClick(paragraph, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

    with qtbot.assertNotEmitted(paragraph.text_selected):
        paragraph.show_text("Other words")

    assert paragraph.selection() is None


def test_a_mark_is_painted_under_the_text(qtbot: QtBot, theme: Theme) -> None:
    paragraph = selectable(qtbot, theme)
    paragraph.show_marks((Mark(start=0, end=5, fill=Color.PIN_FILL),))

    image = paragraph.grab().toImage()

    assert image.pixelColor(1, 1).name() == theme.color(Color.PIN_FILL).name()
