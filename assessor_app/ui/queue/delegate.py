"""Paints the cells of the queue: two lines, state icons with their words, progress."""

from typing import Protocol

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from assessor_app.ui.parts.focus_ring import paint_ring
from assessor_app.ui.parts.painting import Box, Ink, paint_box, paint_text, text_width
from assessor_app.ui.parts.tone import INK, Tone
from assessor_app.ui.queue.cells import Cell, Column
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Height, Style

Index = QModelIndex | QPersistentModelIndex

MARGIN = 24
_INSET = 8
_BAR = (3, 20)
_ICON = 16
_ICON_GAP = 8
_GAP = 12
_SEGMENT = (9, 8, 2)
_SEGMENTS_WIDTH = 76
_PROGRESS = (140, 6)
_UNRATED = Box(line=Color.CONTROL_LINE, radius=2)


class Surroundings(Protocol):
    """What a cell has to know of its table."""

    def cell_at(self, index: Index) -> Cell:
        """Return what a cell says."""
        ...

    def row_rect(self, row: int) -> QRect:
        """Return where a whole row is."""
        ...

    def row_fill(self, row: int) -> Color | None:
        """Return the fill of a chosen row, or of the one under the pointer."""
        ...

    def is_chosen(self, row: int) -> bool:
        """Return whether a row is the chosen one."""
        ...

    def has_ring(self, row: int) -> bool:
        """Return whether the keyboard is in a row."""
        ...

    def is_first_due(self, row: int) -> bool:
        """Return whether this packet is due before all others."""
        ...

    def shows_details(self, cell: Cell) -> bool:
        """Return whether there is room for the second line of a cell."""
        ...

    def shows_segments(self) -> bool:
        """Return whether there is room for one box a criterion."""
        ...


class QueueDelegate(QStyledItemDelegate):
    """Paints one cell at a time, with the part of the row that lies under it."""

    def __init__(self, theme: Theme, table: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._table = theme, table

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.height(Height.TABLE_ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        painter.save()
        painter.setClipRect(rect)
        self._paint_row(painter, index.row())
        self._paint_cell(painter, rect, index)
        painter.restore()

    def _paint_row(self, painter: QPainter, row: int) -> None:
        theme, table = self._theme, self._table
        whole = table.row_rect(row)
        inner = whole.adjusted(_INSET, 2, -_INSET, -3)
        fill = table.row_fill(row)
        if fill is not None:
            paint_box(painter, theme, inner, Box(fill=fill, radius=theme.radius("control")))
        elif table.row_fill(row + 1) is None:
            side = theme.space(MARGIN)
            line = QRect(side, whole.bottom(), whole.width() - 2 * side, 1)
            painter.fillRect(line, theme.color(Color.LINE))
        if table.is_chosen(row):
            height = theme.control(_BAR[1])
            top = inner.y() + (inner.height() - height) // 2
            bar = QRect(inner.x(), top, _BAR[0], height)
            paint_box(painter, theme, bar, Box(fill=Color.ACCENT, radius=1))
        if table.has_ring(row):
            paint_ring(painter, theme, inner, theme.radius("control"))

    def _paint_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        theme = self._theme
        column = Column(index.column())
        cell = self._table.cell_at(index)
        left = theme.space(MARGIN) if column is Column.TITLE else 0
        room = rect.adjusted(left, 0, -theme.space(_GAP), 0)
        first = self._first_line(room, cell)
        if cell.icon:
            side = theme.text(_ICON)
            icon = QRect(room.x(), first.y() + (first.height() - side + 1) // 2, side, side)
            theme.paint_icon(painter, cell.icon, icon, INK[cell.tone])
            first.setLeft(first.left() + side + theme.space(_ICON_GAP))
        if cell.of and self._table.shows_segments():
            first.setLeft(self._paint_segments(painter, first, cell))
        paint_text(painter, theme, first, self._words(cell, first), self._ink(cell, index))
        if self._has_second(cell):
            self._paint_second(painter, first, cell)

    def _paint_second(self, painter: QPainter, first: QRect, cell: Cell) -> None:
        theme = self._theme
        line = QRect(first.x(), first.bottom() + 1, first.width(), theme.line(Style.SMALL))
        if cell.share is None:
            ink = Ink(theme.font(Style.SMALL), Color.TEXT_2)
            paint_text(painter, theme, line, cell.detail, ink)
            return
        width = min(theme.text(_PROGRESS[0]), line.width())
        height = theme.text(_PROGRESS[1])
        whole = QRect(line.x(), line.center().y() - height // 2, width, height)
        paint_box(painter, theme, whole, Box(fill=Color.PRESSED, radius=height // 2))
        whole.setWidth(max(round(width * cell.share), height))
        paint_box(painter, theme, whole, Box(fill=Color.ACCENT, radius=height // 2))

    def _paint_segments(self, painter: QPainter, first: QRect, cell: Cell) -> int:
        """Paint one box a criterion, filled where it is rated; return where the words begin."""
        theme = self._theme
        gap = _SEGMENT[2]
        each = min(theme.text(_SEGMENT[0]), theme.text(_SEGMENTS_WIDTH) // cell.of - gap)
        height = theme.text(_SEGMENT[1])
        box = QRect(first.x(), first.center().y() - height // 2 + 1, max(each, 2), height)
        for number in range(cell.of):
            is_rated = number < cell.done
            look = Box(fill=Color.ACCENT, radius=2) if is_rated else _UNRATED
            paint_box(painter, theme, box, look)
            box.translate(box.width() + gap, 0)
        return box.x() + theme.space(_ICON_GAP)

    def _has_second(self, cell: Cell) -> bool:
        return cell.share is not None or (bool(cell.detail) and self._table.shows_details(cell))

    def _first_line(self, room: QRect, cell: Cell) -> QRect:
        """Return the line of the words: in the middle, or above a second line."""
        theme = self._theme
        line = theme.line(Style.UI)
        second = theme.line(Style.SMALL) if self._has_second(cell) else 0
        top = room.y() + (room.height() - line - second) // 2
        return QRect(room.x(), top, room.width(), line)

    def _words(self, cell: Cell, room: QRect) -> str:
        is_tight = text_width(self._theme.number_font(Style.UI), cell.text) > room.width()
        return cell.short if cell.short and is_tight else cell.text

    def _ink(self, cell: Cell, index: Index) -> Ink:
        """Return how words are written: bold where the assessor is needed, and the first due."""
        theme = self._theme
        column = index.column()
        if cell.tone is Tone.WARN:
            return Ink(theme.number_font(Style.UI, weight=600), Color.WARN)
        if column == Column.SUBMISSION:
            return Ink(theme.id_font(Style.UI), Color.TEXT_2)
        if column == Column.TITLE:
            return Ink(theme.font(Style.UI, weight=500), Color.TEXT)
        weight = 600 if column == Column.DUE and self._table.is_first_due(index.row()) else 0
        color = Color.TEXT_2 if cell.is_quiet else Color.TEXT
        return Ink(theme.number_font(Style.UI, weight=weight), color)
