from dataclasses import replace

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.ui.parts.criterion_strip import CriterionStrip, StripCell
from assessor_app.ui.parts.feedback_item import FeedbackItem, FeedbackState
from assessor_app.ui.parts.level_row import LevelRow, LevelState
from assessor_app.ui.parts.painting import text_width
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.pin_chip import PinChip, PinState
from assessor_app.ui.parts.reading_map import MapCell, MapStrip, ReadingMap
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Style

LEFT = Qt.MouseButton.LeftButton
LEVEL = LevelState(
    rank=2, digit="2", name="Basic", descriptor="The plan names a goal and steps. " * 4
)
PIN = PinState(pin_id="p1", place="A1 · page 3", quote="the coach and the teacher")
ITEM = FeedbackState(item_id="f1", kind="challenge", kind_word="Challenge", text="State it.")


def named(parent: QWidget, name: str) -> QPushButton:
    return next(b for b in parent.findChildren(QPushButton) if b.accessibleName() == name)


def described(parent: QWidget, name: str) -> QWidget:
    return next(w for w in parent.findChildren(QWidget) if w.accessibleName() == name)


def test_a_level_row_reports_and_waits_to_be_shown(qtbot: QtBot, theme: Theme) -> None:
    row = LevelRow(theme, LEVEL)
    qtbot.addWidget(row)

    with qtbot.waitSignal(row.level_chosen) as chosen:
        qtbot.mouseClick(row, LEFT)

    assert chosen.args == [2]
    assert not row.isChecked()


def test_showing_a_level_is_not_a_choice(qtbot: QtBot, theme: Theme) -> None:
    row = LevelRow(theme, LEVEL)
    qtbot.addWidget(row)

    with qtbot.assertNotEmitted(row.level_chosen):
        row.show_level(LevelState(rank=2, digit="2", name="Basic", descriptor="…", is_chosen=True))

    assert row.isChecked()


def test_a_level_row_is_chosen_by_space(qtbot: QtBot, theme: Theme) -> None:
    row = LevelRow(theme, LEVEL)
    qtbot.addWidget(row)

    with qtbot.waitSignal(row.level_chosen):
        qtbot.keyClick(row, Qt.Key.Key_Space)


def test_arrows_never_choose_a_level(qtbot: QtBot, theme: Theme) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    chosen, other = LevelRow(theme, LEVEL, parent), LevelRow(theme, LEVEL, parent)
    chosen.show_level(LevelState(rank=1, digit="1", name="Basic", descriptor="", is_chosen=True))
    other.move(0, chosen.height() + 2)
    parent.show()
    with qtbot.waitActive(parent):
        parent.activateWindow()
    chosen.setFocus()

    with qtbot.assertNotEmitted(other.level_chosen), qtbot.assertNotEmitted(chosen.level_chosen):
        qtbot.keyClick(chosen, Qt.Key.Key_Down)

    assert chosen.focusPolicy() & other.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_choice_can_be_taken_away(qtbot: QtBot, theme: Theme) -> None:
    row = LevelRow(theme, LevelState(rank=1, digit="1", name="A", descriptor="", is_chosen=True))
    qtbot.addWidget(row)

    row.show_level(LevelState(rank=1, digit="1", name="A", descriptor=""))

    assert not row.isChecked()


def test_a_level_row_is_a_radio_button_with_its_descriptor(qtbot: QtBot, theme: Theme) -> None:
    row = LevelRow(
        theme,
        LevelState(rank=1, digit="1", name="Proficient", descriptor="In full.", is_required=True),
    )
    qtbot.addWidget(row)

    interface = QAccessible.queryAccessibleInterface(row)
    assert interface is not None
    assert interface.role() is QAccessible.Role.RadioButton
    assert row.accessibleName() == "1 Proficient"
    assert row.accessibleDescription() == "required level. In full."


def test_what_stands_beside_the_name_of_a_level_does_not_cut_it(qtbot: QtBot, theme: Theme) -> None:
    level = LevelState(rank=1, digit="1", name="Proficient", descriptor="", is_required=True)
    row = LevelRow(theme, level)
    qtbot.addWidget(row)
    row.resize(260, 80)
    name = QRect(44, 0, text_width(theme.font(Style.UI_STRONG), level.name), 30)
    alone = row.grab(name).toImage()

    row.show_level(replace(level, note="your rating on version 3"))

    assert row.grab(name).toImage() == alone


def test_a_descriptor_is_never_cut(qtbot: QtBot, theme: Theme) -> None:
    row = LevelRow(theme, LEVEL)
    qtbot.addWidget(row)
    for scale in (1.0, 2.0):
        theme.use_text_scale(scale)
        width = theme.text(300)
        row.resize(width, row.heightForWidth(width))
        row.grab()

        descriptor = row.findChild(Paragraph)
        assert descriptor is not None
        assert descriptor.geometry().bottom() <= row.height()
        assert descriptor.height() == descriptor.heightForWidth(descriptor.width())


def strip_of(count: int) -> tuple[StripCell, ...]:
    return tuple(
        StripCell(
            criterion_id=f"c{n}",
            number=n,
            title="Plan",
            digit="2" if n == 2 else "",
            level="2 Basic" if n == 2 else "",
            is_below=n == 2,
        )
        for n in range(1, count + 1)
    )


def test_a_criterion_is_chosen_from_the_strip(qtbot: QtBot, theme: Theme) -> None:
    strip = CriterionStrip(theme)
    qtbot.addWidget(strip)
    with qtbot.assertNotEmitted(strip.criterion_chosen):
        strip.show_cells(strip_of(7), "c2")

    with qtbot.waitSignal(strip.criterion_chosen) as chosen:
        qtbot.mouseClick(named(strip, "Criterion 4, Plan"), LEFT)

    assert chosen.args == ["c4"]


def test_the_strip_says_each_state_in_words(qtbot: QtBot, theme: Theme) -> None:
    strip = CriterionStrip(theme)
    qtbot.addWidget(strip)
    strip.show_cells(strip_of(3), "c2")

    assert named(strip, "Criterion 1, Plan").accessibleDescription() == "not rated"
    assert named(strip, "Criterion 2, Plan").accessibleDescription() == "2 Basic, below required"


def test_many_criteria_shrink_and_then_scroll(qtbot: QtBot, theme: Theme) -> None:
    strip = CriterionStrip(theme)
    qtbot.addWidget(strip)

    strip.show_cells(strip_of(10), "c1")
    assert named(strip, "Criterion 1, Plan").width() == 20
    fourteen = CriterionStrip(theme)
    qtbot.addWidget(fourteen)
    fourteen.show_cells(strip_of(14), "c1")
    strip.show_cells(strip_of(20), "c1")
    assert strip.sizeHint() == fourteen.sizeHint()


def test_arrows_walk_through_the_strip(qtbot: QtBot, theme: Theme) -> None:
    strip = CriterionStrip(theme)
    qtbot.addWidget(strip)
    strip.show_cells(strip_of(3), "c1")
    strip.show()
    with qtbot.waitActive(strip):
        strip.activateWindow()
    first = named(strip, "Criterion 1, Plan")
    first.setFocus()

    qtbot.keyClick(first, Qt.Key.Key_Right)

    assert named(strip, "Criterion 2, Plan").hasFocus()


def test_a_pin_is_followed_or_removed(qtbot: QtBot, theme: Theme) -> None:
    chip = PinChip(theme, PIN)
    qtbot.addWidget(chip)

    with qtbot.waitSignal(chip.pin_followed) as followed:
        qtbot.keyClick(chip, Qt.Key.Key_Return)
    with qtbot.waitSignal(chip.pin_removed) as removed:
        qtbot.mouseClick(named(chip, "Remove pin A1 · page 3"), LEFT)
    with qtbot.waitSignal(chip.pin_removed):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)

    assert followed.args == ["p1"]
    assert removed.args == ["p1"]


def test_a_feedback_item_is_edited_in_place(qtbot: QtBot, theme: Theme) -> None:
    item = FeedbackItem(theme, ITEM)
    qtbot.addWidget(item)
    item.show()
    qtbot.keyClick(item, Qt.Key.Key_Return)
    editor = item.findChild(QPlainTextEdit)
    assert editor is not None

    with qtbot.waitSignal(item.feedback_edited) as edited:
        qtbot.keyClicks(editor, "!")

    assert edited.args == ["f1", "State it.!"]


def test_showing_an_item_while_it_is_edited_keeps_the_cursor(qtbot: QtBot, theme: Theme) -> None:
    item = FeedbackItem(theme, ITEM)
    qtbot.addWidget(item)
    item.start_editing()
    editor = item.findChild(QPlainTextEdit)
    assert editor is not None

    with qtbot.assertNotEmitted(item.feedback_edited):
        item.show_item(ITEM)

    assert item.is_editing()
    assert editor.textCursor().position() == len("State it.")


def test_the_text_of_an_item_is_in_no_traceback() -> None:
    assert "State it." not in repr(ITEM)


def test_a_place_is_chosen_on_the_map_by_mouse_and_key(qtbot: QtBot, theme: Theme) -> None:
    reading = ReadingMap(theme)
    qtbot.addWidget(reading)
    cells = tuple(MapCell(is_read=n < 2, is_here=n == 1) for n in range(5))
    reading.show_strips((MapStrip(key="a1", label="A1", words="2 of 5 pages read", cells=cells),))
    strip = described(reading, "A1")
    strip.resize(strip.sizeHint())

    with qtbot.waitSignal(reading.place_chosen) as by_key:
        qtbot.keyClick(strip, Qt.Key.Key_Right)
    with qtbot.waitSignal(reading.place_chosen) as by_mouse:
        end = strip.rect().center()
        end.setX(strip.width() - 2)
        qtbot.mouseClick(strip, LEFT, pos=end)

    assert by_key.args == ["a1", 2]
    assert by_mouse.args == ["a1", 4]
    assert strip.accessibleDescription() == "2 of 5 pages read"
