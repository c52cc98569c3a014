"""An icon beside words that say the same."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color


class IconMark(QWidget):
    """An icon in a size and a colour of the theme; screen readers pass over it."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        *,
        size: int = 16,
        ink: Color = Color.TEXT_2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._size, self._ink = theme, icon, size, ink
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_icon(self, icon: str, ink: Color | None = None) -> None:
        """Show another icon; without `ink` the colour stays."""
        self._icon, self._ink = icon, ink or self._ink
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        ink = self._ink if self.isEnabled() else Color.DISABLED
        self._theme.paint_icon(QPainter(self), self._icon, self.rect(), ink)

    @Slot()
    def _on_theme_changed(self) -> None:
        side = self._theme.text(self._size)
        self.setFixedSize(side, side)
        self.update()
