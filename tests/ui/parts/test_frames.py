import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.ui.parts.button import Button
from assessor_app.ui.parts.focus_ring import FocusRing
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, ScrollColumn
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.sheet import Sheet
from assessor_app.ui.parts.side_nav import NavSection, SideNav
from assessor_app.ui.parts.splitter import Splitter
from assessor_app.ui.parts.status_bar import StatusBar, StatusSegment, StatusState
from assessor_app.ui.theme.theme import Mode, Theme
from tests.ui.gallery import draw

LEFT = Qt.MouseButton.LeftButton
SECTIONS = (
    NavSection(key="review", label="To review", icon="inbox", count=9),
    NavSection(key="sealed", label="Sealed", icon="lock"),
    NavSection(key="practice", label="Practice", icon="graduation-cap", group="Mine"),
    NavSection(key="help", label="Help", icon="circle-question-mark", at_foot=True),
)
STATUS = StatusState(
    connection=StatusSegment(icon="wifi-off", text="Offline since 07:52", short="Offline"),
    laptop=StatusSegment(
        icon="laptop", text="3 sealed reviews only on this laptop", short="3 only on this laptop"
    ),
    fetching=StatusSegment(icon="download", text="Nothing is being fetched", short="Nothing"),
)


def named(parent: QWidget, name: str) -> QPushButton:
    found = parent.findChildren(QPushButton)
    return next(b for b in found if name in {b.accessibleName(), b.text()})


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    below = Button(theme, "Below", parent=made)
    below.move(20, 20)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    below.setFocus(Qt.FocusReason.TabFocusReason)
    return made


def open_sheet(theme: Theme, window: QWidget) -> Sheet:
    sheet = Sheet(theme, "Take packets offline", window)
    sheet.body.addWidget(Paragraph(theme, "What is ready and what is not."))
    sheet.body.addWidget(Button(theme, "Details"))
    sheet.add_foot(Button(theme, "Fetch"))
    sheet.open()
    return sheet


def test_the_tab_key_stays_in_a_sheet(qtbot: QtBot, theme: Theme, window: QWidget) -> None:
    sheet = open_sheet(theme, window)
    visited: list[str] = []

    for _ in range(4):
        focused = window.focusWidget()
        assert focused is not None
        assert sheet.isAncestorOf(focused)
        visited.append(focused.accessibleName() or focused.property("text"))
        qtbot.keyClick(focused, Qt.Key.Key_Tab)

    assert visited[0] == "Details"
    assert set(visited) == {"Details", "Fetch", "Close"}


def test_escape_dismisses_a_sheet_and_gives_the_focus_back(
    qtbot: QtBot, theme: Theme, window: QWidget
) -> None:
    sheet = open_sheet(theme, window)
    focused = window.focusWidget()
    assert focused is not None

    with qtbot.waitSignals([sheet.dismissed, sheet.closed]):
        qtbot.keyClick(focused, Qt.Key.Key_Escape)

    assert sheet.isHidden()
    assert named(window, "Below").hasFocus()


def test_an_answered_sheet_is_not_dismissed(qtbot: QtBot, theme: Theme, window: QWidget) -> None:
    sheet = open_sheet(theme, window)

    with qtbot.assertNotEmitted(sheet.dismissed), qtbot.waitSignal(sheet.closed):
        sheet.shut()


def test_what_a_sheet_covers_cannot_be_clicked(qtbot: QtBot, theme: Theme, window: QWidget) -> None:
    open_sheet(theme, window)
    below = named(window, "Below")

    at = window.childAt(below.geometry().center())

    assert at is not below


def rings(window: QWidget) -> list[QWidget]:
    """Return the children that look like a ring: blind to the mouse, larger than a control."""
    blind = Qt.WidgetAttribute.WA_TransparentForMouseEvents
    found = window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [child for child in found if child.testAttribute(blind) and child.isVisible()]


def test_the_ring_stands_two_pixels_outside_the_focused_control(
    theme: Theme, window: QWidget
) -> None:
    FocusRing(theme, window)
    other = Button(theme, "Other", parent=window)
    other.move(300, 200)
    other.show()

    other.setFocus(Qt.FocusReason.TabFocusReason)
    other.move(320, 240)

    assert [ring.geometry() for ring in rings(window)] == [other.geometry().adjusted(-4, -4, 4, 4)]


def test_a_click_shows_no_ring(qtbot: QtBot, theme: Theme, window: QWidget) -> None:
    FocusRing(theme, window)
    other = Button(theme, "Other", parent=window)
    other.move(300, 200)
    other.show()

    qtbot.mouseClick(other, LEFT)

    assert other.hasFocus()
    assert rings(window) == []


def test_the_ring_survives_the_death_of_what_it_stood_around(
    qtbot: QtBot, theme: Theme, window: QWidget
) -> None:
    FocusRing(theme, window)
    pane = QWidget(window)
    inner = Button(theme, "Inner", parent=pane)
    pane.show()
    inner.setFocus(Qt.FocusReason.TabFocusReason)

    with qtbot.waitSignal(pane.destroyed):
        pane.deleteLater()
    assert rings(window) == []
    named(window, "Below").setFocus(Qt.FocusReason.TabFocusReason)

    assert len(rings(window)) == 1


def test_a_row_does_not_cut_the_ring_of_what_fills_it(theme: Theme, window: QWidget) -> None:
    FocusRing(theme, window)
    row = QWidget(window)
    inner = Button(theme, "Inner", parent=row)
    row.setGeometry(100, 200, inner.sizeHint().width(), inner.sizeHint().height())
    row.show()
    inner.setFocus(Qt.FocusReason.TabFocusReason)

    row.move(120, 240)

    around = row.geometry().adjusted(-4, -4, 4, 4)
    assert [ring.geometry() for ring in rings(window)] == [around]
    row.hide()
    assert around not in [ring.geometry() for ring in rings(window)]


def test_the_ring_is_whole_at_the_edge_of_its_ground(theme: Theme, window: QWidget) -> None:
    FocusRing(theme, window)
    other = Button(theme, "Other", parent=window)
    other.move(0, 200)
    other.show()

    other.setFocus(Qt.FocusReason.TabFocusReason)

    (ring,) = rings(window)
    assert window.rect().contains(ring.geometry())
    assert ring.geometry().contains(other.geometry())


def test_the_ring_scrolls_with_its_control(theme: Theme, window: QWidget) -> None:
    FocusRing(theme, window)
    page = ScrollColumn(theme, window)
    inner = Button(theme, "Inner")
    page.body.addWidget(inner)
    page.resize(300, 200)
    page.show()

    inner.setFocus(Qt.FocusReason.TabFocusReason)

    assert rings(window) == []
    assert len(rings(page.content)) == 1


def test_sections_tell_their_key_and_hide_counts_of_zero(qtbot: QtBot, theme: Theme) -> None:
    nav = SideNav(theme, "Assessor")
    qtbot.addWidget(nav)
    nav.show_sections(SECTIONS)

    with qtbot.waitSignal(nav.section_chosen) as chosen:
        qtbot.mouseClick(named(nav, "Sealed"), LEFT)

    assert chosen.args == ["sealed"]
    assert named(nav, "To review").accessibleDescription() == "9"
    assert named(nav, "Sealed").accessibleDescription() == ""


def test_a_click_on_a_section_does_not_move_the_mark(qtbot: QtBot, theme: Theme) -> None:
    nav = SideNav(theme, "Assessor")
    qtbot.addWidget(nav)
    nav.show_sections(SECTIONS)
    nav.show_current("review")

    qtbot.mouseClick(named(nav, "Sealed"), LEFT)

    assert named(nav, "To review").isChecked()
    assert not named(nav, "Sealed").isChecked()


def test_a_rail_names_its_icons_in_tooltips(qtbot: QtBot, theme: Theme) -> None:
    nav = SideNav(theme, "Assessor")
    qtbot.addWidget(nav)
    nav.show_sections(SECTIONS)

    nav.show_rail(is_rail=True)

    assert nav.width() == 56
    assert named(nav, "Practice").toolTip() == "Practice"


@pytest.mark.parametrize(
    ("name", "segment"),
    [
        ("Connection", "connection"),
        ("Only on this laptop", "laptop"),
        ("Being fetched", "fetching"),
    ],
)
def test_each_answer_of_the_status_bar_is_a_button(
    qtbot: QtBot, theme: Theme, name: str, segment: str
) -> None:
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    bar.show_status(STATUS)

    with qtbot.waitSignal(bar.status_chosen) as chosen:
        qtbot.mouseClick(named(bar, name), LEFT)

    assert chosen.args == [segment]


def test_the_status_bar_shortens_its_words_but_reads_out_all(qtbot: QtBot, theme: Theme) -> None:
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    bar.resize(1366, 32)
    bar.show()
    bar.show_status(STATUS)
    wide = named(bar, "Only on this laptop").sizeHint().width()

    bar.resize(420, 32)

    assert named(bar, "Only on this laptop").sizeHint().width() < wide
    assert named(bar, "Only on this laptop").accessibleDescription() == STATUS.laptop.text


def test_pause_shows_only_while_fetching(qtbot: QtBot, theme: Theme) -> None:
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    bar.show_status(STATUS)
    assert named(bar, "Pause").isHidden()

    bar.show_status(
        StatusState(
            connection=STATUS.connection,
            laptop=STATUS.laptop,
            fetching=STATUS.fetching,
            share=0.4,
            is_paused=True,
        )
    )
    with qtbot.waitSignal(bar.pause_chosen):
        qtbot.mouseClick(named(bar, "Go on fetching"), LEFT)


def test_a_column_does_not_wrap_anew_when_its_scroll_bar_appears(
    qtbot: QtBot, theme: Theme
) -> None:
    column = ScrollColumn(theme)
    qtbot.addWidget(column)
    column.resize(300, 200)
    column.show()
    words = Paragraph(theme, "some words")
    column.body.addWidget(words)
    column.body.addStretch(1)
    qtbot.waitUntil(lambda: words.width() == 290)

    words.show_text("some words " * 400)
    qtbot.waitUntil(lambda: column.verticalScrollBar().maximum() > 0)

    qtbot.waitUntil(lambda: words.width() == 290)


def test_scrolling_to_a_widget_brings_it_to_the_top(qtbot: QtBot, theme: Theme) -> None:
    column = ScrollColumn(theme)
    qtbot.addWidget(column)
    column.resize(300, 200)
    rows = [Button(theme, f"Row {n}") for n in range(30)]
    for row in rows:
        column.body.addWidget(row)
    column.show()
    qtbot.waitUntil(lambda: column.verticalScrollBar().maximum() > 0)

    column.scroll_to(rows[12], gap=8)

    assert rows[12].mapTo(column, QPoint(0, 0)).y() == 8


def test_a_label_is_cut_only_where_it_was_allowed(qtbot: QtBot, theme: Theme) -> None:
    words = "Developing a Collaborative Coaching Plan"
    whole, cut = Label(theme, words), Label(theme, words).elided()
    qtbot.addWidget(whole)
    qtbot.addWidget(cut)

    assert whole.minimumSizeHint().width() == whole.sizeHint().width()
    assert cut.minimumSizeHint().width() < 60


def test_a_splitter_is_easy_to_hit(qtbot: QtBot, theme: Theme) -> None:
    splitter = Splitter(theme)
    qtbot.addWidget(splitter)
    for _ in range(2):
        splitter.addWidget(QWidget())
    splitter.resize(400, 200)
    splitter.show()
    handle = splitter.handle(1)

    assert splitter.handleWidth() == 1
    assert handle.width() >= 9


def test_layouts_grow_with_the_text(qtbot: QtBot, theme: Theme) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    column = Column(theme, parent, margin=(24, 16, 24, 16), gap=8)

    theme.use_text_scale(2.0)

    assert column.contentsMargins().left() == 31
    assert column.spacing() == 10


@pytest.mark.parametrize(
    ("mode", "scale", "size"),
    [
        (Mode.LIGHT, 1.0, (1366, 860)),
        (Mode.DARK, 1.0, (1366, 860)),
        (Mode.LIGHT, 2.0, (2600, 1640)),
    ],
)
def test_every_part_is_painted_in_each_look(
    theme: Theme, mode: Mode, scale: float, size: tuple[int, int]
) -> None:
    theme.use_mode(mode)
    theme.use_text_scale(scale)

    image = draw(theme, *size).toImage()

    inks = {image.pixelColor(x, y).name() for x in range(0, size[0], 3) for y in range(0, 800, 3)}
    assert len(inks) > 50
