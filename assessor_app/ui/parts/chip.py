"""Small facts in a box: a state, a policy, the submission ID."""

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

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
from assessor_app.ui.parts.tone import INK, SOFT, Tone
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Height, Style

_ICON = 14
_GAP = 6
_PADDING = 8
_COPIED_MS = 2000


class Chip(QLabel):
    """A fact with its icon; its colour repeats what the word says."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        icon: str = "",
        tone: Tone = Tone.PLAIN,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._tone = theme, icon, tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_chip(self, text: str, *, icon: str = "", tone: Tone = Tone.PLAIN) -> None:
        """Show another fact."""
        self._icon, self._tone = icon, tone
        self.setText(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = text_width(self._font_now(), self.text()) + 2 * self._theme.space(_PADDING)
        if self._icon:
            width += self._theme.text(_ICON) + self._theme.space(_GAP)
        return QSize(width, self._theme.height(Height.CHIP))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        plain = self._tone is Tone.PLAIN
        box = Box(fill=Color.SURFACE, line=Color.LINE) if plain else Box(fill=SOFT[self._tone])
        paint_box(painter, theme, self.rect(), box)
        left = theme.space(_PADDING)
        if self._icon:
            side = theme.text(_ICON)
            rect = square(left, side, self.rect())
            theme.paint_icon(painter, self._icon, rect, INK[self._tone])
            left += side + theme.space(_GAP)
        rect = QRect(left, 0, self.width() - left, self.height())
        paint_text(painter, theme, rect, self.text(), Ink(self._font_now(), INK[self._tone]))

    def _font_now(self) -> QFont:
        return self._theme.font(Style.SMALL, weight=500)


class CopyChip(QPushButton):
    """The submission ID, copied with a click or a key.

    Signals:
        copied(text: str): It is on the clipboard.
    """

    copied = Signal(str)

    def __init__(self, theme: Theme, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_copied = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_COPIED_MS)
        self._again.timeout.connect(self._on_shown_long_enough)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        track_pointer(self)
        ring_radius(self, theme.radius("control"))
        self.clicked.connect(self._on_clicked)
        theme.changed.connect(self.updateGeometry)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another ID."""
        self.setText(text)
        self.setAccessibleName(self.tr("Copy {0}").format(text))
        self.setToolTip(self.tr("Copy"))
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        theme = self._theme
        width = text_width(self._font_now(), self.text()) + theme.space(2 * _PADDING + _GAP)
        return QSize(width + theme.text(_ICON), theme.height(Height.CHIP))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        fill = hover_fill(self) or Color.SURFACE
        paint_box(painter, theme, self.rect(), Box(fill=fill, line=Color.LINE))
        rect = self.rect().adjusted(theme.space(_PADDING), 0, 0, 0)
        paint_text(painter, theme, rect, self.text(), Ink(self._font_now(), Color.TEXT))
        side = theme.text(_ICON)
        icon = square(self.width() - theme.space(_PADDING) - side, side, self.rect())
        name, ink = ("check", Color.OK) if self._is_copied else ("copy", Color.TEXT_2)
        theme.paint_icon(painter, name, icon, ink)

    def _font_now(self) -> QFont:
        return self._theme.id_font(Style.SMALL, weight=500)

    @Slot()
    def _on_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self._is_copied = True
        self.setToolTip(self.tr("Copied"))
        self._again.start()
        self.update()
        self.copied.emit(self.text())

    @Slot()
    def _on_shown_long_enough(self) -> None:
        self._is_copied = False
        self.setToolTip(self.tr("Copy"))
        self.update()
