"""One criterion in the list at the left: number, title, and what became of its rating."""

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.conflict.state import LineState
from assessor_app.ui.parts.focus_ring import ring_radius
from assessor_app.ui.parts.painting import (
    Box,
    Ink,
    hover_fill,
    paint_box,
    paint_text,
    square,
    text_width,
    track_pointer,
)
from assessor_app.ui.parts.tone import INK
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

_HEIGHT, _SIDE, _ICON = 48, 8, 16


class CriterionLine(QPushButton):
    """Two lines and a mark.

    Signals:
        criterion_chosen(key: str): The assessor wants to see it.
    """

    criterion_chosen = Signal(str)

    def __init__(self, theme: Theme, line: LineState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._line = theme, line
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        track_pointer(self)
        ring_radius(self, theme.radius("control"))
        self.clicked.connect(self._on_clicked)
        theme.changed.connect(self._on_theme_changed)
        self.show_line(line)

    def show_line(self, line: LineState) -> None:
        """Show another criterion, or another state of it."""
        self._line = line
        self.setAccessibleName(f"{line.number} {line.title}")
        self.setAccessibleDescription(line.words)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.text(200), self._theme.control(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.text(120), self._theme.control(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, line = QPainter(self), self._theme, self._line
        fill = Color.ACCENT_SOFT if line.is_current else hover_fill(self)
        box = Box(fill=fill, radius=theme.radius("control"))
        paint_box(painter, theme, self.rect().adjusted(0, 1, 0, -1), box)
        if line.is_current:
            bar = QRect(0, self.height() // 2 - theme.text(9), 3, theme.text(18))
            painter.fillRect(bar, theme.color(Color.ACCENT))
        side = theme.space(_SIDE)
        icon = square(self.width() - side - theme.text(_ICON), theme.text(_ICON), self.rect())
        theme.paint_icon(painter, line.icon, icon, INK[line.tone])
        tall, low = theme.line(Style.UI), theme.line(Style.SMALL)
        top = (self.height() - tall - low) // 2
        strong = theme.font(Style.UI_STRONG if line.is_current else Style.UI, weight=500)
        ink = Ink(strong, Color.ACCENT_TEXT if line.is_current else Color.TEXT)
        number = str(line.number)
        first = QRect(side, top, icon.x() - 2 * side, tall)
        paint_text(painter, theme, first, number, ink)
        left = side + max(text_width(strong, number), text_width(strong, "0")) + theme.space(6)
        first.setLeft(left)
        paint_text(painter, theme, first, line.title, ink)
        second = QRect(left, top + tall, icon.x() - left - side, low)
        paint_text(painter, theme, second, line.words, Ink(theme.font(Style.SMALL), Color.TEXT_2))

    @Slot()
    def _on_clicked(self) -> None:
        self.criterion_chosen.emit(self._line.key)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
