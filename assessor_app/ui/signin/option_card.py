"""One way in, as a large button: icon, title, what it means."""

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.parts.focus_ring import ring_radius
from assessor_app.ui.parts.painting import Box, hover_fill, paint_box, square, track_pointer
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

_PADDING = 20
_TILE = 40
_ICON = 20
_CHEVRON = 16
_CHEVRON_GAP = 12


class OptionCard(QPushButton):
    """A card that is one button; the first one's icon is filled with the accent."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        text: str,
        *,
        is_first: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._is_first = theme, icon, is_first
        self._title = Paragraph(theme, title, style=Style.HEADING, parent=self)
        self._text = Paragraph(theme, text, ink=Color.TEXT_2, parent=self)
        for words in (self._title, self._text):
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setAutoDefault(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        track_pointer(self)
        ring_radius(self, theme.radius("card"))
        theme.changed.connect(self._on_theme_changed)

    @override
    def sizeHint(self) -> QSize:
        width = self._theme.text(560)
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        least = self._theme.control(_TILE) + 2 * self._theme.space(_PADDING)
        return QSize(self._theme.control(240), least)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        theme = self._theme
        room = max(width - self._words_left() - self._words_right(), 1)
        words = self._title.heightForWidth(room) + self._text.heightForWidth(room) + theme.space(2)
        return max(words, theme.control(_TILE)) + 2 * theme.space(_PADDING)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        left = self._words_left()
        width = max(self.width() - left - self._words_right(), 1)
        title = self._title.heightForWidth(width)
        text = self._text.heightForWidth(width)
        gap = self._theme.space(2)
        top = (self.height() - title - gap - text) // 2
        self._title.setGeometry(left, top, width, title)
        self._text.setGeometry(left, top + title + gap, width, text)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        is_off = not self.isEnabled()
        fill = hover_fill(self) or Color.SURFACE
        box = Box(fill=fill, line=Color.LINE, radius=theme.radius("card"))
        paint_box(painter, theme, self.rect(), box)
        tile = square(theme.space(_PADDING), theme.control(_TILE), self.rect())
        back = Color.ACCENT if self._is_first and not is_off else Color.WINDOW
        paint_box(painter, theme, tile, Box(fill=back, radius=theme.radius("control")))
        side = theme.text(_ICON)
        ink = Color.ON_ACCENT if self._is_first else Color.TEXT
        ink = Color.DISABLED if is_off else ink
        icon = QRect(0, 0, side, side)
        icon.moveCenter(tile.center())
        theme.paint_icon(painter, self._icon, icon, ink)
        chevron = theme.text(_CHEVRON)
        right = square(self.width() - theme.space(_PADDING) - chevron, chevron, self.rect())
        ink = Color.DISABLED if is_off else Color.TEXT_2
        theme.paint_icon(painter, "chevron-right", right, ink)

    def _words_left(self) -> int:
        return self._theme.space(2 * _PADDING) + self._theme.control(_TILE)

    def _words_right(self) -> int:
        return self._theme.space(_PADDING + _CHEVRON_GAP) + self._theme.text(_CHEVRON)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
