"""How far something is; the words beside it say what, how much and how long."""

from PySide6.QtCore import QRect, QSize, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.parts.painting import Box, paint_box
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color

_HEIGHT = 6
_STEPS = 1000


class ProgressLine(QProgressBar):
    """A line of 6 px, filled as far as the work is done."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setRange(0, _STEPS)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_share(self, share: float) -> None:
        """Show a share from 0.0 to 1.0."""
        self.setValue(round(_STEPS * min(max(share, 0.0), 1.0)))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.text(96), self.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.text(48), self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        radius = self.height() // 2
        paint_box(painter, self._theme, self.rect(), Box(fill=Color.PRESSED, radius=radius))
        if self.value() > 0:
            width = max(self.width() * self.value() // _STEPS, self.height())
            done = QRect(0, 0, width, self.height())
            paint_box(painter, self._theme, done, Box(fill=Color.ACCENT, radius=radius))

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFixedHeight(self._theme.text(_HEIGHT))
        self.update()
