"""What has been read of every artifact, where pins are, and where the assessor is."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.parts.focus_ring import ring_radius
from assessor_app.ui.parts.layout import Row
from assessor_app.ui.parts.painting import Ink, paint_text, square, text_width
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Height, Style

_CELL = (8, 10)
_GAP = 3
_SMALL_CELL = (6, 10)
_SMALL_GAP = 2
_SMALL_BELOW = 620
_WHOLE = 56
_DOT = 5
_LABEL_GAP = 8
_ICON = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCell:
    """One page, image or section of an artifact."""

    is_read: bool = False
    is_pinned: bool = False
    is_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MapStrip:
    """One artifact or part; `words` says the same for screen readers ("5 of 12 pages read").

    Without cells it is one long box, as for a video, or a broken link if `is_broken`.
    """

    key: str
    label: str
    words: str
    cells: tuple[MapCell, ...] = ()
    is_current: bool = False
    is_broken: bool = False


class _Strip(QPushButton):
    """The label and the cells of one artifact."""

    place_chosen = Signal(str, int)

    def __init__(self, theme: Theme, strip: MapStrip, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._strip = theme, strip
        self._is_small = False
        self._pressed_at: QPoint | None = None
        self.setAutoDefault(True)
        self.clicked.connect(self._on_clicked)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        ring_radius(self, theme.radius("small"))
        theme.changed.connect(self.updateGeometry)
        self.show_strip(strip, is_small=False)

    def show_strip(self, strip: MapStrip, *, is_small: bool) -> None:
        self._strip, self._is_small = strip, is_small
        self.setAccessibleName(strip.label)
        self.setAccessibleDescription(strip.words)
        self.setToolTip(strip.words)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._cells_left() + self._cells_width(), self._theme.control(28))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        last = max(len(self._strip.cells) - 1, 0)
        self.place_chosen.emit(self._strip.key, min(max(self._here() + step, 0), last))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = Ink(self._font(), Color.TEXT if self._strip.is_current else Color.TEXT_2)
        paint_text(painter, theme, self.rect(), self._strip.label, ink)
        left = self._cells_left()
        if self._strip.is_broken:
            rect = square(left, theme.text(_ICON), self.rect())
            theme.paint_icon(painter, "unlink", rect, Color.WARN)
            return
        if not self._strip.cells:
            self._paint_cell(painter, MapCell(), QRect(left, 0, theme.text(_WHOLE), self.height()))
        width = self._cell_width()
        for number, cell in enumerate(self._strip.cells):
            x = left + number * (width + self._gap())
            self._paint_cell(painter, cell, QRect(x, 0, width, self.height()))

    def _paint_cell(self, painter: QPainter, cell: MapCell, column: QRect) -> None:
        theme = self._theme
        height = theme.text(_CELL[1])
        top = (column.height() - height) // 2
        box = QRectF(column.x() + 0.5, top + 0.5, column.width() - 1, height - 1)
        painter.setPen(QPen(theme.color(Color.TEXT_2 if cell.is_read else Color.CONTROL_LINE), 1))
        painter.setBrush(theme.color(Color.TEXT_2) if cell.is_read else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 2, 2)
        painter.setPen(Qt.PenStyle.NoPen)
        if cell.is_pinned:
            dot = theme.text(_DOT)
            painter.setBrush(theme.color(Color.PIN_LINE))
            painter.drawEllipse(
                QRectF(column.center().x() - dot / 2 + 0.5, top - dot - 3, dot, dot)
            )
        if cell.is_here:
            painter.setBrush(theme.color(Color.ACCENT))
            bar = QRectF(column.x(), top + height + 3, column.width(), 3)
            painter.drawRoundedRect(bar, 1.5, 1.5)

    def _here(self) -> int:
        return next((n for n, cell in enumerate(self._strip.cells) if cell.is_here), 0)

    def _cell_at(self, point: QPoint) -> int:
        step = self._cell_width() + self._gap()
        last = max(len(self._strip.cells) - 1, 0)
        return min(max((point.x() - self._cells_left()) // step, 0), last)

    def _font(self) -> QFont:
        weight = 600 if self._strip.is_current else 500
        return self._theme.font(Style.SMALL, weight=weight)

    def _cells_left(self) -> int:
        return text_width(self._font(), self._strip.label) + self._theme.space(_LABEL_GAP)

    def _cells_width(self) -> int:
        if self._strip.is_broken:
            return self._theme.text(_ICON)
        if not self._strip.cells:
            return self._theme.text(_WHOLE)
        count = len(self._strip.cells)
        return count * (self._cell_width() + self._gap()) - self._gap()

    def _cell_width(self) -> int:
        return self._theme.text((_SMALL_CELL if self._is_small else _CELL)[0])

    def _gap(self) -> int:
        return _SMALL_GAP if self._is_small else _GAP

    @Slot()
    def _on_clicked(self) -> None:
        at = self._here() if self._pressed_at is None else self._cell_at(self._pressed_at)
        self._pressed_at = None
        self.place_chosen.emit(self._strip.key, at)


class ReadingMap(QScrollArea):
    """One strip per artifact; scrolls sideways where there are too many.

    Signals:
        place_chosen(key: str, index: int): The assessor wants to go there.
    """

    place_chosen = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._strips: tuple[_Strip, ...] = ()
        self._states: tuple[MapStrip, ...] = ()
        self._content = QWidget()
        self._row = Row(theme, self._content, margin=(16, 0, 16, 0), gap=18)
        self._row.addStretch(1)
        self.setAccessibleName(self.tr("Reading map"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._content)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_strips(self, strips: tuple[MapStrip, ...]) -> None:
        """Show every artifact, without telling."""
        if [old.key for old in self._states] != [strip.key for strip in strips]:
            self._rebuild(strips)
        self._states = strips
        self._refresh()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        is_small = self.width() < self._theme.text(_SMALL_BELOW)
        for strip, state in zip(self._strips, self._states, strict=True):
            strip.show_strip(state, is_small=is_small)
            if state.is_current:
                self.ensureWidgetVisible(strip)

    def _rebuild(self, strips: tuple[MapStrip, ...]) -> None:
        for old in self._strips:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._strips = tuple(_Strip(self._theme, strip, self._content) for strip in strips)
        for number, strip in enumerate(self._strips):
            strip.place_chosen.connect(self.place_chosen)
            self._row.insertWidget(number, strip)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFixedHeight(self._theme.height(Height.READING_MAP))
