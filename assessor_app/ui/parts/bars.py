"""Bars across a pane or a window."""

from enum import StrEnum

from PySide6.QtCore import Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.ui.parts.layout import Row
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Height


class Edge(StrEnum):
    """Where a bar has its hairline."""

    NONE = "none"
    TOP = "top"
    BOTTOM = "bottom"


class Bar(QWidget):
    """A bar of fixed height; its widgets go into `row`. Without a fill what lies under it shows."""

    def __init__(
        self,
        theme: Theme,
        height: Height = Height.TOP_BAR,
        *,
        line: Edge = Edge.BOTTOM,
        fill: Color | None = Color.SURFACE,
        side_padding: int = 24,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._height, self._line, self._fill = theme, height, line, fill
        self.row = Row(theme, self, margin=(side_padding, 0, side_padding, 0))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._fill is not None:
            painter.fillRect(self.rect(), self._theme.color(self._fill))
        if self._line is Edge.NONE:
            return
        y = 0 if self._line is Edge.TOP else self.height() - 1
        painter.fillRect(0, y, self.width(), 1, self._theme.color(Color.LINE))

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFixedHeight(self._theme.height(self._height))
        self.update()


class PaneBar(Bar):
    """The bar above a pane of the desk, 40 high."""

    def __init__(
        self, theme: Theme, *, fill: Color = Color.SURFACE, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, Height.PANE_BAR, fill=fill, side_padding=16, parent=parent)
