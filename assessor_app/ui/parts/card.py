"""A framed card and the head that folds it."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.parts.focus_ring import ring_radius
from assessor_app.ui.parts.layout import Column
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

_FOLDED = 44
_OPEN = 36
_CHEVRON = 16
_STATE_ICON = 14


class Card(QWidget):
    """A frame with round corners; its widgets go into `body`."""

    def __init__(self, theme: Theme, *, margin: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._is_open = theme, False
        self.body = Column(theme, self, margin=(margin, margin, margin, margin), gap=2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.update)

    def show_open(self, is_open: bool) -> None:  # noqa: FBT001 (a state to show)
        """Show whether this is the card being worked on."""
        self._is_open = is_open
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        line = Color.ACCENT_LINE if self._is_open else Color.LINE
        box = Box(fill=Color.SURFACE, line=line, radius=self._theme.radius("card"))
        paint_box(QPainter(self), self._theme, self.rect(), box)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadState:
    """What a head says: `words` and `icon` are the state of what it folds."""

    number: str
    title: str
    words: str = ""
    icon: str = ""
    tone: Tone = Tone.PLAIN
    is_open: bool = False


class FoldHead(QPushButton):
    """Chevron, number, title, and the state at the right; folded 44 high, open 36.

    Signals:
        fold_toggled(is_open: bool): The assessor wants it open, or folded.
    """

    fold_toggled = Signal(bool)

    def __init__(self, theme: Theme, head: HeadState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._head = theme, head
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        track_pointer(self)
        ring_radius(self, theme.radius("control"))
        self.clicked.connect(self._on_clicked)
        theme.changed.connect(self.updateGeometry)
        self.show_head(head)

    def show_head(self, head: HeadState) -> None:
        """Show another state, without telling."""
        self._head = head
        self.setAccessibleName(f"{head.number} {head.title}".strip())
        fold = self.tr("open") if head.is_open else self.tr("folded")
        self.setAccessibleDescription(", ".join(part for part in (head.words, fold) if part))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = self._theme
        width = text_width(theme.font(Style.UI_STRONG), f"{self._head.number}  {self._head.title}")
        width += theme.text(_CHEVRON) + theme.space(40) + self._state_width()
        return QSize(width, theme.control(_OPEN if self._head.is_open else _FOLDED - 16))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.control(120), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, head = self._theme, QPainter(self), self._head
        box = Box(fill=hover_fill(self), radius=theme.radius("control"))
        paint_box(painter, theme, self.rect(), box)
        left = theme.space(3)
        chevron = "chevron-down" if head.is_open else "chevron-right"
        rect = square(left, theme.text(_CHEVRON), self.rect())
        theme.paint_icon(painter, chevron, rect, Color.TEXT_2)
        left += theme.text(_CHEVRON) + theme.space(8)
        right = self.width() - self._state_width() - theme.space(12)
        style = Style.HEADING if head.is_open else Style.UI_STRONG
        title = f"{head.number}  {head.title}" if head.number else head.title
        ink = Ink(theme.font(style), Color.TEXT)
        paint_text(painter, theme, QRect(left, 0, right - left, self.height()), title, ink)
        if head.words:
            self._paint_state(painter, self.width() - self._state_width())

    def _paint_state(self, painter: QPainter, left: int) -> None:
        theme, head = self._theme, self._head
        ink = INK[head.tone]
        if head.is_open and head.tone is not Tone.PLAIN:
            height = theme.height(Height.CHIP)
            chip = QRect(left, (self.height() - height) // 2, self._state_width(), height)
            paint_box(painter, theme, chip, Box(fill=SOFT[head.tone]))
        left += theme.space(8)
        if head.icon:
            side = theme.text(_STATE_ICON)
            theme.paint_icon(painter, head.icon, square(left, side, self.rect()), ink)
            left += side + theme.space(6)
        words = QRect(left, 0, self.width() - left, self.height())
        plain = Color.TEXT_2 if head.tone is Tone.PLAIN else Color.TEXT
        word_ink = ink if head.is_open and head.tone is not Tone.PLAIN else plain
        paint_text(painter, theme, words, head.words, Ink(self._state_font(), word_ink))

    def _state_font(self) -> QFont:
        return self._theme.font(Style.SMALL, weight=500)

    def _state_width(self) -> int:
        if not self._head.words:
            return 0
        icon = self._theme.text(_STATE_ICON) + self._theme.space(6) if self._head.icon else 0
        return text_width(self._state_font(), self._head.words) + icon + self._theme.space(16)

    @Slot()
    def _on_clicked(self) -> None:
        self.fold_toggled.emit(not self._head.is_open)
