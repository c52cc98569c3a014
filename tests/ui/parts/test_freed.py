import gc
import weakref
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.parts.button import Button
from assessor_app.ui.parts.card import Card, FoldHead, HeadState
from assessor_app.ui.parts.checkbox import Checkbox
from assessor_app.ui.parts.chip import CopyChip
from assessor_app.ui.parts.criterion_strip import CriterionStrip, StripCell
from assessor_app.ui.parts.empty_state import EmptyState
from assessor_app.ui.parts.feedback_item import FeedbackItem, FeedbackState
from assessor_app.ui.parts.field import Field, SearchField, TextBox
from assessor_app.ui.parts.layout import ScrollColumn
from assessor_app.ui.parts.level_row import LevelRow, LevelState
from assessor_app.ui.parts.menu_button import MenuButton
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.pin_chip import PinChip, PinState
from assessor_app.ui.parts.reading_map import MapStrip, ReadingMap
from assessor_app.ui.parts.side_nav import NavSection, SideNav
from assessor_app.ui.parts.status_bar import StatusBar
from assessor_app.ui.parts.tabs import Tabs
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.theme.theme import Theme


def strip(theme: Theme) -> QWidget:
    made = CriterionStrip(theme)
    made.show_cells((StripCell(criterion_id="c1", number=1, title="Plan"),))
    return made


def reading_map(theme: Theme) -> QWidget:
    made = ReadingMap(theme)
    made.show_strips((MapStrip(key="a1", label="A1", words="not opened"),))
    return made


def side_nav(theme: Theme) -> QWidget:
    made = SideNav(theme, "Assessor")
    made.show_sections((NavSection(key="review", label="To review", icon="inbox"),))
    return made


MAKERS: tuple[Callable[[Theme], QWidget], ...] = (
    strip,
    reading_map,
    side_nav,
    StatusBar,
    Card,
    ScrollColumn,
    Paragraph,
    MainWindow,
    lambda theme: Button(theme, "Open"),
    lambda theme: CopyChip(theme, "MC-1"),
    lambda theme: Checkbox(theme, "Words"),
    lambda theme: Field(theme, "Token"),
    lambda theme: SearchField(theme, "Search"),
    lambda theme: TextBox(theme, "Praise"),
    lambda theme: Tabs(theme, "Views"),
    lambda theme: MenuButton(theme, "More"),
    lambda theme: Banner(theme, Tone.OK, "Ready", "Every hash was checked."),
    lambda theme: EmptyState(theme, "inbox", "Nothing", "Nothing yet."),
    lambda theme: FoldHead(theme, HeadState(number="1", title="Plan")),
    lambda theme: PinChip(theme, PinState(pin_id="p", place="A1", quote="q")),
    lambda theme: LevelRow(theme, LevelState(rank=1, digit="1", name="A", descriptor="d")),
    lambda theme: FeedbackItem(
        theme, FeedbackState(item_id="f", kind="praise", kind_word="Praise", text="")
    ),
)


@pytest.mark.parametrize("make", MAKERS)
def test_a_part_that_nobody_holds_is_freed(
    qtbot: QtBot, theme: Theme, make: Callable[[Theme], QWidget]
) -> None:
    alive = weakref.ref(make(theme))
    gc.collect()

    assert alive() is None
    theme.use_text_scale(1.5)
