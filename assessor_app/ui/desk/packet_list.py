"""The list of what is in the packet, at the left of the desk."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.focus_ring import ring_radius
from assessor_app.ui.parts.layout import Column, Panel, Row, Rule, ScrollColumn
from assessor_app.ui.parts.painting import (
    Box,
    Ink,
    hover_fill,
    paint_box,
    paint_text,
    square,
    track_pointer,
)
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style, Width

_ICON = 16
_RAIL_WORDS = 48
"""The shortest names stand whole beside a scroll bar."""

_PART_HEIGHT, _ARTIFACT_HEIGHT = 32, 48


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketItem:
    """A part, an artifact or a further thing to look at. `state_icon` repeats `detail`."""

    key: str
    icon: str
    title: str
    short: str
    detail: str = ""
    state_icon: str = ""
    needs_you: bool = False
    is_artifact: bool = False
    begins_group: bool = False


class _Entry(QPushButton):
    """One line of the list."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, item: PacketItem, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._theme, self._item, self._is_rail = theme, item, False
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        track_pointer(self)
        ring_radius(self, theme.radius("control"))
        self.clicked.connect(self._on_clicked)
        theme.changed.connect(self.updateGeometry)
        self.show_item(item, is_rail=False)

    def show_item(self, item: PacketItem, *, is_rail: bool) -> None:
        self._item, self._is_rail = item, is_rail
        self.setAccessibleName(item.title)
        self.setAccessibleDescription(item.detail)
        self.setToolTip(f"{item.title}\n{item.detail}" if is_rail else "")
        self.updateGeometry()
        self.update()

    @override
    def nextCheckState(self) -> None:
        """Leave the state to `PacketList.show_current`."""

    @override
    def sizeHint(self) -> QSize:
        tall = self._item.is_artifact or self._is_rail
        return QSize(0, self._theme.control(_ARTIFACT_HEIGHT if tall else _PART_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        fill = Color.ACCENT_SOFT if self.isChecked() else hover_fill(self)
        paint_box(painter, theme, self.rect(), Box(fill=fill, radius=theme.radius("control")))
        if self.isChecked():
            bar = QRect(0, (self.height() - 16) // 2, 3, 16)
            painter.fillRect(bar, theme.color(Color.ACCENT))
        if self._is_rail:
            self._paint_rail(painter)
        else:
            self._paint_words(painter)

    def _paint_rail(self, painter: QPainter) -> None:
        theme = self._theme
        side = theme.text(_ICON)
        top = self.height() // 2 - side - 1
        rect = QRect((self.width() - side) // 2, top, side, side)
        theme.paint_icon(painter, self._item.icon, rect, self._ink())
        words = QRect(0, self.height() // 2 + 1, self.width(), theme.line(Style.SMALL))
        font = theme.font(Style.SMALL, weight=600 if self.isChecked() else 500)
        spare = self.width() - QFontMetrics(font).horizontalAdvance(self._item.short)
        rect = words.adjusted(max(spare // 2, 2), 0, 0, 0)
        paint_text(painter, theme, rect, self._item.short, Ink(font, self._ink()))

    def _paint_words(self, painter: QPainter) -> None:
        theme, item = self._theme, self._item
        left, side = theme.space(16), theme.text(_ICON)
        line = theme.line(Style.UI)
        height = line + (theme.line(Style.SMALL) if item.is_artifact else 0)
        top = (self.height() - height) // 2
        icon = QRect(left, top + (line - side) // 2, side, side)
        theme.paint_icon(painter, item.icon, icon, self._ink())
        left += side + theme.space(8)
        right = self.width() - theme.space(10)
        if item.state_icon:
            right -= side
            state = Color.WARN if item.needs_you else Color.OK
            theme.paint_icon(painter, item.state_icon, square(right, side, self.rect()), state)
            right -= theme.space(6)
        font = theme.font(Style.UI, weight=600 if self.isChecked() else 500)
        words = QRect(left, top, right - left, line)
        paint_text(painter, theme, words, item.title, Ink(font, self._ink()))
        if item.is_artifact:
            below = QRect(left, top + line, right - left, theme.line(Style.SMALL))
            ink = Ink(theme.font(Style.SMALL), Color.TEXT_2)
            paint_text(painter, theme, below, item.detail, ink)

    def _ink(self) -> Color:
        return Color.ACCENT_TEXT if self.isChecked() else Color.TEXT

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self._item.key)


class PacketList(Panel):
    """Parts and artifacts in reading order; narrow, it becomes a rail of icons.

    Signals:
        source_chosen(key: str): The assessor wants to look at this.
        ways_out_chosen(): Ask, report, recuse.
    """

    source_chosen = Signal(str)
    ways_out_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Color.WINDOW, parent)
        self._items: tuple[PacketItem, ...] = ()
        self._entries: tuple[_Entry, ...] = ()
        self._rules: list[Rule] = []
        self._is_rail = False
        self._scroll = ScrollColumn(theme, self, margin=(8, 8, 4, 8), gap=2)
        self._scroll.body.addStretch(1)
        self._ways_out = Button(
            theme, self.tr("Ask, report, recuse…"), kind=Kind.QUIET, icon="life-buoy", parent=self
        )
        self._ways_out.setAccessibleName(self.tr("Ask, report, recuse"))
        column = Column(theme, self, margin=(0, 0, 0, 8), gap=4)
        column.addWidget(self._scroll, 1)
        foot = Row(theme, margin=(4, 0, 4, 0))  # room for the focus ring
        foot.addWidget(self._ways_out)
        column.addLayout(foot)
        self.setAccessibleName(self.tr("Packet"))
        self._ways_out.clicked.connect(self.ways_out_chosen)
        self.show_rail(is_rail=False)

    def show_items(self, items: tuple[PacketItem, ...]) -> None:
        """Show what is in the packet and how far it is read."""
        if [old.key for old in self._items] != [item.key for item in items]:
            self._rebuild(items)
        self._items = items
        for entry, item in zip(self._entries, items, strict=True):
            entry.show_item(item, is_rail=self._is_rail)

    def show_current(self, key: str) -> None:
        """Show what is being looked at."""
        for entry, item in zip(self._entries, self._items, strict=True):
            entry.setChecked(item.key == key)
            if item.key == key:
                self._scroll.ensureWidgetVisible(entry)

    def show_rail(self, *, is_rail: bool) -> None:
        """Become a rail, or as wide as drawn."""
        self._is_rail = is_rail
        rail = max(self._theme.width(Width.PACKET_RAIL), self._theme.text(_RAIL_WORDS))
        self.setFixedWidth(rail if is_rail else self._theme.width(Width.PACKET))
        self._ways_out.setVisible(not is_rail)
        self.show_items(self._items)

    def _rebuild(self, items: tuple[PacketItem, ...]) -> None:
        body = self._scroll.body
        for old in (*self._entries, *self._rules):
            body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rules = []
        content = self._scroll.widget()
        self._entries = tuple(_Entry(self._theme, item, content) for item in items)
        for item, entry in zip(items, self._entries, strict=True):
            if item.begins_group:
                rule = Rule(self._theme, parent=content)
                self._rules.append(rule)
                body.insertWidget(body.count() - 1, rule)
            entry.chosen.connect(self.source_chosen)
            body.insertWidget(body.count() - 1, entry)
