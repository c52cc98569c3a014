"""The mark of the program: evidence beside a rubric of three levels."""

from PySide6.QtCore import QRect, QRectF, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.ui.parts.painting import Box, paint_box
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color

_GRID = 48.0
_BARS = (
    (10.0, 10.0, 12.0, 28.0, 1.0),
    (26.0, 10.0, 12.0, 8.0, 1.0),
    (26.0, 20.0, 12.0, 8.0, 0.6),
    (26.0, 30.0, 12.0, 8.0, 0.6),
)


def paint_logo(painter: QPainter, theme: Theme, rect: QRect) -> None:
    """Paint the mark filling a square."""
    unit = rect.width() / _GRID
    box = Box(fill=Color.ACCENT, radius=round(10 * unit))
    paint_box(painter, theme, rect, box)
    for x, y, width, height, strength in _BARS:
        color = QColor(theme.color(Color.ON_ACCENT))
        color.setAlphaF(strength)
        painter.setBrush(color)
        bar = QRectF(rect.x() + x * unit, rect.y() + y * unit, width * unit, height * unit)
        painter.drawRoundedRect(bar, 2.5 * unit, 2.5 * unit)


class Logo(QWidget):
    """The mark in a given size."""

    def __init__(self, theme: Theme, size: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._size = theme, size
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_logo(QPainter(self), self._theme, self.rect())

    @Slot()
    def _on_theme_changed(self) -> None:
        side = self._theme.text(self._size)
        self.setFixedSize(side, side)
        self.update()
