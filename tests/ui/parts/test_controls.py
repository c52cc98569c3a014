from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.parts.button import Button, IconButton, Kind
from assessor_app.ui.parts.card import FoldHead, HeadState
from assessor_app.ui.parts.checkbox import Checkbox
from assessor_app.ui.parts.chip import CopyChip
from assessor_app.ui.parts.field import Field, SearchField, TextBox
from assessor_app.ui.parts.menu_button import Choice, MenuButton
from assessor_app.ui.parts.tabs import Tabs
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.theme.theme import Theme

LEFT = Qt.MouseButton.LeftButton


def button(parent: QWidget, name: str) -> QPushButton:
    """Find a button the way a screen reader does."""
    found = parent.findChildren(QPushButton)
    return next(b for b in found if name in {b.text(), b.accessibleName()})


def test_a_button_is_pressed_by_enter_and_by_space(qtbot: QtBot, theme: Theme) -> None:
    pressed = Button(theme, "Seal…", kind=Kind.PRIMARY, icon="lock")
    qtbot.addWidget(pressed)

    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(pressed.clicked):
            qtbot.keyClick(pressed, key)


def test_a_disabled_button_says_why(qtbot: QtBot, theme: Theme) -> None:
    shown = Button(theme, "Seal review")
    qtbot.addWidget(shown)

    shown.show_enabled(enabled=False, reason="One criterion has no pin.")

    assert shown.accessibleDescription() == "One criterion has no pin."
    assert shown.toolTip() == "One criterion has no pin."


def test_a_button_is_never_narrower_than_its_words(qtbot: QtBot, theme: Theme) -> None:
    shown = Button(theme, "Take offline…", icon="download")
    qtbot.addWidget(shown)
    at_first = shown.minimumSizeHint()

    theme.use_text_scale(2.0)

    assert shown.minimumSizeHint() == shown.sizeHint()
    assert shown.sizeHint().width() > 1.7 * at_first.width()


def test_a_click_does_not_choose_by_itself(qtbot: QtBot, theme: Theme) -> None:
    fit = IconButton(theme, "move-horizontal", "Fit width", key="F")
    qtbot.addWidget(fit)
    fit.show_chosen(chosen=True)

    qtbot.mouseClick(fit, LEFT)

    assert fit.isChecked()
    assert fit.toolTip() == "Fit width   F"


def test_a_menu_tells_which_choice(qtbot: QtBot, theme: Theme) -> None:
    menu = MenuButton(theme, "Text size")
    qtbot.addWidget(menu)
    menu.show_choices((Choice("1.0", "100 %"), Choice("2.0", "200 %")), "1.0")

    with qtbot.waitSignal(menu.choice_chosen) as chosen:
        menu.menu_entries().actions()[1].trigger()

    assert chosen.args == ["2.0"]


def test_the_submission_id_is_copied_by_key(qtbot: QtBot, theme: Theme) -> None:
    chip = CopyChip(theme, "MC-4F2K-9")
    qtbot.addWidget(chip)

    with qtbot.waitSignal(chip.copied):
        qtbot.keyClick(chip, Qt.Key.Key_Return)

    assert QGuiApplication.clipboard().text() == "MC-4F2K-9"
    assert chip.accessibleName() == "Copy MC-4F2K-9"


def test_a_tick_is_told_and_showing_one_is_not(qtbot: QtBot, theme: Theme) -> None:
    box = Checkbox(theme, "I rated against the rubric alone.")
    qtbot.addWidget(box)
    box.resize(200, 60)

    with qtbot.assertNotEmitted(box.ticked):
        box.show_ticked(ticked=True)
    with qtbot.waitSignal(box.ticked) as ticked:
        qtbot.mouseClick(box, LEFT, pos=QPoint(150, 10))

    assert ticked.args == [False]


def test_words_beside_a_box_wrap(qtbot: QtBot, theme: Theme) -> None:
    box = Checkbox(theme, "I have no conflict of interest in this submission.")
    qtbot.addWidget(box)

    assert box.heightForWidth(160) > 2 * box.heightForWidth(600)


def test_a_field_reports_typing_but_not_showing(qtbot: QtBot, theme: Theme) -> None:
    field = Field(theme, "Address of the platform")
    qtbot.addWidget(field)
    line = field.findChild(QLineEdit)
    assert line is not None

    with qtbot.assertNotEmitted(field.edited):
        field.show_text("https://a.example")
    with qtbot.waitSignal(field.edited) as edited:
        qtbot.keyClicks(line, "x")

    assert edited.args == ["https://a.examplex"]
    assert line.accessibleName() == "Address of the platform"


def test_what_is_wrong_with_a_field_is_read_out(qtbot: QtBot, theme: Theme) -> None:
    field = Field(theme, "Token")
    qtbot.addWidget(field)

    field.show_message(Tone.DANGER, "The platform does not know this token.")

    line = field.findChild(QLineEdit)
    assert line is not None
    assert line.accessibleDescription() == "The platform does not know this token."


def test_escape_empties_a_search(qtbot: QtBot, theme: Theme) -> None:
    search = SearchField(theme, "Search packets", key="Ctrl K")
    qtbot.addWidget(search)
    line = search.findChild(QLineEdit)
    assert line is not None
    qtbot.keyClicks(line, "coach")

    with qtbot.waitSignal(search.edited) as edited:
        qtbot.keyClick(line, Qt.Key.Key_Escape)

    assert edited.args == [""]
    assert search.text() == ""


def test_a_text_box_grows_with_its_text(qtbot: QtBot, theme: Theme) -> None:
    box = TextBox(theme, "Challenge")
    qtbot.addWidget(box)
    box.resize(200, box.height())
    box.show()
    at_first = box.height()

    qtbot.keyClicks(box, "State what evidence will show progress. " * 6)

    assert box.height() > 2 * at_first


def test_a_text_box_reports_typing_but_not_showing(qtbot: QtBot, theme: Theme) -> None:
    box = TextBox(theme, "Challenge")
    qtbot.addWidget(box)

    with qtbot.assertNotEmitted(box.edited):
        box.show_text("Shown")
    with qtbot.waitSignal(box.edited):
        qtbot.keyClicks(box, "typed")


def test_showing_the_same_text_leaves_the_cursor(qtbot: QtBot, theme: Theme) -> None:
    box = TextBox(theme, "Challenge")
    qtbot.addWidget(box)
    qtbot.keyClicks(box, "State")

    box.show_text("State")

    assert box.textCursor().position() == 5


def test_tabs_report_a_choice_but_not_showing(qtbot: QtBot, theme: Theme) -> None:
    tabs = Tabs(theme, "Preview")
    qtbot.addWidget(tabs)

    with qtbot.assertNotEmitted(tabs.tab_chosen):
        tabs.show_tabs(("What the earner will read", "As plain text"))
        tabs.show_current(1)
    with qtbot.waitSignal(tabs.tab_chosen) as chosen:
        qtbot.keyClick(tabs, Qt.Key.Key_Left)

    assert chosen.args == [0]


def test_a_banner_grows_with_its_sentence(qtbot: QtBot, theme: Theme) -> None:
    banner = Banner(theme, Tone.WARN, "A2 differs", "Your ratings are safe. " * 8)
    qtbot.addWidget(banner)

    assert banner.heightForWidth(300) > banner.heightForWidth(700)


def test_details_of_a_banner_fold_out_and_are_copied(qtbot: QtBot, theme: Theme) -> None:
    banner = Banner(theme, Tone.DANGER, "It failed", "Nothing is lost.", details="code 7")
    qtbot.addWidget(banner)
    banner.show()
    assert not button(banner, "Copy details").isVisible()

    qtbot.mouseClick(button(banner, "Details"), LEFT)
    qtbot.mouseClick(button(banner, "Copy details"), LEFT)

    assert QGuiApplication.clipboard().text() == "code 7"


def test_a_head_asks_for_the_other_state(qtbot: QtBot, theme: Theme) -> None:
    head = FoldHead(theme, HeadState(number="3", title="Coaching plan", words="not rated"))
    qtbot.addWidget(head)

    with qtbot.waitSignal(head.fold_toggled) as toggled:
        qtbot.mouseClick(head, LEFT)

    assert toggled.args == [True]
    assert head.accessibleDescription() == "not rated, folded"
