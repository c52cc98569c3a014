"""A key combination as it is printed on the keys."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.painting import CENTER, Box, Ink, paint_box, paint_text
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Height, Style


class KeyCap(Label):
    """One cap for one combination."""

    def __init__(self, theme: Theme, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(
            theme, keys, style=Style.SMALL, ink=Color.TEXT_2, weight=500, parent=parent
        )

    @override
    def sizeHint(self) -> QSize:
        side = self._theme.height(Height.KEYCAP)
        return QSize(max(super().sizeHint().width() + self._theme.space(10), side), side)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        radius = self._theme.radius("small")
        box = Box(fill=Color.WINDOW, line=Color.LINE, radius=radius)
        paint_box(painter, self._theme, self.rect(), box)
        ink = Ink(self.font(), Color.TEXT)
        paint_text(painter, self._theme, self.rect(), self.text(), ink, CENTER)
