"""Draw every part in every state: `python -m tests.ui.gallery OUT`, to be looked at."""

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.parts.button import Button, IconButton, Kind
from assessor_app.ui.parts.card import Card, FoldHead, HeadState
from assessor_app.ui.parts.checkbox import Checkbox
from assessor_app.ui.parts.chip import Chip, CopyChip
from assessor_app.ui.parts.criterion_strip import CriterionStrip, StripCell
from assessor_app.ui.parts.feedback_item import FeedbackItem, FeedbackState
from assessor_app.ui.parts.field import Field, SearchField
from assessor_app.ui.parts.focus_ring import FocusRing
from assessor_app.ui.parts.key_cap import KeyCap
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Panel, Row
from assessor_app.ui.parts.level_row import LevelRow, LevelState
from assessor_app.ui.parts.menu_button import MenuButton
from assessor_app.ui.parts.paragraph import Mark, Paragraph
from assessor_app.ui.parts.pin_chip import PinChip, PinState
from assessor_app.ui.parts.progress import ProgressLine
from assessor_app.ui.parts.reading_map import MapCell, MapStrip, ReadingMap
from assessor_app.ui.parts.side_nav import NavItem, NavSection
from assessor_app.ui.parts.tabs import Tabs
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.theme.theme import Mode, Theme
from assessor_app.ui.theme.tokens import Color, Style

DESCRIPTOR = (
    "The plan names a goal and coaching steps, but some steps lack a date or a person who acts."
)
STATES = ("rest", "hover", "focus", "pressed", "disabled")


def put_in_state(widget: QWidget, state: str) -> None:
    if state == "hover":
        widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    elif state == "pressed" and isinstance(widget, QAbstractButton):
        widget.setDown(True)
    elif state == "disabled":
        widget.setEnabled(False)
    elif state == "focus":
        widget.setObjectName("focused")


class Gallery:
    """Builds the columns of the picture."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def heading(self, text: str) -> Label:
        return Label(self.theme, text, style=Style.SMALL_STRONG, ink=Color.TEXT_3)

    def buttons(self) -> Column:
        column = Column(self.theme, gap=10)
        column.addWidget(self.heading("Buttons: rest, hover, focus, pressed, disabled"))
        rows: tuple[tuple[str, str, Kind], ...] = (
            ("Seal…", "lock", Kind.PRIMARY),
            ("Open…", "", Kind.PLAIN),
            ("Anchors", "", Kind.QUIET),
            ("Pin it", "arrow-right", Kind.LINK),
        )
        for text, icon, kind in rows:
            row = Row(self.theme, margin=(4, 0, 0, 0))
            for state in STATES:
                button = Button(self.theme, text, kind=kind, icon=icon)
                put_in_state(button, state)
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        icons = Row(self.theme, margin=(4, 0, 0, 0))
        for state in STATES:
            icon_button = IconButton(self.theme, "search", "Find")
            put_in_state(icon_button, state)
            icons.addWidget(icon_button)
        chosen = IconButton(self.theme, "move-horizontal", "Fit width")
        chosen.show_chosen(chosen=True)
        icons.addWidget(chosen)
        icons.addWidget(MenuButton(self.theme, "No limit", kind=Kind.PLAIN))
        icons.addStretch(1)
        column.addLayout(icons)
        return column

    def inputs(self) -> Column:
        column = Column(self.theme, gap=10)
        column.addWidget(self.heading("Inputs"))
        column.addWidget(SearchField(self.theme, "Search packets, evidence", key="Ctrl K"))
        field = Field(self.theme, "Address of the platform", icon="globe")
        field.show_text("https://reviews.example.org")
        field.show_message(
            Tone.OK, "The platform answers; it and this version understand each other."
        )
        field.add_beside(Button(self.theme, "Check"))
        column.addWidget(field)
        wrong = Field(self.theme, "Token", icon="key-round")
        wrong.show_text("secret")
        wrong.show_secret(secret=True)
        wrong.show_message(
            Tone.DANGER, "The platform does not know this token. Paste it once more."
        )
        column.addWidget(wrong)
        ticked = Checkbox(self.theme, "I have no conflict of interest in this submission.")
        ticked.show_ticked(ticked=True)
        column.addWidget(ticked)
        column.addWidget(Checkbox(self.theme, "I rated against the rubric alone."))
        return column

    def navigation(self) -> QWidget:
        panel = Panel(self.theme, Color.WINDOW)
        column = Column(self.theme, panel, margin=(8, 8, 8, 8), gap=2)
        sections = (
            (NavSection(key="a", label="To review", icon="inbox", count=9), "rest"),
            (NavSection(key="b", label="In progress", icon="pencil", count=2), "hover"),
            (NavSection(key="c", label="Sealed", icon="lock", count=3), "rest"),
            (
                NavSection(
                    key="d", label="Needs attention", icon="triangle-alert", count=1, needs_you=True
                ),
                "rest",
            ),
            (NavSection(key="e", label="Received", icon="mail-check"), "disabled"),
        )
        for section, state in sections:
            item = NavItem(self.theme, section)
            item.setChecked(section.key == "a")
            put_in_state(item, state)
            column.addWidget(item)
        panel.setFixedWidth(self.theme.text(216))
        return panel

    def small_things(self) -> Column:
        column = Column(self.theme, gap=8)
        column.addWidget(self.heading("Criterion strip"))
        strip = CriterionStrip(self.theme)
        digits = ("1", "1", "2", "1", "1", "", "")
        strip.show_cells(
            tuple(
                StripCell(
                    criterion_id=str(n), number=n + 1, title="Plan", digit=digit, is_below=n == 2
                )
                for n, digit in enumerate(digits)
            ),
            "2",
        )
        column.addWidget(strip)
        column.addWidget(self.heading("Key caps"))
        caps = Row(self.theme)
        for keys in ("Ctrl K", "E", "1"):
            caps.addWidget(KeyCap(self.theme, keys))
        caps.addStretch(1)
        column.addLayout(caps)
        column.addWidget(self.heading("Tabs"))
        tabs = Tabs(self.theme, "Views")
        tabs.show_tabs(("What the earner will read", "As plain text"))
        column.addWidget(tabs)
        column.addStretch(1)
        return column

    def chips(self) -> Row:
        row = Row(self.theme, gap=6)
        row.addWidget(CopyChip(self.theme, "MC-4F2K-9"))
        row.addWidget(Chip(self.theme, "AI: disclose", icon="bot"))
        row.addWidget(Chip(self.theme, "below required", icon="arrow-down", tone=Tone.WARN))
        row.addWidget(Chip(self.theme, "verified", icon="circle-check", tone=Tone.OK))
        row.addStretch(1)
        return row

    def left(self) -> Column:
        column = Column(self.theme, gap=14)
        column.addLayout(self.buttons())
        column.addLayout(self.inputs())
        beside = Row(self.theme, gap=16)
        beside.addWidget(self.navigation())
        beside.addLayout(self.small_things(), 1)
        column.addLayout(beside)
        column.addLayout(self.chips())
        column.addStretch(1)
        return column

    def middle(self) -> Column:
        column = Column(self.theme, gap=8)
        column.addWidget(self.heading("Level row: rest, hover, pressed, chosen, disabled"))
        for rank, state in enumerate(("rest", "hover", "pressed", "chosen", "disabled"), start=1):
            row = LevelRow(
                self.theme,
                LevelState(
                    rank=rank,
                    digit=str(rank),
                    name="Proficient" if rank == 1 else "Basic",
                    descriptor=DESCRIPTOR,
                    is_required=rank == 1,
                    is_chosen=state == "chosen",
                ),
            )
            put_in_state(row, state)
            column.addWidget(row)
        for number, state, tone, icon in (
            ("4", "1 Proficient", Tone.OK, "circle-check"),
            ("6", "not rated", Tone.PLAIN, "circle-dashed"),
        ):
            card = Card(self.theme)
            head = HeadState(
                number=number, title="Use of evidence", words=state, icon=icon, tone=tone
            )
            card.body.addWidget(FoldHead(self.theme, head))
            column.addWidget(card)
        card = Card(self.theme)
        card.show_open(is_open=True)
        card.body.addWidget(
            FoldHead(
                self.theme,
                HeadState(
                    number="3",
                    title="Coaching plan",
                    words="below required",
                    icon="arrow-down",
                    tone=Tone.WARN,
                    is_open=True,
                ),
            )
        )
        column.addWidget(card)
        column.addStretch(1)
        return column

    def right(self) -> Column:
        theme = self.theme
        column = Column(theme, gap=8)
        column.addWidget(self.heading("Pins"))
        for place, quote in (
            ("A1 · page 3", "“Weeks 2 to 4. Coach and teacher meet every Tuesday for 20 minutes”"),
            ("A2 · 02:14", "“So what makes these two ratios equal?”"),
        ):
            column.addWidget(PinChip(theme, PinState(pin_id=place, place=place, quote=quote)))
        column.addWidget(self.heading("Feedback item"))
        for kind, word, text in (
            ("challenge", "Challenge", "State what evidence will show progress in weeks 5 to 7."),
            ("praise", "Praise", "The goal is concrete and was chosen together."),
        ):
            state = FeedbackState(item_id=kind, kind=kind, kind_word=word, text=text)
            item = FeedbackItem(theme, state)
            column.addWidget(item)
            if kind == "praise":
                item.start_editing()
        column.addWidget(self.heading("Banners"))
        safe = "Your ratings are safe. The file is fetched again when you are connected."
        warning = Banner(
            theme, Tone.WARN, "A2 differs from its hash", safe, details="sha256 differs"
        )
        warning.add_button(Button(theme, "Fetch it now", small=True))
        column.addWidget(warning)
        column.addWidget(Banner(theme, Tone.OK, "4 packets are ready", "Every hash was checked."))
        full = "Sealing still works. Free some space before fetching more."
        column.addWidget(Banner(theme, Tone.DANGER, "The disk is full", full))
        self.add_reading(column)
        column.addStretch(1)
        return column

    def add_reading(self, column: Column) -> None:
        theme = self.theme
        column.addWidget(self.heading("Progress, reading map, paragraph"))
        line = ProgressLine(theme, "Fetched")
        line.show_share(0.43)
        column.addWidget(line)
        reading = ReadingMap(theme)
        cells = tuple(MapCell(is_read=n < 5, is_pinned=n == 2, is_here=n == 2) for n in range(12))
        reading.show_strips(
            (
                MapStrip(key="a1", label="A1", words="", cells=cells, is_current=True),
                MapStrip(key="a2", label="A2", words="not opened"),
                MapStrip(key="a3", label="A3", words="inaccessible", is_broken=True),
            )
        )
        column.addWidget(reading)
        paragraph = Paragraph(
            theme,
            "The “Protocols” section of the card has a short guide to "
            "sorting student talk. When I coached at Lakeside, it helped.",
            style=Style.READING,
        )
        start = paragraph.text().index("When")
        mark = Mark(start=start, end=start + 26, fill=Color.WARN_SOFT, underline=Color.WARN)
        paragraph.show_marks((mark,))
        column.addWidget(paragraph)

    def page(self) -> QWidget:
        page = Panel(self.theme)
        row = Row(self.theme, page, margin=(24, 20, 24, 20), gap=40)
        for column, stretch in ((self.left(), 5), (self.middle(), 4), (self.right(), 4)):
            row.addLayout(column, stretch)
        return page


def draw(theme: Theme, width: int, height: int) -> QPixmap:
    """Return the picture of all parts in the present theme."""
    page = Gallery(theme).page()
    page.resize(width, height)
    ring = FocusRing(theme, page)
    page.show()
    page.activateWindow()
    QTest.qWaitForWindowActive(page)
    for focused in page.findChildren(QWidget, "focused")[:1]:
        focused.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QApplication.sendPostedEvents()
    pixmap = page.grab()
    ring.deleteLater()
    page.close()
    page.deleteLater()
    return pixmap


def main() -> None:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    theme = Theme(QApplication(sys.argv[:1]))
    for name, mode, scale, width, height in (
        ("light", Mode.LIGHT, 1.0, 1366, 860),
        ("dark", Mode.DARK, 1.0, 1366, 860),
        ("text200", Mode.LIGHT, 2.0, 2600, 1640),
    ):
        theme.use_mode(mode)
        theme.use_text_scale(scale)
        draw(theme, width, height).save(str(out / f"parts-{name}.png"))


if __name__ == "__main__":
    main()
